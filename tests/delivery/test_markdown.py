"""The sheet to print: whole, short, and nothing in it that Markdown would read otherwise."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from strategies import examples, routines, timeline_of

from audiocoach.coaching.phrases import phrases_for
from audiocoach.delivery import words
from audiocoach.delivery.markdown import markdown_sheet
from audiocoach.routine.load import load, loads
from audiocoach.routine.model import Exercise, Routine
from audiocoach.routine.times import Source, Time
from audiocoach.timeline.script import CueKind, IntervalKind, Utterance
from audiocoach.timeline.timeline import LeftOut

BUNDLED = ["foot-care", "foot-relief"]
CELL = re.compile(r"(?<!\\)\|")


def sheet(text: str) -> str:
    return markdown_sheet(timeline_of(loads(f"language: en\n{text}")))


def tables(text: str) -> dict[str, list[list[str]]]:
    """The rows of the table below each heading, without the two of its head.

    A paragraph, where nothing is done, is a row as well.
    """
    found: dict[str, list[list[str]]] = {}
    heading = ""
    for line in text.replace("\N{NO-BREAK SPACE}", " ").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ").partition(" (")[0]
        elif line.startswith("|"):
            cells = [cell.strip() for cell in CELL.split(line)[1:-1]]
            if cells[-1] != "to do" and set(cells[-1]) != {"-"}:
                found.setdefault(heading, []).append(cells)
        elif paragraph := re.fullmatch(r"(\d+:\d\d) · (.*)", line):
            found.setdefault(heading, []).append([*paragraph.groups(), ""])
    return found


def rough(ms: int) -> str:
    return words.plain(words.rough(phrases_for("en"), ms))


def figures(exercise: Exercise) -> list[str]:
    """What a therapist would look for, read from the routine alone."""
    assert exercise.rest is None or isinstance(exercise.rest, Time)
    if isinstance(exercise.work, Time):
        found = [f"{exercise.sets} × work {rough(exercise.work.natural)}"]
    elif exercise.rep_duration:
        found = [f"{exercise.reps} reps of about"]
    else:
        held = exercise.hold or next(
            phase.time for phase in exercise.phases if phase.time.source is Source.PRESCRIBED
        )
        assert isinstance(held, Time)
        found = [f"{exercise.reps} × hold {rough(held.natural)}"]
    if exercise.rest:
        found.append(f"{exercise.set_count - 1} × rest")
        found.append(ends(exercise.rest))
    return found + [f"{side} {exercise.limb}" for side in exercise.sides.blocks if side]


def ends(time: Time) -> str:
    if time.source is Source.RANGE:
        return f"(prescribed {time.minimum // 1000}–{time.maximum // 1000} s)"
    return f"rest {rough(time.natural)}"


@pytest.mark.parametrize("name", BUNDLED)
def test_every_exercise_with_every_prescribed_figure(name: str) -> None:
    routine = load(name)
    found = tables(markdown_sheet(timeline_of(routine)))
    overview = found[routine.title]
    exercises = list(routine.all_exercises())
    assert [row[0] for row in overview] == [str(n + 1) for n in range(len(exercises))]
    for number, exercise in enumerate(exercises, start=1):
        title = exercise.name.capitalize()
        assert overview[number - 1][1] == title
        done = " ".join(row[2] for row in found[f"{number}. {title}"])
        for figure in figures(exercise):
            assert figure in overview[number - 1][4]
            assert figure in done
    closing = " ".join(row[1] for row in found["Close"])
    for told in ("Toe press, on its own: three times a day.", "Toe walk, on its own: twice a day."):
        assert told in closing


@pytest.mark.parametrize("name", BUNDLED)
def test_everything_but_the_counting_is_told_in_order(name: str) -> None:
    timeline = timeline_of(load(name))
    rows = [row for each in list(tables(markdown_sheet(timeline)).values())[1:] for row in each]
    said = re.sub(r" \*\(.*?\)\*", "", " ".join(row[1] for row in rows))
    position = 0
    telling = (CueKind.SET_UP, CueKind.INSTRUCTION, CueKind.SAFETY, CueKind.WELCOME, CueKind.CLOSE)
    for cue in timeline.cues:
        if cue.cue.kind in telling and isinstance(cue.sound, Utterance):
            position = said.index(cue.sound.text, position)
    times = [[int(part) for part in re.split("[:–]", row[0])] for row in rows]
    starts = [time[0] * 60 + time[1] for time in times]
    assert starts == sorted(starts)


@pytest.mark.parametrize("name", BUNDLED)
def test_it_fits_two_printed_pages(name: str) -> None:
    lines = markdown_sheet(timeline_of(load(name))).splitlines()
    # In 10 points a page has 60 lines, and the middle column 75 characters to a line.
    height = sum(-(-len(line) // 75) for line in lines if line)
    assert height <= 120


def test_reps_are_one_row_with_their_times() -> None:
    found = tables(sheet("title: T\nexercises: [{name: press, reps: 10, hold: 3s}]"))
    (row,) = [row for row in found["1. Press"] if "×" in row[2]]
    assert re.fullmatch(r"\d+:\d\d–\d+:\d\d", row[0])
    assert row[1:] == ["Now. … Release. *(with counts)*", "**10 × hold 3 s**"]


def test_a_later_round_is_one_row_an_exercise() -> None:
    text = "title: T\nexercises: [{rounds: 3, rest: 30-40s, exercises: ["
    found = tables(sheet(f"{text}{{name: a, hold: 3s}}, {{name: b, work: 20s}}]}}]"))
    assert found["T"][0][4] == "hold 3 s, 3 rounds"
    for heading in ("Round 2 of 3", "Round 3 of 3"):
        assert [row[2] for row in found[heading]][1:] == ["**hold 3 s**", "**work 20 s**"]
        assert found[heading][0][2] == "**rest 40 s (prescribed 30–40 s)**"


HOSTILE = [
    "<script>alert(1)</script>",
    "a | b || c",
    r"back\slash\| pipe",
    "**bold** _it_ `code` ~~no~~",
    "[x](javascript:alert(1)) ![y](z)",
    "&lt;b&gt; &amp; &#35;",
    "# 1. - > x $y$",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_nothing_written_by_others_is_read_as_markdown(title: str) -> None:
    quoted = title.replace("'", "''")
    text = sheet(f"title: '{quoted}'\nexercises: [{{name: 'x {quoted}', hold: 3s}}]\n")
    bare = re.sub(r"\\[\\`*_\[\]<>|&#~$]", "", text)
    assert not re.search(r"[<>&`~$\[\]_\\]", bare)
    for rows in tables(text).values():
        assert {len(row) for row in rows} <= {3, 5}
    assert re.sub(r"\\(.)", r"\1", text.splitlines()[0]) == f"# {title}"


@settings(max_examples=examples(60))
@given(routines())
def test_any_routine_gives_whole_tables_and_the_same_again(routine: Routine) -> None:
    timeline = timeline_of(routine)
    text = markdown_sheet(timeline)
    assert text == markdown_sheet(timeline)
    found = tables(text)
    names = [exercise.name for exercise in routine.all_exercises()]
    if len(set(names)) == len(names):
        assert [row[1] for row in found[routine.title]] == [name.capitalize() for name in names]
    for heading, rows in found.items():
        assert {len(row) for row in rows} == {5 if heading == routine.title else 3}


def test_pauses_stand_where_they_are() -> None:
    text = "title: T\nexercises: [{name: a, hold: 3s, setup: [{say: Sit., time: ~9s}, Rise.]}]"
    (row, *_) = tables(sheet(text))["1. A"]
    assert "Sit. *(9 s)* Rise. " in row[1]


def test_notes_come_last() -> None:
    timeline = timeline_of(load("foot-care"))
    note = LeftOut(Utterance("a|b", "en"), 0, IntervalKind.HOLD, "", 3000)
    told = "'a\\|b' is left out: hold of 3s has no room for it"
    noted = replace(timeline, notes=(note,))
    assert markdown_sheet(noted).endswith(f"\n## Notes\n\n- {told}\n")


LOADS = """
title: T
exercises:
  - {name: deadlift, reps: [12, 10], load: [40 kg, the blue band], tempo: 2-0-1-0, rest: 60s}
  - {name: curl, reps: 6, sets: 2, load: 5 kg, rep_duration: ~3s, rest: 10-15s}
  - {name: row, reps: 6, sides: right-then-left, load: {right: 5 kg, left: 4 kg}, hold: 2s}
  - {name: carry, work: 20s, sets: 2, rest: 30s, load: 8 kg}
  - rounds: 2
    rest_between: 10s
    exercises:
      - {name: lift, work: 20s, load: [8 kg, 10 kg]}
      - {name: squat, reps: [3, 2], tempo: 2-0-1-0}
      - {name: march, work: 10s}
"""


def test_a_load_stands_behind_what_is_done_with_it() -> None:
    found = tables(sheet(LOADS))
    to_do = {row[1]: row[-1] for row in found["T"]}
    lowered = "(Lower 2 s, Lift 1 s)"
    assert to_do == {
        "Deadlift": f"12 × {lowered} · 40 kg, then 10 × {lowered} · the blue band, rest 60 s",
        "Curl": "2 × 6 reps of about 3 s · 5 kg, rest 15 s (prescribed 10–15 s)",
        "Row": "right side: 6 × hold 2 s · 5 kg; left side: 6 × hold 2 s · 4 kg",
        "Carry": "2 × work 20 s · 8 kg, rest 30 s",
        "Lift": "2 rounds: work 20 s · 8 kg, rest 10 s / work 20 s · 10 kg, rest 10 s",
        "Squat": f"2 rounds: 3 × {lowered}, rest 10 s / 2 × {lowered}, rest 10 s",
        "March": "work 10 s, 2 rounds",
    }
    assert found["3. Row"][-1][-1] == "**left side: 6 × hold 2 s · 4 kg**"
