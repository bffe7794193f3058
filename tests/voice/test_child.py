"""Processes that can be killed with all they started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from audiocoach.voice.child import Children, StoppedError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the processes tell by a fifo")

PARENT = """
import os, sys, time
fifo = os.open(sys.argv[1], os.O_WRONLY)
if os.fork():
    os.write(fifo, b"two\\n")
    sys.stdout.write("begun\\n")
    sys.stdout.flush()
{last}
time.sleep(60)
os.write(fifo, b"ended\\n")
"""


def started(children: Children, fifo: Path, last: str = "") -> subprocess.Popen[bytes]:
    """A process with a child, when both run; the fifo is at its end when both are gone."""
    return children.start(
        [sys.executable, "-IS", "-c", PARENT.replace("{last}", last), str(fifo)],
        fifo.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def fifo(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "fifo")
    return tmp_path / "fifo"


def said(fifo: int) -> str:
    """All that was written until nobody is left who could."""
    os.set_blocking(fifo, True)
    with os.fdopen(fifo) as file:
        return file.read()


@pytest.mark.parametrize("stop", [False, True])
def test_a_process_ends_with_its_child(fifo: Path, stop: bool) -> None:
    children = Children()
    heard = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    process = started(children, fifo)
    assert process.stdout
    assert process.stdout.readline() == b"begun\n"
    children.stop() if stop else children.end(process)
    assert said(heard) == "two\n"
    assert process.returncode == -9
    assert process.stdout.closed


def test_a_child_left_behind_ends_when_its_parent_is_ended(fifo: Path) -> None:
    children = Children()
    heard = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    process = started(children, fifo, "    os._exit(3)")
    assert process.wait() == 3
    children.end(process)
    assert said(heard) == "two\n"


def test_a_process_is_ended_once(fifo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its number may be another's by then."""
    children = Children()
    heard = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    process = started(children, fifo)
    children.end(process)
    monkeypatch.setattr(os, "killpg", lambda *_: pytest.fail("killed again"))
    children.end(process)
    children.stop()
    os.close(heard)


def test_none_is_started_after_the_stop(fifo: Path) -> None:
    children = Children()
    children.stop()
    with pytest.raises(StoppedError):
        started(children, fifo)


def test_a_program_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    quiet = subprocess.DEVNULL
    with pytest.raises(FileNotFoundError):
        Children().start(["/no/such"], tmp_path, stdin=quiet, stdout=quiet, stderr=quiet)
