"""What people say: each phrase means one thing, and begins with no word of the platforms."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples

from audiocoach.coaching.phrases import languages as told_languages
from audiocoach.errors import RoutineError
from audiocoach.remote import Intent
from audiocoach.routine.load import bundled, load
from audiocoach.routine.translate import speaks
from audiocoach.sayings import WHOLE, Manner, Sayings, languages, sayings_for, slots
from audiocoach.sayings.words import plain

ALL = [sayings_for(language) for language in languages()]
WORD = r"[^\W\d_]+(?:['-][^\W\d_]+)*"
WORDS = re.compile(rf"(?:{WORD}|5k)(?: (?:{WORD}|5k))*")
each_language = pytest.mark.parametrize("sayings", ALL, ids=languages())


def test_one_can_speak_in_every_language_that_is_told() -> None:
    assert languages() == told_languages()
    assert sayings_for("en-GB") is sayings_for("en")
    with pytest.raises(RoutineError, match="a session can't be controlled by voice in 'it' yet"):
        sayings_for("it")


@each_language
def test_every_intent_is_said_in_every_manner(sayings: Sayings) -> None:
    for intent in Intent:
        for manner in WHOLE:
            assert len(sayings.phrases(intent, manner)) >= 2, (intent, manner)
        if intent is not Intent.BEGIN:
            assert len(sayings.phrases(intent, Manner.BARE)) >= 2, intent


@each_language
def test_no_phrase_begins_with_a_word_of_the_platforms(sayings: Sayings) -> None:
    owned = {plain(word) for word in sayings.owned}
    for intent in Intent:
        for phrase in sayings.phrases(intent):
            assert plain(phrase).split()[0] not in owned, phrase


@each_language
def test_each_phrase_means_one_thing_and_is_understood(sayings: Sayings) -> None:
    meant: dict[str, Intent] = {}
    for intent in Intent:
        for phrase in sayings.phrases(intent):
            if intent is Intent.BEGIN:
                continue
            assert meant.setdefault(plain(phrase), intent) is intent, phrase
            assert sayings.understood(phrase) is intent, phrase
            assert sayings.understood(f"  {phrase.upper()}! ") is intent
    assert sayings.understood("stop") is Intent.STOP
    assert sayings.understood("pausa" if sayings.language == "es" else "pause") is Intent.PAUSE


@each_language
def test_phrases_are_plain_words_that_every_platform_takes(sayings: Sayings) -> None:
    for intent in Intent:
        phrases = sayings.filled(intent)
        assert len(set(phrases)) == len(phrases)
        for phrase in phrases:
            words = re.sub(r"\{(exercise|pace|length)\}", "x", phrase)
            assert WORDS.fullmatch(words)
            assert intent is Intent.BEGIN or not list(slots(phrase))


@each_language
def test_every_routine_that_is_told_in_a_language_has_a_name_there(sayings: Sayings) -> None:
    told = {name for name, _ in bundled() if speaks(load(name), sayings.language)}
    assert set(sayings.routines) == told
    names = [plain(name) for spoken in sayings.routines.values() for name in spoken]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("language", "text", "intent"),
    [
        ("en", "Please, go to the next exercise now", Intent.NEXT),
        ("en", "OK, coach, how long is left?", Intent.TIME_LEFT),
        ("de", "Bitte jetzt die nächste Übung, danke", Intent.NEXT),
        ("de", "langsamer bitte", Intent.SLOWER),
        ("es", "por favor, más despacio", Intent.SLOWER),
        ("es", "¿Cuánto falta?", Intent.TIME_LEFT),
        ("fr", "L’exercice suivant, s’il vous plaît.", Intent.NEXT),
        ("fr", "arrete", Intent.STOP),
    ],
)
def test_courtesy_signs_and_accents_do_not_matter(language: str, text: str, intent: Intent) -> None:
    assert sayings_for(language).understood(text) is intent


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "don't stop"),
        ("en", "stop the music"),
        ("en", "what's the weather"),
        ("en", ""),
        ("de", "hör nicht auf"),
        ("de", "nicht so schnell aufhören mit der musik"),
        ("es", "no pares"),
        ("es", "qué hora es"),
        ("fr", "n'arrête pas"),
        ("fr", "quelle heure est-il"),
    ],
)
def test_what_was_not_meant_for_a_session_is_not_taken(language: str, text: str) -> None:
    assert sayings_for(language).understood(text) is None


@each_language
def test_what_lets_a_session_be_is_no_word_for_it(sayings: Sayings) -> None:
    for phrase in sayings.let_be:
        assert sayings.understood(phrase) is None, phrase
        assert sayings.lets_be(f"{phrase.upper()}!")
    for intent in Intent:
        for phrase in sayings.phrases(intent):
            assert not sayings.lets_be(phrase), phrase
            assert not sayings.spares(phrase), phrase
    for letter, said in {"de": "hör nicht auf", "en": "don't stop", "es": "no pares"}.items():
        assert sayings.lets_be(said) is (sayings.language == letter)
    assert sayings.lets_be("n’arrête pas, s'il te plaît") is (sayings.language == "fr")


@pytest.mark.parametrize(
    ("language", "text", "denied"),
    [
        ("en", "please don't you dare stop the workout yet", True),
        ("en", "i really do not want to stop", True),
        ("en", "when does the bus stop", False),
        ("en", "stop the kitchen timer", False),
        ("de", "nein, bitte hör noch nicht mit dem Training auf", True),
        ("de", "stopp die Musik", False),
        ("es", "no quiero que pares todavía", True),
        ("es", "¿para qué sirve este ejercicio?", False),
        ("es", "compra pan para la cena", False),
        ("fr", "t'arrête surtout pas", True),
        ("fr", "pourquoi tu t'es arrêté", False),
    ],
)
def test_what_only_holds_a_word_that_stops_stops_nothing(
    language: str, text: str, denied: bool
) -> None:
    sayings = sayings_for(language)
    assert sayings.understood(text) is None
    assert sayings.spares(text)
    assert sayings.lets_be(text) is denied, "what is meant for another is left to it"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "stop, I don't feel well"),
        ("en", "it really hurts, stop"),
        ("de", "stopp, ich kann nicht"),
        ("es", "para, para, para"),
        ("es", "basta, no me encuentro bien"),
        ("fr", "arrête, je ne me sens pas bien"),
        ("fr", "non, stop"),
    ],
)
def test_stop_stops_whatever_else_is_said(language: str, text: str) -> None:
    sayings = sayings_for(language)
    assert sayings.understood(text) is Intent.STOP
    assert not sayings.spares(text)


@settings(max_examples=examples(200))
@given(st.sampled_from(ALL), st.text(max_size=60))
def test_any_text_is_understood_or_not(sayings: Sayings, text: str) -> None:
    assert sayings.understood(text) in (None, *Intent)
    assert plain(plain(text)) == plain(text)
