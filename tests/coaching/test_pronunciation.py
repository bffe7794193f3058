"""Whether eSpeak reads our own texts as words of their language.

A word it does not take for one, such as the French "dos", it reads as English. It says so among
the phonemes, so no ear is needed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from catalogues import READ, rendered

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.routine.load import bundled, load
from audiocoach.routine.translate import translate
from audiocoach.settings.values import Telling
from audiocoach.timeline.script import Utterance
from audiocoach.voice.espeak.respelling import respelt

PHONEMES = Path(__file__).with_name("phonemes.py")
NUMBERS = (1, 2, 5, 21)
SWITCH = re.compile(r"\([a-z-]+\)")
MISREAD = {
    "en": ("klˈoʊs ", "near; to shut is [kloʊz]: say shut, tighten, bring together"),
    "de": ("fˈʊs", "as in „Fuss“: no compound of Fuß and a consonant"),
    "es": ("luˈeɣo", "three syllables: say después"),
    "fr": ("ʃəvˈil", "rhymes with ville: say chevilles"),
}
"""For each language what is read as another word, and what to say in its place."""
BESIDE = re.compile(r"\bclose to\b", re.IGNORECASE)


def transcribed(texts: list[tuple[str, str]]) -> dict[str, str]:
    """The phonemes of each text; the pairs are of a language and a text."""
    voices = [(phrases_for(language).inline("voice.espeak"), text) for language, text in texts]
    done = subprocess.run(
        [sys.executable, "-P", str(PHONEMES)],
        check=False,
        input=json.dumps(voices),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return dict(zip((text for _, text in texts), json.loads(done.stdout), strict=True))


def phrases_of(language: str) -> set[str]:
    """Everything a catalogue may say; a name of an exercise or a side is left out."""
    return {
        re.sub(r"\bx\b", "", text)
        for number in NUMBERS
        for name, text in rendered(language, number)
        if not name.startswith((*READ, "voice", "kind", "wait", "chime", "picture"))
    }


def texts_of(language: str) -> set[str]:
    """Everything the bundled routines say in a language, told at length and in few words."""
    found = set()
    for name, _ in bundled():
        routine = load(name)
        if language != routine.language:
            if language not in routine.translations:
                continue
            routine = translate(routine, language)
        for coaching in (
            Coaching(eyes_free=True, breath=True),
            Coaching(eyes_free=True, first_side="left"),
            Coaching(coaching=Telling.BRIEF),
        ):
            sounds = compile_script(routine, coaching).sounds()
            found |= {sound.text for sound in sounds if isinstance(sound, Utterance)}
    return found


@cache
def spoken(language: str) -> dict[str, str]:
    texts = sorted(phrases_of(language) | texts_of(language))
    given = transcribed([(language, respelt(text, language)) for text in texts])
    return {text: given[respelt(text, language)] for text in texts}


@pytest.mark.parametrize("language", languages())
def test_no_word_is_read_as_one_of_another_language(language: str) -> None:
    assert len(spoken(language)) > 150
    foreign = {text: said for text, said in spoken(language).items() if SWITCH.search(said)}
    assert foreign == {}


@pytest.mark.parametrize("language", languages())
def test_no_word_is_read_as_another_one(language: str) -> None:
    wrong, why = MISREAD[language]
    misread = {text for text, said in spoken(language).items() if wrong in f"{said} "}
    assert {text for text in misread if not BESIDE.search(text)} == set(), why


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Allongez-vous sur le dos."),
        ("de", "Zuerst right Bein."),
        ("fr", "D'abord right jambe."),
    ],
)
def test_a_word_of_another_language_is_noticed(language: str, text: str) -> None:
    assert SWITCH.search(transcribed([(language, text)])[text])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Close your eyes."),
        ("de", "Fersen und Fußballen bleiben am Boden."),
        ("es", "Mantén, y luego suelta."),
        ("fr", "Le pied tourne à la cheville."),
    ],
)
def test_a_word_read_as_another_is_noticed(language: str, text: str) -> None:
    assert MISREAD[language][0] in transcribed([(language, text)])[text]
