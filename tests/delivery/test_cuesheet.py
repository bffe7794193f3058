"""The sheet to read: every cue with its time, pauses drawn to length, colours for terminals only.

And what the printed sheets are made of: parts, blocks and doses.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from running import PATIENCE, call, command, environment, tiny
from strategies import clip_lengths, examples, routines

from audiocoach.coaching.compiler import compile_script
from audiocoach.delivery.cuesheet import blocks, dose, is_done, parts, rough, timeline_sheet
from audiocoach.routine.load import load, loads
from audiocoach.routine.model import Routine
from audiocoach.timeline import Timeline, fit
from audiocoach.timeline.script import SAMPLES_PER_MS, Gap, Glue, Interval, MarkerKind, Utterance

COLOUR = re.compile(r"\x1b\[[\d;]*m")
BAR = re.compile(r"^ {11}([.=-]+)(>?) \[?(?:.*?)(\d+(?:\.\d+)?) s[:,]", re.MULTILINE)


def timeline_of(routine: Routine) -> Timeline:
    script = compile_script(routine)
    return fit(script, clip_lengths(script.sounds(), 1))


def told(exercise: str) -> Timeline:
    return timeline_of(loads(f"title: T\nlanguage: en\nexercises: [{{name: x, {exercise}}}]\n"))


def doses(exercise: str) -> list[str]:
    return [dose(blocks(part)) for part in parts(told(exercise)) if part.number]


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


def test_kinds_differ_in_colour() -> None:
    lines = timeline_sheet(timeline_of(load("foot-relief")), coloured=True).splitlines()

    def codes(words: str) -> set[str]:
        return {found[0] for line in lines if words in line and (found := COLOUR.findall(line))}

    shown = [codes(words) for words in ("Grip.", "Three.", "Stop if", "[rest 1", "[work 2", "TOE")]
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
        ("--format pdf", ("'text'", "'markdown'", "'svg'")),
        ("-o sheet.png", (".png", ".svg", "--format")),
        ("-o sheet.PDF", (".pdf", ".md")),
        ("-o sheet.vtt", (".vtt", ".txt, .md (to print), .svg (a picture) or .json", "--format")),
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


# parts, blocks and doses


@pytest.mark.parametrize(
    ("exercise", "wanted"),
    [
        ("reps: 10, hold: 3s", "10 × hold 3 s"),
        ("hold: 45s", "hold 45 s"),
        ("work: 90s", "work 90 s"),
        ("work: 3min", "work 3 min"),
        ("work: 2:30", "work 2:30 min"),
        ("sets: 6, work: 20s, rest: 15s", "6 × work 20 s, 5 × rest 15 s"),
        (
            "sets: 3, reps: 15, hold: 2s, rest: 1min-90s",
            "3 × 15 × hold 2 s, 2 × rest 90 s (prescribed 60–90 s)",
        ),
        (
            "sets: 2, work: 1min, rest: 90s-3min",
            "2 × work 60 s, rest 3 min (prescribed 90 s–3 min)",
        ),
        ("reps: 8, rep_duration: ~3s", "8 reps of about 3 s"),
        ("reps: 8, rep_duration: 2500ms", "8 reps of 2.5 s"),
        ("reps: 4, tempo: 3-1-2-0", "4 × (Lower 3 s, Hold 1 s, Lift 2 s)"),
        (
            "sides: left-then-right, limb: leg, reps: 5, hold: 10s",
            "left leg, then right leg: 5 × hold 10 s",
        ),
        (
            "sides: right-then-left, each: [in, out], reps: 5, hold: 2s",
            "right side, then left side: 2 × 5 × hold 2 s",
        ),
        ("phases: [{name: a, time: 1s}, {name: rest, time: 2s}], reps: 2", "2 × (a 1 s, rest 2 s)"),
    ],
)
def test_a_dose_in_short(exercise: str, wanted: str) -> None:
    assert doses(exercise) == [wanted]


@pytest.mark.parametrize(
    ("ms", "text"),
    [(0, "0 s"), (2949, "2.9 s"), (2950, "3 s"), (119_900, "119.9 s"), (120_000, "2 min")],
)
def test_a_length_as_people_say_it(ms: int, text: str) -> None:
    assert rough(ms) == text


def test_the_same_exercise_in_a_later_round_keeps_its_number() -> None:
    text = "title: T\nlanguage: en\nexercises: [{rounds: 2, rest: 30s, exercises: ["
    text += "{name: a, hold: 3s}, {name: b, hold: 4s}]}, {name: c, hold: 5s}]\n"
    found = parts(timeline_of(loads(text)))
    assert [(part.title, part.number, part.again) for part in found] == [
        ("Welcome", 0, False),
        ("A", 1, False),
        ("B", 2, False),
        ("Round 2 of 2", 0, False),
        ("A", 1, True),
        ("B", 2, True),
        ("C", 3, False),
        ("Close", 0, False),
    ]
    assert dose(blocks(found[3])) == "rest 30 s"


@settings(max_examples=examples(60))
@given(routines())
def test_parts_lose_and_double_nothing(routine: Routine) -> None:
    timeline = timeline_of(routine)
    found = parts(timeline)
    assert found[0].start == 0
    assert found[-1].end == timeline.total
    assert all(one.end == two.start for one, two in pairwise(found))
    assert [cue for part in found for cue in part.cues] == list(timeline.cues)
    assert [span for part in found for span in part.spans] == list(timeline.spans)
    for part in found:
        done = [span for block in blocks(part) for unit in block.units for span in unit.spans]
        assert done == [span for span in part.spans if is_done(span)]
        for block in blocks(part):
            apart = [
                span
                for span in part.spans
                if isinstance(span.item, Gap) and span.item.glue is not Glue.RIGID and span.length
            ]
            assert not [span for span in apart if block.start <= span.start < block.end]
        assert bool(done) >= (part.kind is MarkerKind.EXERCISE)


def test_a_timeline_without_headings_is_one_part() -> None:
    timeline = told("hold: 3s")
    bare = Timeline(
        "Bare", "en", timeline.cues, (), timeline.spans, timeline.total, timeline.fit, ("a note",)
    )
    (part,) = parts(bare)
    assert (part.title, part.start, part.end) == ("Bare", 0, timeline.total)
    assert timeline_sheet(bare).endswith("\nnote: a note\n")
    held = [span for span in part.spans if isinstance(span.item, Interval) and is_done(span)]
    assert 3000 * SAMPLES_PER_MS in [span.length for span in held]
