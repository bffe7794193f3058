"""The sheet to read: cues with their times, pauses drawn to length, colours for terminals only."""

from __future__ import annotations

import json
import os
import re
import subprocess
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from running import PATIENCE, call, command, environment, tiny
from strategies import timeline_of

from audiocoach.delivery.cuesheet import timeline_sheet
from audiocoach.routine.load import load, loads
from audiocoach.timeline import Timeline
from audiocoach.timeline.script import Utterance, Wait
from audiocoach.timeline.timeline import LeftOut

COLOUR = re.compile(r"\x1b\[[\d;]*m")
BAR = re.compile(r"^ {11}([.=-]+)(>?) \[?(?:.*?)(\d+(?:\.\d+)?) s[:,]", re.MULTILINE)


def told(exercise: str) -> Timeline:
    return timeline_of(loads(f"title: T\nlanguage: en\nexercises: [{{name: x, {exercise}}}]\n"))


# the text


@pytest.mark.parametrize("name", ["foot-care", "foot-relief"])
def test_everything_said_stands_at_its_time_and_in_order(name: str) -> None:
    timeline = timeline_of(load(name))
    lines = timeline_sheet(timeline).splitlines()
    spoken = [line[11:] for line in lines if re.match(r" *\d+:\d\d\.\d  ", line)]
    for cue in timeline.cues:
        if isinstance(cue.sound, Utterance):
            del spoken[: spoken.index(cue.sound.text) + 1]
    times = [
        int(m) * 600 + int(s) * 10 + int(t)
        for m, s, t in re.findall(r"^ *(\d+):(\d\d)\.(\d)  ", "\n".join(lines), re.MULTILINE)
    ]
    assert times == sorted(times)
    assert lines[0].startswith(f"{timeline.title}  ")


def test_pauses_are_drawn_to_length() -> None:
    timeline = timeline_of(load("foot-relief"))
    bars = BAR.findall(timeline_sheet(timeline, width=200))
    assert len(bars) > 70
    for bar, cut, seconds in bars:
        assert not cut
        assert len(bar) == max(int(float(seconds) + 0.5), 1)
    assert {bar[0] for bar, _, _ in bars} == {".", "=", "-"}


@pytest.mark.parametrize("width", [10, 40, 60, 80])
def test_a_long_pause_is_cut_at_the_width_and_says_so(width: int) -> None:
    lines = timeline_sheet(told("sets: 2, work: 3min, rest: 2min"), width=width).splitlines()
    long = [line for line in lines if " [work 180 s" in line or " [rest 120 s" in line]
    assert len(long) == 3
    for line in long:
        bar = line.split()[0]
        assert bar.endswith(">")
        assert len(line) <= width or len(bar) == 8


def test_notes_end_the_sheet_and_a_plain_sheet_has_no_codes() -> None:
    timeline = timeline_of(load("foot-relief"))
    plain = timeline_sheet(timeline)
    assert plain.isprintable() or set(plain) - {char for char in plain if char.isprintable()} == {
        "\n"
    }
    assert COLOUR.sub("", timeline_sheet(timeline, coloured=True)) == plain


def test_a_note_ends_the_sheet() -> None:
    note = LeftOut(Utterance("Now.", "en"), 0, Wait.MOVE, "", 3000)
    text = timeline_sheet(replace(told("hold: 3s"), notes=(note,)))
    assert text.endswith("\nnote: 'Now.' is left out: change position of 3s has no room for it\n")


def test_a_phase_that_is_called_rest_is_work() -> None:
    lines = timeline_sheet(told("reps: 4, phases: [{say: rest, time: 5s}]")).splitlines()
    bars = [line.split()[0] for line in lines if "[rest 5 s" in line]
    assert bars == ["====="] * 4


def test_kinds_differ_in_colour() -> None:
    lines = timeline_sheet(timeline_of(load("foot-relief")), coloured=True).splitlines()

    def codes(words: str) -> set[str]:
        return {found[0] for line in lines if words in line and (found := COLOUR.findall(line))}

    shown = [
        codes(words) for words in ("And grip.", "Three.", "Stop if", "[rest 1", "[work 2", "TOE")
    ]
    assert all(len(each) == 1 for each in shown)
    assert len(set.union(*shown)) == len(shown)
    assert all(line.count("\x1b") in (0, 2) for line in lines)  # each ends where it began


