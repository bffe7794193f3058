"""What is not certain is marked, however surely it was read."""

from __future__ import annotations

import pytest
from drafts import drafted_text

from audiocoach.routine.draft.model import DraftExercise


def only(text: str, language: str = "en") -> DraftExercise:
    (exercise,) = drafted_text(f"My page\n\nBridge\n{text}\n", language=language).exercises
    return exercise


def test_a_number_that_nothing_read_makes_the_dose_a_doubt() -> None:
    sure = only("Do 10 repetitions. Hold for 5 seconds.")
    assert not any(made.doubt for made in sure.figures.values())
    beside = only("Do 10 repetitions with 7 wobbles. Hold for 5 seconds.")
    assert {made.doubt for made in beside.figures.values()} == {"beside"}


@pytest.mark.parametrize(
    "text",
    [
        "10 forwards and 10 backwards.",  # the same again
        "I started with 3 sets of 10, now I'm on 3 sets of 6.",  # understood, and left out
        "Do 10 repetitions at 30 degrees.",  # no dose
    ],
)
def test_numbers_that_are_understood_make_no_doubt(text: str) -> None:
    assert all(made.doubt != "beside" for made in only(text).figures.values())


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("3 sets of 250 reps", "reps"),
        ("Hold for 10 minutes. 5 reps.", "hold_s"),
        ("Do 40 sets of 5.", "sets"),
        ("Do 10 repetitions 24 times a day.", "schedule"),
    ],
)
def test_what_nobody_prescribes_is_a_question(text: str, field: str) -> None:
    assert only(text).figures[field].doubt == "unlikely"


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "Lie down until you feel better"),
        ("de", "Legen Sie sich rasch hin"),
        ("es", "Cuando salgan fácil"),
        ("fr", "Si vous tenez bien"),
    ],
)
def test_a_name_that_reads_like_a_sentence_is_a_question(language: str, name: str) -> None:
    text = f"My page\n\n- Squat 3 x 10\n- {name} 3 x 10\n"
    first, second = drafted_text(text, language=language).exercises
    assert not first.doubts
    assert second.doubts == {"name": "name"}


def test_a_question_gives_no_figure() -> None:
    draft = drafted_text("My page\n\nBridge\n3 x 8.\nWasn't it 3 x 5?\n", language="en")
    assert draft.exercises[0].figures["reps"].value == 8
    assert not draft.exercises[0].figures["reps"].doubt


def test_a_long_rest_without_sets_is_a_question() -> None:
    figures = only("Hold for 5 seconds. Do 10, then rest for 40 seconds.").figures
    assert figures["rep_rest_s"].doubt == "rest place"
    assert (
        not only("Hold for 30 seconds, relax for 30 seconds, 5 times.").figures["rep_rest_s"].doubt
    )


def test_a_name_unlike_the_others_is_a_question() -> None:
    text = "My page\n\n- Squat 3 x 10\n- Lunge 3 x 10\n- Bridge 3 x 8\n- gentle drop 3 x 10\n"
    assert [each.doubts for each in drafted_text(text, language="en").exercises] == [
        *[{}] * 3,
        {"name": "name"},
    ]


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "plus"),
        ("en", "side"),
        ("en", "Bring a strap"),
        ("en", "st thing"),
        ("de", "aber"),
        ("es", "arriba"),
        ("fr", "encore"),
    ],
)
def test_a_name_that_no_exercise_has_is_a_question(language: str, name: str) -> None:
    text = f"My page\n\nBridge\n3 x 8.\n\n{name}\n3 x 10.\n"
    named = {each.name: each.doubts for each in drafted_text(text, language=language).exercises}
    assert named["Bridge"] == {}
    assert named.get(name, {"name": "name"}) == {"name": "name"}


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "plank"),
        ("en", "inchworms"),
        ("en", "The Tiny Yes"),
        ("en", "Side plank"),
        ("de", "Brücke"),
        ("es", "La oreja al hombro"),
        ("fr", "Le pendule"),
        ("fr", "L'équilibre"),
    ],
)
def test_a_short_name_is_a_name(language: str, name: str) -> None:
    text = f"My page\n\n{name}\n3 x 10.\n"
    (exercise,) = drafted_text(text, language=language).exercises
    assert (exercise.name, exercise.doubts) == (name, {})


