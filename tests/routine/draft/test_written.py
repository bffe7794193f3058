"""What a draft writes of the newer fields of the format."""

from __future__ import annotations

import pytest
from drafts import drafted_text

from audiocoach.drafting import routine_of
from audiocoach.errors import RoutineError
from audiocoach.routine.draft.writing import write
from audiocoach.routine.load import loads
from audiocoach.routine.model import Exercise, Group
from audiocoach.routine.unfold import clock_ms, round_count


def written(text: str, language: str = "en") -> tuple[Exercise, str]:
    """The only exercise of a draft, and the whole file."""
    file = write(drafted_text(f"My page\n\nBridge\n{text}\n", language=language)).text
    (exercise,) = loads(file).exercises
    assert isinstance(exercise, Exercise)
    return exercise, file


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Do 10 reps with the operated leg."),
        ("de", "10 Wiederholungen mit dem operierten Bein."),
        ("es", "Haga 10 repeticiones con la pierna operada."),
        ("fr", "Faites 10 répétitions avec la jambe opérée."),
    ],
)
def test_the_affected_side_is_left_to_the_user_of_the_routine(language: str, text: str) -> None:
    exercise, file = written(text, language)
    assert exercise.sides == "affected"
    assert "--affected" in file


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hold for 20 seconds on each side, 10 seconds between sides."),
        ("de", "20 Sekunden pro Seite halten, 10 Sekunden zwischen den Seiten."),
        ("es", "Mantenga 20 segundos por lado, 10 segundos entre lados."),
        ("fr", "Tenez 20 secondes de chaque côté, 10 secondes entre les côtés."),
    ],
)
def test_a_rest_between_sides(language: str, text: str) -> None:
    exercise, _ = written(text, language)
    assert "side_rest: 10s" in written(text, language)[1]
    assert exercise.side_rest is not None


def test_a_weight_beside_the_dose_is_the_load() -> None:
    exercise, file = written("3 sets of 10 with 16 kg.")
    assert exercise.load == "16 kg"
    assert "holding a number" not in file
    assert written("3 sets of 10, with no more than 16 kg.")[0].load is None
    assert written("3 sets of 10. Last week it was 14 kg.")[0].load is None


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Circuit"), ("de", "Zirkel"), ("es", "Circuito")]
)
def test_a_group_has_a_name_in_its_language(language: str, word: str) -> None:
    text = "My plan\n\n6 x 2 min run / 1 min walk\n"
    assert f"- name: {word}\n" in write(drafted_text(text, language=language)).text


def test_a_group_with_a_doubtful_member_asks_what_belongs_to_it() -> None:
    text = "My plan\n\n3 rounds.\n\n- Squat 12\n- When you feel good 20 times\n"
    file = write(drafted_text(text, language="en")).text
    assert "# check: exercises: which exercises belong to these rounds?" in file


AMRAP = "My plan\n\nAMRAP {} minutes:\n- 5 push-ups\n- {} air squats\n- {}\n"


@pytest.mark.parametrize(
    ("minutes", "squats", "last"),
    [
        (8, 10, "15 sit-ups"),
        (8, 10, "20 step-ups, alternating legs"),
        (10, 9, "6 lunges per leg"),
        (7, 11, "20 second plank"),
        (12, 10, "5 bridges, hold each for 3 seconds"),
    ],
)
def test_whole_rounds_fill_the_time_of_as_many_as_possible(
    minutes: int, squats: int, last: str
) -> None:
    file = routine_of(drafted_text(AMRAP.format(minutes, squats, last), language="en"), "a").text
    (group,) = loads(file).exercises
    assert isinstance(group, Group)
    assert group.until is not None
    assert clock_ms(group, round_count(group)) == minutes * 60_000
    for exercise in group.exercises:
        assert isinstance(exercise, Exercise)
        assert exercise.name == "plank" or 2000 <= (exercise.rep_ms or 0) <= 5000
    assert file.count("# check: rep_duration: ours") == file.count("rep_duration:") // 2


def test_where_no_whole_rounds_fill_a_time_their_number_is_a_question() -> None:
    text = "My plan\n\nAMRAP 8 minutes:\n- Plank 40 seconds\n- March 45 seconds\n"
    file = routine_of(drafted_text(text, language="en"), "a").text
    (group,) = loads(file).exercises
    assert isinstance(group, Group)
    assert (group.until, group.rounds) == (None, 5)
    assert '# check: rounds: "AMRAP 8 minutes": as many rounds as fit into that time' in file


def test_what_is_more_than_a_session_can_hold_is_a_question_or_a_clear_error() -> None:
    text = "My page\n\nBridge\n900 sets of 90 reps.\n\nSquat\n3 sets of 10.\n"
    file = routine_of(drafted_text(text, language="en"), "a.txt").text
    _, squat = loads(file).exercises
    assert '# check: reps: "900 sets of 90 reps": how is it to be written?' in file
    assert isinstance(squat, Exercise)
    assert squat.reps == 10
    many = "".join(f"{n}. Squat {n}: 3 x 100\n" for n in range(1, 200))
    with pytest.raises(RoutineError, match=r"a\.txt: 199 exercises were found, and that is more"):
        routine_of(drafted_text(many, language="en"), "a.txt")


def test_a_length_of_what_is_no_session_is_a_question() -> None:
    text = "Takes 20 minutes.\n\nBridge\n900 sets of 90 reps.\n"
    written = routine_of(drafted_text(f"My page\n\n{text}", language="en"), "a.txt")
    assert "a session can't be that long" in written.text
