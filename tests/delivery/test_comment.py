"""The comment: in one language, with what matters, and nothing of this computer."""

from __future__ import annotations

import pytest

from audiocoach.coaching.phrases import languages
from audiocoach.delivery.comment import comment, remarks
from audiocoach.routine.load import load, loads
from audiocoach.routine.select import select
from audiocoach.routine.translate import translate
from audiocoach.settings.resolve import Options, settled
from audiocoach.settings.surroundings import Surroundings


def test_it_tells_changes_safety_source_voice_and_flags() -> None:
    routine = select(load("foot-relief"), skip=("2",))
    text = comment(remarks(routine), "espeak:en-us", "GPL-3.0-or-later", ("--pace slow",))
    voice = "Voice: espeak:en-us. Licence of the voice: GPL-3.0-or-later."
    parts = ("toe walk", "Stop", "Source: ", voice, "Settings: --pace slow.")
    places = [text.find(part) for part in parts]
    assert min(places) >= 0
    assert places == sorted(places)


@pytest.mark.parametrize("language", languages())
def test_no_path_of_a_program_gets_into_a_file(language: str) -> None:
    text = comment(remarks(translate(load("foot-relief"), language)), "command:/srv/maria/say.sh")
    assert "maria" not in text
    assert "command:say.sh" in text


def test_a_plain_routine_has_our_own_word_on_safety() -> None:
    routine = loads("title: x\nlanguage: en\nexercises: [{name: y, hold: 3s}]\n")
    text = comment(remarks(routine), "espeak")
    assert "Stop" in text
    assert "Source" not in text


def test_flags_are_those_of_the_user_and_of_pace_and_coaching() -> None:
    options = Options(pace="slow", chimes=False, voice="espeak", offline=True, skip=("2",))
    assert settled(options, None, Surroundings({})).flags() == ("--pace slow", "--no-chimes")