def how_often(note: str) -> str:
    """The question on how often a session is done, by a note among its exercises."""
    text = f"My page\n\n1. Bridge\n10 times.\n\n2. Clam\n8 times.\n\n{note}\n"
    return drafted_text(text, language="en").figures["schedule"].doubt


@pytest.mark.parametrize("note", ["Do it every morning.", "Repeat the whole session twice a day."])
def test_how_often_all_is_done_is_sure_where_words_speak_of_all(note: str) -> None:
    assert not how_often(note)


@pytest.mark.parametrize(
    "note",
    [
        "Oh, and I walk the dog for half an hour twice a day, in flat shoes.",
        "The doctor gave me 500 mg of something twice a day.",
    ],
)
def test_how_often_something_else_is_done_is_a_question(note: str) -> None:
    assert how_often(note) == "for all"


@pytest.mark.parametrize(("name", "doubt"), [("Glute bridge march", "order"), ("Glute bridge", "")])
def test_what_goes_from_side_to_side_may_be_done_by_turns(name: str, doubt: str) -> None:
    text = f"My page\n\n{name}\nDo 6 on each leg.\n"
    (exercise,) = drafted_text(text, language="en").exercises
    assert exercise.figures["sides"].doubt == doubt


def test_each_beside_sets_may_be_each_side() -> None:
    assert only("3 sets of 10 each.").figures["sides"].doubt == "apiece"
    assert not only("3 sets of 10 each side.").figures["sides"].doubt


def test_a_number_in_a_row_that_no_column_explains_is_a_question() -> None:
    text = "My page\n\nMove;Sets;Reps;Wobbles\nSquat;3;8;12\nLunge;2;6;\n"
    squat, lunge = drafted_text(text, language="en").exercises
    assert squat.figures["reps"].doubt == "beside"
    assert not lunge.figures["reps"].doubt


def test_the_first_line_of_a_text_is_rather_its_title_than_an_exercise() -> None:
    text = "Sunrise flow: 45 minutes\n\n1. Bridge\n10 times.\n\n2. Clam\n8 times.\n"
    doubts = {each.name: each.doubts for each in drafted_text(text, language="en").exercises}
    assert doubts.pop("Sunrise flow", {"name": "name"}) == {"name": "name"}
    assert doubts == {"Bridge": {}, "Clam": {}}


def test_what_a_note_says_of_one_exercise_and_nothing_has_read_is_a_question() -> None:
    note = "Be careful with the bridge, whose wobbles are 9 in a good week."
    text = f"My page\n\n1. Bridge\n10 times.\n\n2. Clam\n8 times.\n\n{note}\n"
    bridge, clam = drafted_text(text, language="en").exercises
    assert bridge.figures["reps"].doubt == "beside"
    assert not clam.figures["reps"].doubt


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Sit on the bed with your leg straight. Repeat 10 times."),
        ("de", "Setzen Sie sich auf das Bett. 10 Wiederholungen."),
        ("es", "Siéntese en la cama. 10 repeticiones."),
        ("fr", "Asseyez-vous sur le lit. 10 répétitions."),
    ],
)
def test_a_bed_is_no_chair(language: str, told: str) -> None:
    assert "position" not in only(told, language).figures


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Rise and lower 7 times. On the last, hold for 10 seconds."),
        ("de", "7 Wiederholungen. Beim letzten 10 Sekunden halten."),
    ],
)
def test_a_hold_of_the_last_rep_is_a_question(language: str, told: str) -> None:
    assert only(told, language).figures["hold_s"].doubt == "last only"


def test_a_count_beside_a_later_aim_is_no_sets() -> None:
    text = "Zehnmal, dann das andere Bein ebenso. Steigern Sie auf bis zu 20 Wiederholungen."
    figures = only(text, "de").figures
    assert figures["reps"].value == 10
    assert figures["reps"].doubt == "several"
    assert "sets" not in figures
