"""What is printed where: terminals, pipes, closed streams, and locales without our letters."""

from __future__ import annotations

import errno
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from running import PATIENCE, command, environment, run, tiny

pytestmark = pytest.mark.skipif(os.name != "posix", reason="POSIX terminals and streams")

ESCAPE = "\x1b"
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3\d|4\d|9\d|10\d)(?:;\d+)*m")
_CODE = re.compile(r"\x1b\[(\??\d*(?:;\d+)*)([A-Za-z])|(\r\n|\r|\n)|([^\x1b\r\n]+)")


def on_terminal(*arguments: str, cwd: Path, cache: Path, **more: str) -> tuple[int, str]:
    """Run with stdout and stderr on a terminal of its own; the code, and all it was sent."""
    master, slave = os.openpty()
    with os.fdopen(master, "rb", buffering=0) as screen:
        process = subprocess.Popen(
            command(*arguments),
            cwd=cwd,
            env=environment(cache, **({"TERM": "xterm"} | more)),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        text = b"".join(chunks(screen)).decode()
    return process.wait(PATIENCE), text


def chunks(screen: IO[bytes]) -> Iterator[bytes]:
    try:
        while chunk := screen.read(65536):
            yield chunk
    except OSError as error:  # how Linux says that the other end was closed
        if error.errno != errno.EIO:
            raise


def shown(text: str) -> list[str]:
    """The lines on a screen to which the text was sent; a terminal in twenty lines."""
    lines, row, column = [""], 0, 0
    for number, letter, turn, plain in _CODE.findall(text):
        if letter == "A":
            row -= int(number or 1)
        elif letter == "K":
            assert number == "2"
            lines[row] = ""
        elif turn:
            column = 0
            row += turn != "\r"
            lines.extend([""] * (row + 1 - len(lines)))
        elif plain:
            lines[row] = (
                lines[row][:column].ljust(column) + plain + lines[row][column + len(plain) :]
            )
            column += len(plain)
        else:
            assert letter in "mhl", (number, letter)
    return lines


def test_the_terminal_of_the_tests_is_one() -> None:
    assert shown("ab\r\ncd\x1b[1m!\x1b[0m\r\x1b[2Kx\r\x1b[1A\x1b[2Ky\n") == ["y", "x"]


def test_a_progress_bar_shows_and_is_cleared(tmp_path: Path) -> None:
    tiny(tmp_path)
    code, text = on_terminal("build", "tiny.yaml", cwd=tmp_path, cache=tmp_path / "cold")
    assert code == 0
    assert "speaking" in text
    assert "linking" in text
    assert "\x1b[?25l" in text
    assert text.rindex("\x1b[?25h") > text.rindex("\x1b[?25l")  # the cursor is back
    lines = [line for line in shown(text) if line]
    assert lines[0].startswith("output/tiny.mp3  ")
    assert [line.split()[1] for line in lines[1:5]] == ["Welcome", "Wall", "Heel", "Close"]
    assert not [line for line in lines if "speaking" in line or "linking" in line]


def test_a_mistake_clears_the_bar_too(tmp_path: Path) -> None:
    tiny(tmp_path)
    code, text = on_terminal(
        "build", "tiny.yaml", "-d", "9h", cwd=tmp_path, cache=tmp_path / "cold"
    )
    assert code == 4
    assert "speaking" in text
    lines = [line for line in shown(text) if line]
    assert lines[0].startswith("audiocoach: the session can last from")


def test_quiet_is_quiet_on_a_terminal(tmp_path: Path, cache: Path) -> None:
    tiny(tmp_path)
    assert on_terminal("build", "tiny.yaml", "-q", cwd=tmp_path, cache=cache) == (0, "")


@pytest.mark.parametrize("line", ["build tiny.yaml", "build --help", "build -d bad"])
def test_a_dumb_terminal_gets_plain_text(tmp_path: Path, cache: Path, line: str) -> None:
    tiny(tmp_path)
    _, text = on_terminal(*line.split(), cwd=tmp_path, cache=cache, TERM="dumb")
    assert text
    assert ESCAPE not in text


@pytest.mark.parametrize("line", ["build tiny.yaml", "--help", "build -d bad"])
def test_no_color_means_no_colour(tmp_path: Path, cache: Path, line: str) -> None:
    tiny(tmp_path)
    _, text = on_terminal(*line.split(), cwd=tmp_path, cache=cache, NO_COLOR="1")
    assert text
    assert COLOUR.search(text) is None


@pytest.mark.parametrize(
    ("line", "more"),
    [
        ("build tiny.yaml", {}),
        ("build tiny.yaml", {"NO_COLOR": "1"}),
        ("build --help", {"TERM": "dumb"}),
        ("build -d bad", {}),
    ],
)
def test_a_pipe_gets_plain_text_and_no_bar(
    tmp_path: Path, cache: Path, line: str, more: dict[str, str]
) -> None:
    tiny(tmp_path)
    done = run(*line.split(), cwd=tmp_path, cache=cache, **more)
    assert ESCAPE not in done.stdout + done.stderr
    assert "speaking" not in done.stderr
    assert "\r" not in done.stderr


def test_what_the_user_wrote_moves_no_cursor(tmp_path: Path, cache: Path) -> None:
    tiny(tmp_path)
    evil = f"{ESCAPE}[31mevil"
    for line in (["--voice", evil], ["--voice", f"espeak:{evil}"], ["--only", evil]):
        _, text = on_terminal("build", "tiny.yaml", *line, cwd=tmp_path, cache=cache)
        assert "evil" in text
        assert COLOUR.search(text) is None
    code, text = on_terminal("build", "tiny.yaml", "-o", evil, cwd=tmp_path, cache=cache)
    assert code == 0
    assert COLOUR.search(text) is None
    assert (tmp_path / evil).exists()


# Streams that are closed, full or short of letters


def shell(line: str, cwd: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which $audiocoach is the program; stdout is the line's own."""
    program = " ".join(map(shlex.quote, command()))
    return subprocess.run(
        ["/bin/sh", "-c", line.replace("$audiocoach", program)],
        cwd=cwd,
        env=environment(cache),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.mark.parametrize("line", ["preview tiny.yaml", "routines show foot-care", "build --help"])
def test_head_may_close_stdout(tmp_path: Path, cache: Path, line: str) -> None:
    tiny(tmp_path)
    for reader in ("head -n 1", "true"):
        done = shell(f"$audiocoach {line} | {reader}", tmp_path, cache)
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("closed", ["2>&-", ">&- 2>&-", "2>&1 | true"])
def test_a_build_no_one_listens_to_is_still_built(tmp_path: Path, cache: Path, closed: str) -> None:
    tiny(tmp_path)
    done = shell(f"$audiocoach build tiny.yaml {closed}", tmp_path, cache)
    assert done.returncode == 0
    assert (tmp_path / "output/tiny.mp3").stat().st_size > 100_000


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is for Linux")
@pytest.mark.parametrize(
    "line", ["preview tiny.yaml", "build tiny.yaml -q --json", "check tiny.yaml"]
)
def test_a_full_disk_behind_stdout_is_told(tmp_path: Path, cache: Path, line: str) -> None:
    tiny(tmp_path)
    done = shell(f"$audiocoach {line} > /dev/full", tmp_path, cache)
    assert done.returncode == 6
    assert done.stderr == "audiocoach: cannot write to stdout: No space left on device\n"


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
    ids=["C", "Latin-1"],
)
def test_a_locale_without_our_letters_stops_nothing(
    tmp_path: Path, cache: Path, locale: dict[str, str]
) -> None:
    text = "title: Füße 足\nlanguage: en\nexercises: [{name: Großzeh – ’x’ 足, hold: 1s}]\n"
    tiny(tmp_path, text)
    for line in ("build tiny.yaml", "build --help"):
        done = run(*line.split(), cwd=tmp_path, cache=cache, **locale)
        assert done.returncode == 0, done.stderr
    shown_text = run("preview", "tiny.yaml", cwd=tmp_path, cache=cache, **locale).stdout
    assert "Großzeh, ’x’ 足" in shown_text  # data is UTF-8 in a file or pipe
    done = run("build", "tiny.yaml", "--only", "足", cwd=tmp_path, cache=cache, **locale)
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="any bytes are a file name on Linux")
def test_a_file_name_that_is_no_text(tmp_path: Path, cache: Path) -> None:
    tiny(tmp_path)
    name = os.fsdecode(b"f\xfc\xdfe.mp3")
    done = run("build", "tiny.yaml", "-o", name, "--json", cwd=tmp_path, cache=cache)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / name).exists()
    assert run("build", name, cwd=tmp_path, cache=cache).returncode == 3
