"""Holds both locks against the list of known faults of packages, by pip-audit; takes its options.

pip-audit runs in an environment of its own, made anew each time: of what it brings nothing comes
into ours, and it is never older than what it knows.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
NONE, SOME, UNKNOWN = 0, 1, 2
UNREACHABLE = re.compile(
    r"NewConnectionError|ConnectTimeout|ConnectionError|ConnectionRefused|ProxyError|"
    r"NameResolution|Max retries exceeded|Read timed out|ReadTimeout|ServiceError|HTTPError|"
    r"Could not find a version|No matching distribution|\b[45]\d\d (?:Client|Server) Error"
)
TAIL = 15


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


def say(line: str) -> None:
    sys.stderr.write(f"audit: {line}\n")


def installed(folder: Path) -> Path | None:
    """The Python of an environment with pip-audit in it, if it could be made."""
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    say("making an environment for pip-audit…")
    made = run([sys.executable, "-I", "-m", "venv", str(folder)])
    if made.returncode == 0:
        pip = [str(python), "-I", "-m", "pip", "install", "--quiet", "--no-input"]
        made = run([*pip, "--only-binary=:all:", "pip-audit"])
    if made.returncode:
        why = "the package index can't be reached" if _unreachable(made) else _tail(made)
        say(f"pip-audit can't be installed: {why}")
        return None
    return python


def audited(python: Path, lock: str) -> int:
    """Whether packages of a lock have known faults; says which."""
    command = [str(python), "-I", "-m", "pip_audit", "--require-hashes", "--disable-pip"]
    more = ["--progress-spinner=off", "--format=json", "--requirement", str(ROOT / lock)]
    done = run([*command, *more, *sys.argv[1:]])
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except ValueError:
        if _unreachable(done):
            say(f"{lock}: the list of known faults can't be reached; try again where it can")
        else:
            say(f"{lock}: pip-audit failed:\n{_tail(done)}")
        return UNKNOWN
    return told(lock, packages)


def told(lock: str, packages: list[dict[str, Any]]) -> int:
    """Say what came of the packages. One that the list does not have counts as not known."""
    faulty = [package for package in packages if package.get("vulns")]
    for package in faulty:
        for fault in package["vulns"]:
            names = ", ".join([fault["id"], *fault["aliases"]])
            mended = ", ".join(fault["fix_versions"]) or "no version yet"
            what = f"{package['name']} {package['version']}: {names}; mended in {mended}"
            sys.stdout.write(f"{lock}: {what}\n")
    missing = [package["name"] for package in packages if "skip_reason" in package]
    if missing:
        say(
            f"{lock}: the list has no word on {len(missing)} of {len(packages)} packages, such as "
            f"{missing[0]}; ask another: scripts/audit --service osv"
        )
    if not faulty and not missing:
        say(f"{lock}: no known faults in {len(packages)} packages")
    return SOME if faulty else UNKNOWN if missing else NONE


def _unreachable(done: subprocess.CompletedProcess[str]) -> bool:
    return bool(UNREACHABLE.search(done.stdout + done.stderr))


def _tail(done: subprocess.CompletedProcess[str]) -> str:
    return "\n".join((done.stdout + done.stderr).rstrip().splitlines()[-TAIL:])


def main() -> int:
    """The worst of what was found: faults before not knowing."""
    with tempfile.TemporaryDirectory(prefix="audiocoach-audit-") as folder:
        python = installed(Path(folder))
        if python is None:
            return UNKNOWN
        found = {audited(python, lock) for lock in LOCKS}
    return SOME if SOME in found else max(found)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        say("stopped")
        sys.exit(130)
