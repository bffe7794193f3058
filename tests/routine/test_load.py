"""Routines from YAML: what is read, from where, and where its lines are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from audiocoach.errors import RoutineError
from audiocoach.routine import yaml_tree
from audiocoach.routine.load import SIZE_LIMIT, bundled, bundled_text, load, loads
from audiocoach.routine.model import Exercise, Group, Routine
from audiocoach.routine.times import Time

SMALL = """\
title: Test
language: en
exercises:
  - name: press
    reps: 10
    hold: 3s
"""


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def both_readers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_tree, "LOADER", getattr(yaml, request.param))


def only(routine: Routine) -> Exercise:
    (exercise,) = routine.all_exercises()
    return exercise


def message(source: str | Path) -> str:
    with pytest.raises(RoutineError) as caught:
        load(source)
    return str(caught.value)


@pytest.mark.parametrize("name", [name for name, _ in bundled()])
@pytest.mark.usefixtures("both_readers")
def test_every_bundled_routine_loads(name: str) -> None:
    assert load(name) == loads(bundled_text(name))


def test_the_two_first_routines_are_bundled() -> None:
    assert {"foot-care", "foot-relief"} <= {name for name, _ in bundled()}


def test_a_file_is_read_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.yaml").write_text(SMALL)
    (tmp_path / "plain").write_text(SMALL)
    monkeypatch.chdir(tmp_path)
    expected = loads(SMALL)
    for source in ("mine.yaml", "./plain", Path("plain"), str(tmp_path / "plain")):
        assert load(source) == expected


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_a_byte_order_mark_and_other_line_ends_make_no_difference(
    tmp_path: Path, newline: str
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(("\ufeff" + SMALL.replace("\n", newline)).encode())
    assert load(path) == loads(SMALL)
    assert only(load(path)).line("hold") == 6


@pytest.mark.usefixtures("both_readers")
def test_a_value_means_what_is_written_not_what_yaml_makes_of_it() -> None:
    exercise = only(
        loads(
            "title: no\nlanguage: en\nduration: 20:00\nexercises:\n"
            "  - {name: 1.0, reps: 010, hold: 1:30, setup: [yes, 0x10, 2024-01-01, .inf]}\n"
        )
    )
    assert (exercise.name, exercise.reps, exercise.hold) == ("1.0", 10, Time.prescribed(90_000))
    assert [one.say for one in exercise.setup] == ["yes", "0x10", "2024-01-01", ".inf"]
    assert loads(SMALL.replace("Test", "no\nduration: 20:00")).duration == 1_200_000


@pytest.mark.usefixtures("both_readers")
def test_a_text_over_several_lines_is_spoken_as_one() -> None:
    text = "    movement: |\n      Rise  onto\n      tiptoe.\n\n      Walk.\n"
    assert only(loads(SMALL + text)).movement[0].say == "Rise onto tiptoe. Walk."


@pytest.mark.usefixtures("both_readers")
def test_an_anchor_saves_writing_a_thing_twice() -> None:
    routine = loads(SMALL + "    setup: &how [Stand tall.]\n    after: *how\n")
    assert only(routine).setup[0].say == only(routine).after[0].say == "Stand tall."


@pytest.mark.usefixtures("both_readers")
def test_everything_knows_its_line() -> None:
    routine = loads(
        """\
title: Lines

language: en
# a comment
safety: Stop if it hurts.
schedule:
  every: two days
exercises:
  - name: press
    setup:
      - Stand tall.
      - say: >-
          Look
          ahead.
        time: ~4s
    movement: Press.
    reps: 10
    tempo: 3-1-2-0
    each:
      - out
      - name: in
        say: Inward.

  - name: circuit
    rounds: 2
    exercises:
      - {name: squat, work: 20s,
         sides: right-then-left}
