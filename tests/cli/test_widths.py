"""What is printed fits: on terminals of 80 and 120 columns no line is longer, and no word cut."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
import typer.main
from running import PATIENCE, environment, tiny

from audiocoach.cli import app
from audiocoach.cli.tables import tell_rows
from audiocoach.cli.widths import columns, filled

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")

RUN: Final = """
import gc, shlex, sys
from audiocoach.cli import main
for line in sys.argv[1:]:
    print(f"\\n== {line}", flush=True)
    sys.argv = ["audiocoach", *shlex.split(line)]
    try:
        main()
    except SystemExit as end:
        print(f"\\n-- {end.code}", flush=True)
"""
"""Several command lines, one after the other, in one process: the terminal is the point here."""
_STYLE: Final = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_USUAL: Final = (
    *(
        "",
        "build tiny.yaml -o x.mp3",
        "build tiny.yaml -o x.mp3 -v",
        "build tiny.yaml other.yaml",
    ),
    *(
        "build tiny.yaml -o x.mp3 --dry-run",
        "preview tiny.yaml",
        "check tiny.yaml",
    ),
    *("verify x.mp3", "routines", "voices", "voices --language de"),
    *("doctor --offline", "cache info", "config", "new y.yaml --from desk-break"),
)
_MISTAKES: Final = (
    *("bogus", "foot-relief", "build --bogus", "build nonsense", "build -d 20", "build --voice no"),
    *("build tiny.yaml -d 9h", "build tiny.yaml --only lunge", "build --language it", "check"),
    *(
        "preview --format x",
        "serve --port x",
        "voices add",
        "config --preset nobody",
        "play no.mp3",
    ),
)


def commands(group: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every command and group, by what is typed for it."""
    group = group or typer.main.get_command(app)
    yield prefix.strip(), group
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, f"{prefix}{name} ")


def told(width: int, lines: Sequence[str], folder: Path, cache: Path) -> dict[str, list[str]]:
    """What each command line prints on a terminal so many columns wide, line by line."""
    import pexpect

    own = {"TERM": "xterm", "AUDIOCOACH_VOICE": "espeak", "AUDIOCOACH_CONFIG": "none.toml"}
    child = pexpect.spawn(
        sys.executable,
        ["-c", RUN, *lines],
        cwd=str(folder),
        env=environment(cache, **own),
        dimensions=(24, width),
        timeout=PATIENCE,
        encoding="utf-8",
    )
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0, child.before
    assert child.before is not None
    shown = _STYLE.sub("", child.before).replace("\r\n", "\n")
    parts = shown.split("\n== ")[1:]
    assert len(parts) == len(lines)
    return dict(
        zip(
            lines,
            ([line.rsplit("\r", 1)[-1] for line in each.split("\n")[1:]] for each in parts),
            strict=True,
        )
    )


def assert_fits(shown: dict[str, list[str]], width: int) -> None:
    long = [
        (line, each)
        for line, lines in shown.items()
        for each in lines
        if columns(each) > width and len(each.split()) > 1
    ]
    assert not long


@pytest.mark.parametrize("width", [80, 120])
def test_the_help_of_every_command_fits(width: int, tmp_path: Path, cache: Path) -> None:
    every = dict(commands())
    lines = [f"{name} --help".strip() for name in every]
    lines += [
        f"{name} --help-all"
        for name, command in every.items()
        if any("--help-all" in each.opts for each in command.params)
    ]
    shown = told(width, lines, tmp_path, cache)
    assert_fits(shown, width)
    for line, page in shown.items():
        text = "\n".join(page)
        assert "-- 0" in text, line
        assert not re.search(r"<\w|…|│", text), line  # no <bool>, nothing cut, no frames
        assert "Usage:" in text


def test_the_help_of_build_is_a_screen_and_names_what_people_use(
    tmp_path: Path, cache: Path
) -> None:
    lines = ["build --help", "preview --help", "play --help", "config --help", "verify --help"]
    shown = told(80, [*lines, "build --help-all"], tmp_path, cache)
    for line in lines:
        page = "\n".join(shown[line]).partition("\n-- ")[0].strip().split("\n")
        assert 20 <= len(page) <= 40, line
        assert "Examples:" in page
    short, whole = ("\n".join(shown[line]) for line in ("build --help", "build --help-all"))
    for flag in ("--output", "--duration", "--pace", "--voice", "--offline", "--only", "--skip"):
        assert f"{flag} " in short.replace("[no-]", "")
    assert "--keep-awake" not in short
    assert "--[no-]keep-awake" in whole
    assert "--time-limit" in whole


@pytest.mark.parametrize("width", [80, 120])
def test_what_commands_print_fits(width: int, tmp_path: Path, cache: Path) -> None:
    (tmp_path / "other.yaml").write_text(tiny(tmp_path).read_text())
    shown = told(width, [*_USUAL, *_MISTAKES], tmp_path, cache)
    assert_fits(shown, width)
    for line in _USUAL:
        assert shown[line][-2 if not shown[line][-1] else -1] == "-- 0", (line, shown[line])
    for line in _MISTAKES:
        assert any(each.startswith("audiocoach: ") for each in shown[line]), (line, shown[line])


def test_a_line_is_broken_at_words_and_a_long_word_stays_whole() -> None:
    assert filled("one two three", 8, hang=2) == "one two\n  three"
    assert filled("  a bbbb ccccccccccc d", 8, hang=4) == "  a bbbb\n    ccccccccccc\n    d"
    assert filled("足足 足足 足", 9) == "足足 足足\n足"
    assert filled("x" * 20, 8) == "x" * 20


def test_a_table_that_is_no_terminal_is_in_columns(capsys: pytest.CaptureFixture[str]) -> None:
    tell_rows([("a", "b" * 90, "c"), ("aaa", "b", "c")])
    assert capsys.readouterr().out == f"a    {'b' * 90}  c\naaa  b{' ' * 89}  c\n"
