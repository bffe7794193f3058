"""scripts/audit: what it says and ends with, whatever pip-audit answers.

The answers are those of pip-audit 2.10, of a package with a known fault, of a mirror without a
list, and of an address where nobody listens. A stand-in gives them, and stands for the index too.
"""

from __future__ import annotations

import importlib.util
import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

AUDIT = Path(__file__).resolve().parents[2] / "scripts" / "audit.py"

GOOD = {"name": "idna", "version": "3.1", "vulns": []}
FAULT = {
    "id": "CVE-2018-18074",
    "fix_versions": ["2.20.0"],
    "aliases": ["GHSA-x84v-xcm2-53pg"],
    "description": "…",
}
FAULTY = {"name": "requests", "version": "2.19.0", "vulns": [FAULT]}
ABSENT = {
    "name": "click",
    "skip_reason": "Dependency not found and could not be audited: click (8.1)",
}
REFUSED = (
    "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='index', port=443): "
    "Max retries exceeded with url: /pypi/idna/3.1/json (Caused by NewConnectionError("
    '"Failed to establish a new connection: [Errno 111] Connection refused"))'
)
NO_INDEX = "ERROR: No matching distribution found for pip-audit"

Answer = tuple[int, str, str]
Run = Callable[..., tuple[int, str, list[str]]]


def answer(*packages: object, code: int = 0) -> Answer:
    return code, json.dumps({"dependencies": packages, "fixes": []}), "No known vulnerabilities"


@pytest.fixture
def audit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs it with these answers for the two locks; what pip is to answer may come before."""
    spec = importlib.util.spec_from_file_location("audit", AUDIT)
    assert spec
    assert spec.loader
    module: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def run(
        *answers: Answer, pip: Answer = (0, "", ""), options: tuple[str, ...] = ()
    ) -> tuple[int, str, list[str]]:
        cases = ""
        for asked, (code, out, err) in zip(
            ("*pip_audit*/requirements.lock*", "*pip_audit*", "*install*"),
            (*answers, pip),
            strict=True,
        ):
            told = f"printf %s {shlex.quote(out)}; printf %s {shlex.quote(err)} >&2; exit {code}"
            cases += f'{asked}) echo "$*" >> {shlex.quote(str(tmp_path / "asked"))}; {told};;\n'
        stand_in = tmp_path / "python"
        made = f'*venv*) mkdir "$4/bin" && cp {shlex.quote(str(stand_in))} "$4/bin/python";;\n'
        stand_in.write_text(f'#!/bin/sh\ncase "$*" in\n{made}{cases}*) exit 9;;\nesac\n')
        stand_in.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(stand_in))
        monkeypatch.setattr(sys, "argv", ["audit.py", *options])
        code = module.main()
        out, err = capsys.readouterr()
        return code, out, err.splitlines()[1:]

    return run


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")


def test_no_known_faults(audit: Run, tmp_path: Path) -> None:
    code, out, err = audit(
        answer(GOOD, GOOD), answer(GOOD, GOOD, GOOD), options=("--service", "osv")
    )
    assert (code, out) == (0, "")
    assert err == [
        "audit: requirements.lock: no known faults in 2 packages",
        "audit: requirements-dev.lock: no known faults in 3 packages",
    ]
    asked = (tmp_path / "asked").read_text().splitlines()
    assert len(asked) == 3
    assert all("--require-hashes" in each and "--service osv" in each for each in asked[1:])


@pytest.mark.parametrize("other", [answer(GOOD), answer(ABSENT), (1, "", REFUSED)])
def test_a_known_fault_is_named_and_comes_before_not_knowing(audit: Run, other: Answer) -> None:
    for answers in ((answer(GOOD, FAULTY, code=1), other), (other, answer(FAULTY, ABSENT, code=1))):
        code, out, _ = audit(*answers)
        assert code == 1
        (line,) = out.splitlines()
        assert line.endswith(
            ".lock: requests 2.19.0: CVE-2018-18074, GHSA-x84v-xcm2-53pg; mended in 2.20.0"
        )


def test_a_list_that_has_not_all_packages_is_not_believed(audit: Run) -> None:
    """pip-audit passes over them, says "no known vulnerabilities", and ends with 0."""
    code, out, err = audit(answer(GOOD), answer(GOOD, ABSENT, ABSENT))
    assert (code, out) == (2, "")
    assert err[1:] == [
        "audit: requirements-dev.lock: the list has no word on 2 of 3 packages, such as click; "
        "ask another: scripts/audit --service osv"
    ]


def test_a_list_that_cannot_be_reached(audit: Run) -> None:
    code, out, err = audit((1, "", REFUSED), (1, "", "Traceback\nKeyError: 'x'"))
    assert (code, out) == (2, "")
    assert err == [
        "audit: requirements.lock: the list of known faults can't be reached; "
        "try again where it can",
        "audit: requirements-dev.lock: pip-audit failed:",
        "Traceback",
        "KeyError: 'x'",
    ]


@pytest.mark.parametrize(
    ("said", "told"),
    [(NO_INDEX, "the package index can't be reached"), ("disk full", "disk full")],
)
def test_a_pip_audit_that_cannot_be_installed(audit: Run, said: str, told: str) -> None:
    code, out, err = audit(answer(), answer(), pip=(1, "", said))
    assert (code, out) == (2, "")
    assert err == [f"audit: pip-audit can't be installed: {told}"]
