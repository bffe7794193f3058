"""Holds both locks against the list of known faults of packages, by pip-audit.

pip-audit runs in an environment of its own, made anew each time: of what it brings nothing comes
into ours, and it is never older than what it knows.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

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
    done = run([*command, "--progress-spinner=off", "--requirement", str(ROOT / lock)])
    if done.returncode == 0:
        say(f"{lock}: no known faults")
        return NONE
    if done.stdout.strip():
        sys.stdout.write(f"{lock}\n{done.stdout}")
        return SOME
    if _unreachable(done):
        say(f"{lock}: the list of known faults can't be reached; try again where it can")
    else:
        say(f"{lock}: pip-audit failed:\n{_tail(done)}")
    return UNKNOWN


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
