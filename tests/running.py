"""The command line as a user meets it: a process of its own, with a cache of its own."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from types import ModuleType
from typing import Final
from unittest.mock import patch

from audiocoach.cli import main
from audiocoach.settings.table import SETTINGS
from audiocoach.store.folder import TEMPORARY

ROOT: Final = Path(__file__).resolve().parents[1]
PATIENCE: Final = 120
"""Seconds after which a process hangs; no test is about time."""

TINY: Final = """\
title: Tiny
language: en
exercises:
  - name: wall sit
    hold: 3s
  - name: heel raise
    reps: 2
    hold: 1s
"""


def environment(cache: Path | str, **more: str) -> dict[str, str]:
    """Our own environment, without what would change the output, and with this cache."""
    settings = {row.variable for row in SETTINGS.values()}
    unwanted = {"NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS", "AUDIOCOACH_OUTPUT"} | settings
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, "PYTHONPATH": str(ROOT), "AUDIOCOACH_CACHE": str(cache), **more}


def command(*arguments: str | Path) -> list[str]:
    """The command line that runs audiocoach with these arguments."""
    return [sys.executable, "-m", "audiocoach", *map(str, arguments)]


def run(
    *arguments: str | Path, cwd: Path, cache: Path, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run audiocoach in the folder `cwd`; `more` are environment variables."""
    return subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(cache, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def call(
    *arguments: str | Path, cwd: Path, cache: Path, **more: str
) -> subprocess.CompletedProcess[str]:
    """The same as `run` inside this process, where that is not the point: thirty times faster.

    What would be a traceback is raised here.
    """
    code: object = None
    streams = [TextIOWrapper(BytesIO(), encoding="utf-8", newline="\n") for _ in range(2)]
    with (
        chdir(cwd),
        redirect_stdout(streams[0]),
        redirect_stderr(streams[1]),
        patch.dict(os.environ, environment(cache, **more), clear=True),
        patch.object(sys, "argv", ["audiocoach", *map(str, arguments)]),
        patch.object(sys, "excepthook", sys.excepthook),  # Typer's own would stay
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code
        texts = []
        for stream in streams:
            stream.seek(0)
            texts.append(stream.read())
    assert isinstance(code, int)
    return subprocess.CompletedProcess(list(arguments), code, *texts)


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """As if the disk were full: this process writes no file of more than so many bytes."""
    import resource  # not on Windows

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def tiny(folder: Path, text: str = TINY) -> Path:
    """A routine that is built in a moment, as a file in the folder."""
    path = folder / "tiny.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def files(folder: Path) -> set[str]:
    """Every file in and below the folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


def clips(cache: Path) -> dict[str, bytes]:
    """The whole clips of a cache, also while others write there."""
    folder = cache / "v1/clip"
    whole = (name for name in files(folder) if TEMPORARY not in name)
    return {name: (folder / name).read_bytes() for name in whole}


def in_session(leader: int) -> list[str]:
    """The processes in a session, zombies apart, as /proc has them."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = status.read_text().rpartition(")")
        except OSError:  # it ended meanwhile
            continue
        state, _, _, session = rest.split()[:4]
        if int(session) == leader and state != "Z":
            found.append(name)
    return found


def script(name: str) -> ModuleType:
    """A program of `scripts/` as a module, by its name without the ending."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module
