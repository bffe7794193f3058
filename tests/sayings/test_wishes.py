"""Wishes inside a request, in four languages; words nobody can account for are told."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples

from audiocoach.remote import Intent
from audiocoach.routine.load import load
from audiocoach.sayings import languages, sayings_for, slots
from audiocoach.sayings.wishes import Known, Wish, wishes
from audiocoach.settings.resolve import Options

TEN = 600_000


@cache
def known(language: str) -> tuple[Known, ...]:
    return tuple(
        Known(name, spoken, tuple(map(routine.names_of, routine.all_exercises())))
        for name, spoken in sayings_for(language).routines.items()
        for routine in [load(name)]
    )


def heard(language: str, text: str) -> Wish:
    return wishes(text, sayings_for(language), known(language))


SKIP_WALK = {"skip": ("toe walk",)}
SLOW, BRISK = {"pace": "slow"}, {"pace": "brisk"}


@pytest.mark.parametrize(
    ("language", "text", "routine", "wished"),
    [
        ("en", "a slow foot workout without the toe walk", "foot-relief", SLOW | SKIP_WALK),
        ("en", "Begin my foot workout.", "foot-relief", {}),
        ("en", "let's do my exercises", "foot-relief", {}),
        ("en", "ten minutes", "foot-relief", {"duration": TEN}),
        ("en", "please begin the desk break, for 10 minutes", "desk-break", {"duration": TEN}),
        (
            "en",
            "foot care in few words, half an hour",
            "foot-care",
            {"coaching": "brief", "duration": 3 * TEN},
        ),
        (
            "en",
            "foot relief, only the toe press and the ankle circles",
            "foot-relief",
            {"only": ("toe press", "ankle circles")},
        ),
        (
            "en",
            "a quick foot relief without toe walk or ankle circles for twenty five minutes",
            "foot-relief",
            BRISK | {"skip": ("toe walk", "ankle circles"), "duration": 1_500_000},
        ),
        ("en", "do the foot workout but skip the toe walk", "foot-relief", SKIP_WALK),
        (
            "en",
            "foot workout without the toe walk and without ankle circles",
            "foot-relief",
            {"skip": ("toe walk", "ankle circles")},
        ),
        (
            "de",
            "Fußtraining, aber langsam und ohne Zehengang",
            "foot-relief",
            SLOW | SKIP_WALK,
        ),
        ("es", "ejercicios de pies, pero sin la marcha de puntillas", "foot-relief", SKIP_WALK),
        (
            "fr",
            "exercices de pieds mais sans la marche sur la pointe des pieds",
            "foot-relief",
            SKIP_WALK,
        ),
        ("en", "foot relief for an hour and a half", "foot-relief", {"duration": 9 * TEN}),
        ("en", "foot relief for ninety minutes", "foot-relief", {"duration": 9 * TEN}),
        ("en", "foot relief for an hour and a quarter", "foot-relief", {"duration": 4_500_000}),
        ("fr", "soin des pieds, soixante et onze minutes", "foot-care", {"duration": 4_260_000}),
        ("de", "anderthalb Stunden Fußtraining", "foot-relief", {"duration": 9 * TEN}),
        ("es", "ejercicios de pies de hora y media", "foot-relief", {"duration": 9 * TEN}),
        ("fr", "soin des pieds pendant une heure et demie", "foot-care", {"duration": 9 * TEN}),
        ("en", "foot relief for 1 hour", "foot-relief", {"duration": 6 * TEN}),
        ("en", "foot relief for 1.5 hours", "foot-relief", {"duration": 9 * TEN}),
        ("en", "foot relief for an hour and twenty minutes", "foot-relief", {"duration": 8 * TEN}),
        ("en", "a two hour foot relief", "foot-relief", {"duration": 12 * TEN}),
        ("de", "Fußtraining, einundzwanzig Minuten", "foot-relief", {"duration": 1_260_000}),
        ("de", "Fußtraining für eine Stunde", "foot-relief", {"duration": 6 * TEN}),
        ("es", "ejercicios de pies, veintiún minutos", "foot-relief", {"duration": 1_260_000}),
        ("es", "ejercicios de pies, treinta y un minutos", "foot-relief", {"duration": 1_860_000}),
        ("fr", "soin des pieds, vingt et une minutes", "foot-care", {"duration": 1_260_000}),
        ("fr", "soin des pieds, 1 heure et 10 minutes", "foot-care", {"duration": 7 * TEN}),
        ("de", "ein ruhiges Fußtraining ohne den Zehengang", "foot-relief", SLOW | SKIP_WALK),
        (
            "de",
            "Ich möchte meine Fußübungen, zwanzig Minuten",
            "foot-relief",
            {"duration": 2 * TEN},
        ),
        ("es", "quiero hacer unos ejercicios de pies lentos", "foot-relief", SLOW),
        ("es", "cuidado de los pies, media hora", "foot-care", {"duration": 3 * TEN}),
        ("fr", "je voudrais une séance pour les pieds rapide", "foot-relief", BRISK),
        ("fr", "soin des pieds pendant vingt minutes", "foot-care", {"duration": 2 * TEN}),
    ],
)
def test_wishes_are_read(language: str, text: str, routine: str, wished: dict[str, Any]) -> None:
    named = text not in ("let's do my exercises", "ten minutes")
    assert heard(language, text) == Wish(routine, wished, meant=named)
    Options(**wished)


@pytest.mark.parametrize("language", languages())
def test_every_exercise_can_be_left_out_by_its_own_name(language: str) -> None:
    without = sayings_for(language).table["without"][0]
    for each in known(language):
        for names in each.exercises:
            for name in names:
                text = f"{each.spoken[0]} {without} {name}"
                assert heard(language, text) == Wish(each.name, {"skip": (names[0],)}, meant=True)


@pytest.mark.parametrize(
    ("language", "text", "unknown", "meant"),
    [
        ("en", "begin my spotify foot workout", ("spotify",), False),
        ("en", "foot workout without the handstand", ("without", "handstand"), True),
        ("de", "Fußtraining ohne Handstand", ("ohne", "handstand"), True),
        ("es", "ejercicios de pies sin gritar", ("sin", "gritar"), True),
        ("fr", "exercices de pieds sans crier", ("sans", "crier"), True),
        ("en", "foot workout at 9999 minutes", ("at", "9999", "minutes"), False),
        ("en", "begin my foot workout in half an hour", ("in",), False),
        ("es", "ejercicios de pies en media hora", ("en",), False),
        ("en", "foot workout for 0 minutes", ("0", "minutes"), True),
        ("en", "a fast and slow foot workout", ("fast", "slow"), True),
        ("de", "ein schnelles langsames Fußtraining", ("schnelles", "langsames"), True),
        ("en", "could you give me my balance please", ("balance",), False),
        ("en", "who invented the foot workout", ("who", "invented"), False),
        ("en", "please", (), False),
    ],
)
def test_what_is_not_understood_is_told(
    language: str, text: str, unknown: tuple[str, ...], meant: bool
) -> None:
    wish = heard(language, text)
    assert (wish.unknown, wish.meant) == (unknown, meant)


@pytest.mark.parametrize("language", languages())
def test_every_phrase_that_begins_a_session_is_a_wish_without_a_doubt(language: str) -> None:
    sayings = sayings_for(language)
    fills = {
        "length": f"20 {sayings.table['minutes'][0]}",
        "pace": sayings.table["words"]["pace"]["slow"][0],
    }
    for phrase in sayings.phrases(Intent.BEGIN):
        for each in known(language):
            fills |= {"routine": each.spoken[-1], "exercise": each.exercises[0][0]}
            text = phrase.format(**fills)
            wish = heard(language, text)
            assert (wish.routine, wish.unknown) == (each.name, ()), text
            asked = {"exercise": "skip", "length": "duration", "pace": "pace"}
            assert set(wish.settings) == {asked[slot] for slot in slots(phrase) if slot in asked}


@settings(max_examples=examples(200))
@given(st.sampled_from(languages()), st.text(max_size=80))
def test_any_text_is_a_wish_or_told(language: str, text: str) -> None:
    wish = heard(language, text)
    assert wish.routine in sayings_for(language).routines
    Options(**wish.settings)
