"""Whole sessions in every language, by the embedded voice: their length, words, tags and voice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from mutagen.id3 import ID3
from piper_tiny import description

from audiocoach import pipeline
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import phrases_for
from audiocoach.routine.load import load
from audiocoach.routine.translate import translate
from audiocoach.settings.config import Config
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache
from audiocoach.timeline.script import Utterance
from audiocoach.voice.base import open_voice
from audiocoach.voice.choice import Choosing, Wish

LANGUAGES = ("de", "es", "fr")
TWENTY_MINUTES = 57_600_000
"""Samples."""
CHAPTERS = {
    "de": [
        *("Begrüßung", "Zehengriff", "Zehengang", "Füße kreisen", "Füße heben mit Band"),
        *("Stift greifen", "Abschluss"),
    ],
    "es": [
        *("Bienvenida", "Agarre con los pies", "Marcha de puntillas"),
        *("Círculos de tobillo", "Flexión de pies con banda", "Recogida del lápiz", "Cierre"),
    ],
    "fr": [
        *("Accueil", "Flexion des orteils", "Marche sur la pointe des pieds"),
        *(
            "Cercles des chevilles",
            "Flexion des pieds avec élastique",
            "Ramassage du crayon",
            "Fin",
        ),
    ],
}
THREE_LETTERS = {"de": "deu", "es": "spa", "fr": "fra"}


@pytest.fixture(name="cache")
def opened(cache: Path) -> Cache:
    return Cache(cache)


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
@pytest.mark.parametrize("name", ["foot-relief", "foot-care"])
def test_a_session_is_exactly_as_long_in_every_language(
    name: str, language: str, cache: Cache, tmp_path: Path
) -> None:
    options = Options(language=language, voice="espeak")
    session = pipeline.build(name, tmp_path / "x.mp3", options, cache=cache)
    assert session.voice == {"en": "espeak:en-us"}.get(language, f"espeak:{language}")
    assert session.timeline.total == TWENTY_MINUTES
    assert session.timeline.notes == (), "every word has room on its beat"
    assert abs(session.timeline.fit.used) < 33, "little is squeezed or stretched"


@pytest.mark.parametrize("language", LANGUAGES)
def test_chapters_and_tags_are_in_the_language(language: str, cache: Cache, tmp_path: Path) -> None:
    path = tmp_path / "x.mp3"
    options = Options(language=language, voice="espeak", skip=("2",))
    session = pipeline.build("foot-relief", path, options, cache=cache)
    titles = [chapter.title for chapter in session.chapters]
    assert titles == [title for index, title in enumerate(CHAPTERS[language]) if index != 2]
    tags = ID3(path)
    assert tags["TLAN"].text == [THREE_LETTERS[language]]
    assert tags["TIT2"].text == [load("foot-relief").translations[language]["Foot relief"]]
    (comment,) = tags.getall("COMM")
    skipped = CHAPTERS[language][2].lower()
    assert skipped in comment.text[0].lower()
    assert comment.lang == THREE_LETTERS[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_english_is_left_in_a_translated_session(language: str) -> None:
    def sentences(wanted: str) -> set[str]:
        sounds = compile_script(translate(load("foot-relief"), wanted)).sounds()
        return {sound.text for sound in sounds if isinstance(sound, Utterance)}

    assert sentences(language) & sentences("en") <= {f"{phrases_for('en')('number.6')}."}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_engine_speaks_the_language_of_the_session(
    language: str, cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a name for the voice: eSpeak's and gTTS's own, and an added Piper voice."""
    monkeypatch.setenv("AUDIOCOACH_VOICES", str(tmp_path))
    for code in ("en_US", f"{language}_{language.upper()}"):
        folder = tmp_path / "piper" / f"{code}-tiny-medium"
        folder.mkdir(parents=True)
        (folder / f"{folder.name}.onnx").write_bytes(b"model")
        settings = description(language=code)
        (folder / f"{folder.name}.onnx.json").write_text(json.dumps(settings))
    here = Surroundings.here()
    opened = {
        spec: open_voice(spec, language=language, rate=1.0, cache=cache, surroundings=here).name
        for spec in ("espeak", "gtts", "piper")
    }
    assert opened == {
        "espeak": f"espeak:{language}",
        "gtts": f"gtts:{language}",
        "piper": f"piper:{language}_{language.upper()}-tiny-medium",
    }
    wish = Wish(Config(tmp_path / "config.toml"))
    choice = Choosing(language, wish, cache, here, probe=lambda _: "no network").choice()
    assert choice.spec == opened["piper"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_network_the_embedded_voice_speaks_any_language(
    language: str, cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOCOACH_VOICES", str(tmp_path))
    here = Surroundings.here()
    wish = Wish(Config(tmp_path / "config.toml"))
    choice = Choosing(language, wish, cache, here, probe=lambda _: "no network").choice()
    assert choice.spec == "espeak"
    opened = open_voice("espeak", language=language, rate=1.0, cache=cache, surroundings=here)
    assert opened.name == f"espeak:{language}"


def test_a_variety_of_the_routines_own_language_changes_the_voice(
    cache: Cache, tmp_path: Path
) -> None:
    options = Options(language="en-GB", voice="espeak", only=("toe press",), duration="natural")
    session = pipeline.build("foot-relief", tmp_path / "x.mp3", options, cache=cache)
    assert session.voice == "espeak:en"  # eSpeak calls its British voice so


@pytest.mark.parametrize(("name", "spoken"), [("foot-care", "de"), ("tabata", "en")])
def test_a_language_in_the_config_is_for_the_routines_that_speak_it(
    name: str, spoken: str, cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('language = "de"\noffline = true\n', encoding="utf-8")
    monkeypatch.setenv("AUDIOCOACH_CONFIG", str(config))
    rehearsal = pipeline.rehearse(name, Options(voice="espeak"), cache=cache)
    assert rehearsal.timeline.language == spoken
