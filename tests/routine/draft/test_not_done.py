"""What the text says not to do, or tells of somebody else, is no exercise, or a question."""

from __future__ import annotations

import pytest
from drafts import drafted_text

TITLE = {"en": "My page", "de": "Meine Seite", "es": "Mi página", "fr": "Ma page"}
DOSE = {
    "en": "3 sets of 10 reps",
    "de": "3 Sätze mit 10 Wiederholungen",
    "es": "3 series de 10 repeticiones",
    "fr": "3 séries de 10 répétitions",
}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Copenhagen plank - leave it out for now (was 3x20s)"),
        ("en", "Box jump: skip these for now, 3 x 8"),
        ("en", "Box jump 3 x 8 (not yet)"),
        ("en", "Box jump 3 x 8 - NOT before week 10"),
        ("en", "~~Box jump 3 x 8~~"),
        ("en", "Not the jump squats. You like them, you can do 6 of them."),
        ("en", "Box jump NO, they told me to stop (I did 3 x 8)"),
        ("en", "Box jump 3 x 8 - not now"),
        ("de", "Nicht die Sprungkniebeugen. Du schaffst davon 6 Wiederholungen."),
        ("de", "Liegestütze NEIN, soll ich lassen (3 x 12 waren es)"),
        ("de", "Liegestütze 3 x 12 - jetzt nicht"),
        ("es", "Press militar NO, me dijo que lo dejara (hacía 4 x 10)"),
        ("es", "Press militar 4 x 10 - ahora no"),
        ("fr", "Pas les sauts. Je sais que tu en fais 6 répétitions."),
        ("fr", "Pompes NON, il m'a dit d'arrêter (j'en faisais 3 x 10)"),
        ("fr", "Pompes 3 x 10 - pas maintenant"),
        ("en", "Box jump 3 x 8 (not allowed)"),
        ("en", "Box jump 3 x 8 - taboo!"),
        ("de", "Kniebeugen 3 x 10 - nicht erlaubt"),
        ("de", "Kniebeugen 3 x 10 (tabu)"),
        ("es", "Press militar 4 x 10 (no permitido)"),
        ("es", "Press militar 4 x 10: vetado"),
        ("fr", "Squats 3 x 10 (tabou)"),
        ("fr", "Squats 3 x 10 - non autorisé"),
        ("de", "Verboten: Kniebeugen 3 x 10"),
        ("de", "Kniebeugen 3 x 10 (vorerst weglassen)"),
        ("de", "~~Kniebeugen 3 x 10~~"),
        ("es", "Está prohibido: press militar 4 x 10"),
        ("es", "Press militar 4 x 10 (por ahora no)"),
        ("es", "~~Press militar 4 x 10~~"),
        ("fr", "Interdit : squats 3 x 10"),
        ("fr", "Squats 3 x 10 (pas avant la semaine 10)"),
        ("fr", "~~Squats 3 x 10~~"),
    ],
)
def test_what_is_forbidden_is_left_out_and_listed(language: str, line: str) -> None:
    text = f"{TITLE[language]}\n\n- Lunge {DOSE[language]}\n- {line}\n- Bridge {DOSE[language]}\n"
    draft = drafted_text(text, language=language)
    assert [each.name for each in draft.exercises] == ["Lunge", "Bridge"]
    assert any(draft.words(span).strip("-~ ")[:5] in line for span in draft.forbidden)


def test_a_row_that_is_struck_through_is_no_exercise() -> None:
    text = (
        "My page\n\n| # | Exercise | Sets | Reps |\n|---|---|---|---|\n| 1 | Squat | 3 | 10 |\n"
        "| ~~2~~ | ~~Box jumps~~ | ~~3~~ | ~~8~~ |\n| 3 | Lunge | 3 | 8 |\n"
    )
    draft = drafted_text(text, language="en")
    assert [each.name for each in draft.exercises] == ["Squat", "Lunge"]
    assert any("Box jumps" in draft.words(each) for each in draft.forbidden)