# where it goes


def shown_on(arguments: list[str], folder: Path, where: str, **more: str) -> str:
    """What stdout gets when a terminal is on `where`: stdout or stderr."""
    master, slave = os.openpty()
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, where: slave}
    with subprocess.Popen(
        command(*arguments),
        cwd=folder,
        env=environment(folder / "cache", **({"TERM": "xterm"} | more)),
        stdin=subprocess.DEVNULL,
        **streams,  # type: ignore[call-overload]
    ) as process:
        os.close(slave)
        text = b""
        with os.fdopen(master, "rb", buffering=0) as screen, suppress(OSError):
            while chunk := screen.read(65536):
                text += chunk
        piped = (process.stdout or process.stderr).read()
        assert process.wait(PATIENCE) == 0, piped
    return (text if where == "stdout" else piped).decode()


@pytest.mark.skipif(os.name != "posix", reason="POSIX terminals")
def test_colours_are_for_a_terminal_on_stdout_that_has_them(tmp_path: Path) -> None:
    tiny(tmp_path)
    line = ["preview", "tiny.yaml"]
    coloured = shown_on(line, tmp_path, "stdout")
    assert "\x1b[1;32m" in coloured
    plain = shown_on(line, tmp_path, "stdout", NO_COLOR="1")
    assert "WALL SIT" in plain
    assert plain == COLOUR.sub("", coloured)
    assert shown_on(line, tmp_path, "stdout", TERM="dumb") == plain
    assert shown_on(line, tmp_path, "stdout", NO_COLOR="") == coloured
    piped = shown_on(line, tmp_path, "stderr")
    assert "WALL SIT" in piped
    assert "\x1b" not in piped
    for form in ("markdown", "svg"):
        assert "\x1b" not in shown_on([*line, "--format", form], tmp_path, "stdout")
    shown_on([*line, "-o", "sheet"], tmp_path, "stdout")
    assert (tmp_path / "sheet").read_text("utf-8") == piped


@pytest.mark.parametrize(
    ("ending", "flags", "start"),
    [
        (".md", [], "# Tiny"),
        (".MARKDOWN", [], "# Tiny"),
        (".svg", [], "<?xml"),
        (".txt", [], "Tiny  "),
        (".json", [], "{\n"),
        ("", [], "Tiny  "),
        (".md", ["--format", "svg"], "<?xml"),
        (".png", ["--format", "svg"], "<?xml"),
        (".svg", ["--format", "text"], "Tiny  "),
        (".svg", ["--json"], "{\n"),
        (".txt", ["--format", "json"], "{\n"),
        (".mp3", ["--format", "text"], "Tiny  "),
    ],
)
def test_the_ending_picks_the_format_unless_a_flag_does(
    tmp_path: Path, cache: Path, ending: str, flags: list[str], start: str
) -> None:
    tiny(tmp_path)
    name = f"a/sheet{ending}"
    done = call("preview", "tiny.yaml", "-o", name, *flags, cwd=tmp_path, cache=cache)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / name).read_text("utf-8").startswith(start)


def test_json_is_as_it_was(tmp_path: Path, cache: Path) -> None:
    tiny(tmp_path)
    done = call("preview", "tiny.yaml", "--json", cwd=tmp_path, cache=cache)
    assert {"title", "cues", "spans", "requests"} <= json.loads(done.stdout).keys()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("--json --format svg", ("--json and --format svg", "leave one out")),
        ("--format text --json", ("--json and --format text", "leave one out")),
        ("--format pdf", ("'pdf' is not possible here; write text, markdown, svg", "or lrc")),
        ("-o sheet.png", (".png", ".svg", "--format")),
        ("-o sheet.PDF", (".pdf", ".md")),
        ("-o sheet.ass", (".ass", ".txt, .md (to print), .svg (a picture), .json", "--format")),
        ("-o sheet.mp3", (".mp3", "for sound", "use audiocoach build", "ends in .txt")),
    ],
)
def test_a_contradiction_is_told_before_any_work(
    tmp_path: Path, cache: Path, line: str, words: tuple[str, ...]
) -> None:
    done = call("preview", "none.yaml", *line.split(), cwd=tmp_path, cache=cache)
    assert done.returncode == 2
    text = " ".join(done.stderr.replace("│", " ").split())
    assert all(word in text for word in words), text
    assert not list(tmp_path.iterdir())
