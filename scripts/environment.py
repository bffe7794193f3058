"""Makes the checkout's `.venv` from a hashed lock file, once.

    python environment.py check LOCK    exit 0 if .venv holds what LOCK pins
    python environment.py make LOCK     make it so, unless it is

Called by environment.sh. It runs on a bare Python, so it imports only the standard
library, and little of it: `check` comes before every run.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# What runs audiocoach; that plus tests and checks; that plus a recogniser and real voices.
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-hear.lock")
TAIL = 15
PROGRAM = """\
#!/bin/sh
exec "$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)/python" -I -m audiocoach "$@"
"""
UNREACHABLE = re.compile(
    r"NewConnectionError|ConnectTimeout|ConnectionRefused|ProxyError|NameResolution|"
    r"Max retries exceeded|Read timed out|ReadTimeout"
)


class SetupError(Exception):
    """What stands in the way, in one line, and perhaps the end of a tool's output."""


def stamp(lock: str) -> Path:
    """The file that is there only while `.venv` holds all that `lock` pins."""
    return VENV / f"made-from-{lock}"


def made_from(lock: str) -> bytes:
    """What the stamp says. A moved checkout, another Python or another lock changes it."""
    version = f"{sys.implementation.cache_tag}{sys.abiflags}"
    return os.fsencode(f"{ROOT}\n{version}\n") + (ROOT / lock).read_bytes()


def ready(lock: str) -> bool:
    try:
        return PYTHON.exists() and stamp(lock).read_bytes() == made_from(lock)
    except (FileNotFoundError, NotADirectoryError):
        return False


def make(lock: str) -> None:
    # The kernel drops this lock when its last holder ends, however it ends. pip holds
    # it too, so an orphaned pip keeps the next run waiting rather than meddling.
    with (ROOT / ".venv.lock").open("w") as turn:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another run to make the environment…")
            fcntl.flock(turn, fcntl.LOCK_EX)
        if ready(lock):
            return
        say("making the environment (once)…")
        held = LOCKS[: LOCKS.index(lock) + 1]  # each contains those before it
        complete = ready(LOCKS[0])
        for known in LOCKS:
            stamp(known).unlink(missing_ok=True)
        if not complete:  # an interrupted one too: what pip left half done, it trusts
            remove(VENV)
            run([sys.executable, "-I", "-m", "venv", str(VENV)], turn.fileno())
        # Wheels only: building from source would fetch build tools no lock vouches for.
        pip = [str(PYTHON), "-I", "-m", "pip", "install", "--no-input", "--progress-bar=off"]
        exact = ["--no-deps", "--require-hashes", "--only-binary=:all:"]
        run([*pip, *exact, "--requirement", str(ROOT / lock)], turn.fileno())
        # The package itself, as an editable install would, without a build tool.
        packages = sysconfig.get_path("purelib", "venv", {"base": str(VENV)})
        # (A relative path is plain ASCII, whatever the checkout and the locale are called.)
        Path(packages, "audiocoach.pth").write_text(f"{os.path.relpath(ROOT, packages)}\n")
        program = PYTHON.with_name("audiocoach")
        program.write_text(PROGRAM)
        program.chmod(0o755)
        for each in held:  # last of all
            stamp(each).write_bytes(made_from(each))


def remove(venv: Path) -> None:
    if venv.is_symlink():
        venv.unlink()
    elif venv.exists():
        shutil.rmtree(venv)


def run(command: list[str], turn: int) -> None:
    """Run a tool without its noise; when it fails, say why, or show how it ended."""
    done = subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        pass_fds=(turn,),
    )
    if done.returncode == 0:
        return
    if UNREACHABLE.search(done.stdout):
        raise SetupError("the package index cannot be reached (needed once)")
    tail = "\n".join(done.stdout.rstrip().splitlines()[-TAIL:])
    raise SetupError(f"the environment could not be made:\n{tail}")


def say(line: str) -> None:
    sys.stderr.write(f"audiocoach: {line}\n")


def main(task: str, lock: str) -> int:
    if task == "check":
        return 0 if ready(lock) else 1
    try:
        make(lock)
    except KeyboardInterrupt:
        say("interrupted; the next run makes the environment afresh")
        return 130
    except SetupError as problem:
        say(str(problem))
        return 1
    except OSError as problem:
        say(f"the environment could not be made: {problem.filename}: {problem.strerror}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
