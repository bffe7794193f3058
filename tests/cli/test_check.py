"""`audiocoach check`: what it says of a routine holds when the routine is built."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from running import call
from strategies import timeline_of

from audiocoach.checking import without_room_to_speak
from audiocoach.coaching.phrases import languages
from audiocoach.routine.load import bundled, load
from audiocoach.timeline.outline import HEADINGS
from audiocoach.timeline.script import SAMPLE_RATE, MarkerKind, Utterance
from audiocoach.wording import clock

Check = Callable[..., "CompletedProcess[str]"]

_ASSISTANTS = Path(__file__).resolve().parents[2] / "docs" / "assistants.md"
FIRST = """\
title: First
language: {language}
{duration}exercises:
  - {{name: squat, reps: 5, tempo: 3-1-1-0}}
"""
LEVELS = """\
title: Levels
language: en
exercises:
  - name: wall sit
    hold: {beginner: 20s, intermediate: 21s, advanced: 20min}
"""
TRANSLATED = """title: First
language: en
exercises:
  - name: squat
    setup: Stand tall.
    hold: 3s
translations:
  de: {First: Erste, squat: Kniebeuge, Stand tall.: TOLD}
"""


@pytest.fixture
def check(tmp_path: Path, cache: Path) -> Check:
    """Runs audiocoach in `tmp_path`, in this process."""
    return partial(call, cwd=tmp_path, cache=cache)


def first(folder: Path, duration: str = "", language: str = "en") -> str:
    told = f"duration: {duration}\n" if duration else ""
    text = FIRST.format(duration=told, language=language)
    (folder / "first.yaml").write_text(text, encoding="utf-8")
    return "first.yaml"


def found(check: Check, *arguments: str) -> list[dict[str, Any]]:
    done = check("check", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    value = json.loads(done.stdout)
    assert isinstance(value, list)
    return value


def test_a_length_out_of_reach_is_a_mistake_of_the_routine(check: Check, tmp_path: Path) -> None:
    for duration, remedy in (("20:00", "add rounds or sets"), ("10s", "take something out")):
        done = check("check", first(tmp_path, duration))
        assert done.returncode == 3
        (line,) = done.stderr.splitlines()
        assert line.startswith("audiocoach: first.yaml:3:1: duration: the session can't last ")
        assert remedy in line
        assert "leave duration out" in line
        assert check("build", "first.yaml", "--voice", "espeak").returncode == 4


@pytest.mark.parametrize("language", languages())
def test_the_limits_it_names_are_built_and_nothing_beyond(
    check: Check, tmp_path: Path, language: str
) -> None:
    (only,) = found(check, first(tmp_path, language=language))
    assert only["shortest_ms"] < only["natural_ms"] == only["length_ms"] < only["longest_ms"]
    for limit, beyond in (("shortest_ms", -1000), ("longest_ms", 1000)):
        assert only[limit] % 1000 == 0
        for duration, code in ((only[limit], 0), (only[limit] + beyond, 4)):
            flags = ("--voice", "espeak", "--duration", f"{duration}ms")
            done = check("build", "first.yaml", *flags)
            assert done.returncode == code, done.stderr
        written = f"{only[limit] // 1000}s"
        assert check("check", first(tmp_path, written, language)).returncode == 0


def test_it_tells_the_natural_length_and_how_far_the_other_is(check: Check, tmp_path: Path) -> None:
    (natural,) = found(check, first(tmp_path))
    length = natural["natural_ms"] // 1000 + 3
    (only,) = found(check, first(tmp_path, f"{length}s"))
    assert only["length_ms"] == length * 1000
    *_, head, line = check("check", "first.yaml").stdout.splitlines()
    assert head == "length, spoken by the built-in voice"
    assert "natural length " in line
    verb = "shortened" if only["used_percent"] < 0 else "stretched"
    used = f"{verb} by {abs(only['used_percent'])} % of their leeway"
    assert f"; for {clock(length * 1000)} its pauses are {used}" in line


def test_each_level_is_tried(check: Check, tmp_path: Path) -> None:
    levels = ["beginner", "intermediate", "advanced"]
    path = tmp_path / "levels.yaml"
    path.write_text(LEVELS, encoding="utf-8")
    told = check("check", path.name).stdout.splitlines()[-3:]
    assert [line.split(":")[0].strip() for line in told] == levels
    tried = found(check, path.name)
    assert [each["level"] for each in tried] == levels
    duration = f"duration: {tried[1]['natural_ms'] // 1000}s\n"
    path.write_text(duration + LEVELS, encoding="utf-8")
    done = check("check", path.name)
    assert done.returncode == 3
    assert "levels.yaml:1:1: at level advanced: duration: the session can't last" in done.stderr
    path.write_text(duration + LEVELS.replace("20min", "22s"), encoding="utf-8")
    assert check("check", path.name).returncode == 0


def test_a_translation_may_be_too_long_for_the_length(check: Check, tmp_path: Path) -> None:
    long = "Stell dich aufrecht hin. " * 12
    path = tmp_path / "two.yaml"
    path.write_text(TRANSLATED.replace("TOLD", long), encoding="utf-8")
    (own,) = found(check, "two.yaml")
    duration = f"duration: {own['natural_ms'] // 1000}s\n"
    path.write_text(duration + path.read_text("utf-8"), encoding="utf-8")
    assert check("check", "two.yaml").returncode == 0
    done = check("check", "two.yaml", "--language", "de")
    assert done.returncode == 3
    assert "duration: the session can't last" in done.stderr


def test_what_would_not_be_heard_is_told(check: Check, tmp_path: Path) -> None:
    (tmp_path / "tight.yaml").write_text(
        "title: Tight\nlanguage: en\nexercises:\n"
        "  - {name: squat, reps: 2, phases: [{say: Very slowly down, time: 1s}, {time: 1s}]}\n",
        encoding="utf-8",
    )
    done = check("check", "tight.yaml")
    assert done.returncode == 0
    assert done.stderr.startswith("note: ")
    (only,) = found(check, "tight.yaml")
    assert [f"note: {note}" for note in only["notes"]] == done.stderr.splitlines()
    assert check("check", "tight.yaml", "--quiet").stderr == ""


def test_what_no_voice_can_read_is_told(check: Check, tmp_path: Path) -> None:
    text = FIRST.format(duration="", language="en").replace("title: First", "title: 足のヨガ")
    (tmp_path / "yoga.yaml").write_text(text, encoding="utf-8")
    done = check("check", "yoga.yaml")
    assert done.returncode == 0
    assert done.stderr.startswith(
        "note: yoga.yaml:1: a voice that speaks 'en' can't read '足のヨガ' in '足のヨガ'; "
        "write it in words of that language\n"
    )


def test_shorthand_without_a_reading_is_told(check: Check, tmp_path: Path) -> None:
    text = FIRST.format(duration="", language="en").replace("title: First", "title: DNF s/p a.io")
    (tmp_path / "short.yaml").write_text(text, encoding="utf-8")
    done = check("check", "short.yaml")
    assert done.returncode == 0
    assert done.stderr.startswith(
        "note: short.yaml:1: nobody can tell how a voice reads 's/p' and 'DNF' in 'DNF s/p a.io'; "
        "write it as it is to be said\n"
        "note: short.yaml:1: 'a.io' in 'DNF s/p a.io' is not spoken, because nobody could use it "
        "by ear; leave it out, or say in words where to find it\n"
    )


def test_an_exercise_in_which_nobody_can_speak_is_told(check: Check, tmp_path: Path) -> None:
    body = "title: Brisk\nlanguage: en\nexercises:\n  - {name: step, reps: 8, tempo: 1-0-1-0"
    (tmp_path / "brisk.yaml").write_text(body + "}\n", encoding="utf-8")
    assert re.match(
        r"note: brisk\.yaml:4:6: exercise 'step': it leaves no time to speak to an assistant: the "
        r"longest pause between words is [12]\.\ds, and 3s are needed; ",
        check("check", "brisk.yaml").stderr,
    )
    (tmp_path / "brisk.yaml").write_text(body + ", sets: 2, rest: 20s}\n", encoding="utf-8")
    assert "assistant" not in check("check", "brisk.yaml").stderr


@pytest.mark.parametrize("name", [name for name, _ in bundled()])
def test_every_exercise_has_room_to_speak_in_or_a_note(name: str) -> None:
    routine = load(name)
    timeline = timeline_of(routine)
    problems = list(without_room_to_speak(routine, timeline))
    told = re.findall(
        r"the ([a-z ]+) of `([a-z-]+)`", " ".join(_ASSISTANTS.read_text("utf-8").split())
    )
    documented = {exercise for exercise, of in told if of == name}
    assert documented == {re.findall("exercise '(.*?)'", str(each))[0] for each in problems}
    noted = {problem.line for problem in problems}
    heads = [mark for mark in timeline.markers if mark.marker.kind in HEADINGS]
    ends = [*(mark.at for mark in heads[1:]), timeline.total]
    speech = [(cue.start, cue.end) for cue in timeline.cues if isinstance(cue.sound, Utterance)]
    quiet, number = set(), 0
    for head, end in zip(heads, ends, strict=True):
        if head.marker.kind is not MarkerKind.ROUND:
            number = head.marker.address.exercise
        starts = [head.at, *(after for _, after in speech if head.at <= after < end)]
        if any(
            start + 3 * SAMPLE_RATE <= end
            and not any(start < to and at < start + 3 * SAMPLE_RATE for at, to in speech)
            for start in starts
        ):
            quiet.add(number)
    lines = [exercise.line("name") for exercise in routine.all_exercises()]
    assert noted == {line for number, line in enumerate(lines, 1) if number not in quiet}


def test_rounds_whose_clock_stops_are_told(check: Check, tmp_path: Path) -> None:
    group = "  - rounds: 6\n    exercises: [{name: run, work: 2min}, {name: walk, work: 1min}]\n"
    body = "title: Run\nlanguage: en\nexercises:\n" + group
    (tmp_path / "run.yaml").write_text(body, encoding="utf-8")
    note = "note: run.yaml:5:5: group: the clock stops between its exercises, "
    assert check("check", "run.yaml").stderr.startswith(note)
    (tmp_path / "run.yaml").write_text(body + "    rest_between: 0s\n", encoding="utf-8")
    assert check("check", "run.yaml").stderr == ""


def test_what_nobody_wrote_is_no_doubt(check: Check, tmp_path: Path) -> None:
    """Not even in a translation, which writes every text anew."""
    path = tmp_path / "two.yaml"
    path.write_text(
        TRANSLATED.replace("TOLD", "Aufrecht.").replace("hold: 3s", "work: 9s"), "utf-8"
    )
    assert check("check", "two.yaml").stderr == ""
    done = check("check", "two.yaml", "--language", "de")
    assert (done.returncode, done.stderr) == (0, "First is complete in de\n")


def test_without_the_voice_all_else_is_told(
    check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audiocoach.checking.VOICE", "espeak:nobody")
    done = check("check", first(tmp_path))
    assert done.returncode == 0
    assert "tempo 3s - 1s - 1s - 0s" in done.stdout
    assert done.stderr.startswith("note: its possible length is unknown: ")


def test_it_tells_how_a_routine_is_told(check: Check, tmp_path: Path) -> None:
    done = check("check", "--told", first(tmp_path), "--json")
    (figures,) = json.loads(done.stdout)
    (only,) = found(check, "first.yaml")
    assert (figures["routine"], figures["length"]) == ("first.yaml", only["length_ms"])
    assert 100 < figures["in_sentences"] < 250
    head, row = check("check", "--told", "first.yaml").stdout.splitlines()
    assert head.startswith("routine     length  words/min in sentences  in explanations  overall")
    assert row.split()[0] == "first.yaml"


def test_every_bundled_routine_is_told_in_figures(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = [each for each in bundled() if each[0] in ("foot-care", "tabata")]
    monkeypatch.setattr("audiocoach.routine.bundle.bundled", lambda: two)
    rows = check("check", "--told", "--all").stdout.splitlines()
    assert [row.split()[0] for row in rows] == ["routine", "foot-care", "tabata"]
    told = check("check", "--told", "--all", "--language", "de").stdout.splitlines()
    assert [row.split()[0] for row in told[1:]] == ["foot-care"], "tabata is in English alone"


def test_open_questions_of_a_draft_are_a_note(check: Check, tmp_path: Path) -> None:
    asked = FIRST.format(duration="", language="en").replace(
        "exercises:", "# check: title: which?\nexercises:"
    )
    (tmp_path / "asked.yaml").write_text(asked, encoding="utf-8")
    done = check("check", "asked.yaml")
    assert done.returncode == 0
    assert '1 question of the draft is still open (line 3): answer each "# check:"' in done.stderr
    first(tmp_path)
    assert "of the draft" not in check("check", "first.yaml").stderr
    assert "of the draft" not in check("check", "asked.yaml", "--quiet").stderr
    (only,) = json.loads(check("check", "asked.yaml", "--json").stdout)
    assert only["open_questions"] == [3]
