"""A server as a process of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from running import command, environment


@contextmanager
def serving(folder: Path, cache: Path, *flags: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server of the routines in a folder: its address, and its process."""
    config = folder / "config.toml"
    config.touch()
    arguments = command("serve", "--port", "0", "--routines", folder, "--voice", "espeak", *flags)
    process = subprocess.Popen(
        arguments,
        env=environment(cache, AUDIOCOACH_CONFIG=str(config)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert process.stdout
        yield process.stdout.readline().strip(), process
    finally:
        process.kill()
        process.communicate()