"""
    )
    press, circuit = routine.exercises
    assert isinstance(press, Exercise)
    assert isinstance(circuit, Group)
    squat = circuit.exercises[0]
    assert press.tempo is not None
    assert routine.schedule is not None
    found = {
        "routine": [routine.line(), routine.line("language"), routine.line("exercises")],
        "safety": [routine.safety[0].line(), routine.safety[0].line("say")],
        "schedule": [routine.schedule.line(), routine.schedule.line("every")],
        "press": [press.line(), press.line("reps"), press.line("tempo"), press.line("rest")],
        "setup": [one.line(field) for one in press.setup for field in ("say", "time")],
        "movement": [press.movement[0].line("say")],
        "tempo": [press.tempo.line("eccentric")],
        "each": [press.each[0].line("name"), press.each[1].line("say")],
        "inward": [press.each[1].say[0].line("say")],
        "circuit": [circuit.line(), circuit.line("rounds")],
        "squat": [squat.line(), squat.line("sides"), squat.line("name")],
    }
    assert found == {
        "routine": [1, 3, 8],
        "safety": [5, 5],
        "schedule": [7, 7],
        "press": [9, 17, 18, 9],
        "setup": [11, 11, 12, 15],
        "movement": [16],
        "tempo": [18],
        "each": [20, 22],
        "inward": [22],
        "circuit": [24, 25],
        "squat": [27, 28, 27],
    }


def test_a_default_is_shared_and_so_has_no_line() -> None:
    exercise = only(loads(SMALL))
    assert exercise.act.line() == 0
    assert Exercise.model_fields["act"].default.line() == 0


def test_a_word_before_and_after_a_hold_needs_no_time() -> None:
    plain = only(loads(SMALL))
    own = "hold: 3s, act: {say: Press}, release: {say: Let go}"
    exercise = only(loads(f"title: T\nlanguage: en\nexercises:\n- {{name: X, {own}}}\n"))
    assert (exercise.act.say, exercise.release.say) == ("Press", "Let go")
    assert (exercise.act.time, exercise.release.time) == (plain.act.time, plain.release.time)


def test_a_name_that_does_not_exist_gets_the_nearest_and_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = "The bundled routines: " + ", ".join(name for name, _ in bundled())
    by_path = "A file is given by its path, such as ./my-routine.yaml."
    monkeypatch.chdir(tmp_path)
    assert message("foot-relif") == (
        f"there is no routine named 'foot-relif'. Did you mean 'foot-relief'? {listed}"
    )
    assert message("zzz") == f"there is no routine named 'zzz'. {by_path} {listed}"
    assert message("") == f"there is no routine named ''. {by_path} {listed}"
    (tmp_path / "mine.yaml").write_text(SMALL)
    assert message("mine") == (
        f"there is no routine named 'mine'. For the file of that name write './mine.yaml'. {listed}"
    )


def test_what_is_not_a_readable_file_is_told_in_one_line(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_bytes(b"x" * (SIZE_LIMIT + 300_000))
    assert message(large) == f"{large}: 1.3 MB is too large; a routine has 1 MB at most"
    assert message(tmp_path) == f"{tmp_path}: this is a folder; name the file in it"
    assert message(tmp_path / "no.yaml") == f"{tmp_path}/no.yaml: there is no such file"
    assert message("a\0\x1b.yaml") == r"a\x00\x1b.yaml: this can't be the path of a file"
    assert message("./foot-relief.yaml") == (
        "foot-relief.yaml: there is no such file; the bundled routine is named 'foot-relief'"
    )
    assert "it can't be read (File name too long)" in message("x" * 5000 + ".yaml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_a_fifo_or_a_device_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.yaml")
    assert message(tmp_path / "fifo.yaml") == f"{tmp_path}/fifo.yaml: this is not a regular file"
    assert message("/dev/zero") == "/dev/zero: this is not a regular file"


def test_a_forbidden_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    path = tmp_path / "mine.yaml"
    path.write_text(SMALL)
    monkeypatch.setattr(Path, "open", refuse)
    assert message(path) == f"{path}: you are not allowed to read this file"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (SMALL.encode("utf-16"), ": this file is UTF-16; save it as UTF-8"),
        (
            b"title: caf\xe9",
            ":1:11: this is not UTF-8 text (byte 0xE9); save it as UTF-8",
        ),
        (b"\x89PNG\r\n\x1a\n", ":1:1: this is not UTF-8 text (byte 0x89); save it as UTF-8"),
        (b"PK\x03\x04", ":1:3: an invisible or control character (U+0003); remove it"),
        (b"a\n\0", ":2:1: a NUL character: this is not a text file"),
    ],
)
def test_a_file_that_is_no_utf8_text(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(content)
    assert message(path) == f"{path}{expected}"