@pytest.mark.parametrize("tag", ["s", "del", "strike"])
def test_what_a_page_strikes_through_is_not_read(tag: str) -> None:
    page = (
        f"<h1>My page</h1><ul><li>Squat, <{tag}>3 x 10</{tag}> 2 x 8</li>"
        f"<li><{tag}>Box jumps 3 x 8</{tag}></li><li>Lunge 3 x 8</li></ul>"
    )
    first, last = drafted_text(page, "a.html").exercises
    assert (first.figures["sets"].value, first.figures["reps"].value) == (2, 8)
    assert last.name == "Lunge"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "My mate does 15 with a 10 kg backpack but I don't."),
        ("en", "A friend does 3 sets of 20."),
        ("en", "My dad does 20 reps."),
        ("en", "My PT does 40 reps."),
        ("en", "My physio's other patient does 25 reps."),
        ("de", "Mein Kumpel macht 3 Sätze mit 20 Wiederholungen."),
        ("es", "Un amigo hace 3 series de 20 repeticiones."),
        ("fr", "Mon frère fait 3 séries de 20 répétitions."),
    ],
)
def test_the_dose_of_somebody_else_is_none(language: str, told: str) -> None:
    dose = DOSE[language]
    draft = drafted_text(f"{TITLE[language]}\n\nLunge\n{dose}.\n\n{told}\n", language=language)
    (lunge,) = draft.exercises
    assert (lunge.figures["sets"].value, lunge.figures["reps"].value) == (3, 10)


def test_a_dose_before_the_words_that_forbid_it_is_a_question() -> None:
    text = (
        "My page\n\nSquat\n3 sets of 10 reps.\n\nJump\n3 sets of 8 reps.\nLeave it out for now.\n"
    )
    draft = drafted_text(text, language="en")
    assert {made.doubt for made in draft.exercises[1].figures.values()} == {"refused"}
    assert "Leave it out for now." in [draft.words(each) for each in draft.forbidden]


def test_a_position_that_is_forbidden_is_none() -> None:
    text = (
        "My page\n\nStep up\nRepeat 10 times.\n\nLunge\nRepeat 8 times.\n\n"
        "Kneeling lunges in this routine must not be done.\n"
    )
    draft = drafted_text(text, language="en")
    assert not any("position" in each.figures for each in draft.exercises)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Squat: 5 times. (Don't stop the flow to practise, not even once a week.)"),
        ("de", "Kniebeuge: 5-mal. (Den Strahl dabei nicht anhalten, auch nicht einmal pro Woche.)"),
        ("es", "Sentadilla: 5 veces. (No corte el chorro para practicar, ni una vez por semana.)"),
        (
            "fr",
            "Squat : 5 fois. (N'arrêtez pas le jet pour vous exercer, pas une fois par semaine.)",
        ),
    ],
)
def test_what_is_not_done_at_all_has_no_frequency(language: str, text: str) -> None:
    draft = drafted_text(f"A\n\n{text}\n\nB: 6 x\n", language=language)
    assert [each.value("schedule") for each in draft.exercises] == [None] * len(draft.exercises)
    assert "schedule" not in draft.figures


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "My mate does it three times a week.\n\n{}\n\nDo all this every day."),
        ("de", "Mein Freund macht das dreimal pro Woche.\n\n{}\n\nMacht alles täglich."),
        ("es", "Mi colega lo hace tres veces por semana.\n\n{}\n\nHaced todo esto cada día."),
        ("fr", "Mon pote le fait trois fois par semaine.\n\n{}\n\nFaites tout cela chaque jour."),
    ],
)
def test_how_often_is_asked_where_another_sentence_says_otherwise(language: str, text: str) -> None:
    draft = drafted_text("A\n\n" + text.format("Squat: 10 x\n\nPlank: 5 x"), language=language)
    assert draft.figures["schedule"].doubt
