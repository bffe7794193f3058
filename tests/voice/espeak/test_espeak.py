"""The real eSpeak NG: names, sound, repeatability, hostile texts, odd folders."""

from __future__ import annotations

import hashlib
import os
import shutil
import string
import subprocess
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples

from audiocoach.errors import VoiceError
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache
from audiocoach.timeline.script import Utterance
from audiocoach.voice.base import open_voice
from audiocoach.voice.espeak.engine import ENGINE, EspeakVoice
from audiocoach.voice.espeak.pool import Launch, speak_all
from audiocoach.voice.segment import AudioSegment

CACHE = Cache(Path("nowhere"))
NONE = Surroundings({})

LINES = [
    "Grip the floor with your toes, and hold.",
    "One.",
    "Two.",
    "Three.",
    "Release.",
    "Wrap the band around the bedpost; sit tall, and breathe.",
]
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="the fork server is for POSIX")


def voice(name: str = "", *, language: str = "en", rate: float = 1.0) -> EspeakVoice:
    return ENGINE.open(name, language=language, rate=rate, cache=CACHE)


def say(text: str, by: EspeakVoice | None = None) -> AudioSegment:
    [(_, segment)] = (by or voice()).speak([Utterance(text, "en")])
    return segment


def digests(samples: Iterable[bytes]) -> list[str]:
    return [hashlib.blake2b(each, digest_size=8).hexdigest() for each in samples]


# Names


@pytest.mark.parametrize(
    ("spec", "language", "name"),
    [
        ("espeak", "en", "espeak:en-us"),
        ("espeak", "en-GB", "espeak:en"),
        ("espeak", "en-AU", "espeak:en-us"),
        ("espeak", "de-AT", "espeak:de"),
        ("espeak", "de_AT.UTF-8", "espeak:de"),
        ("espeak", "pt-BR", "espeak:pt-br"),
        ("espeak", "zh", "espeak:cmn"),
        ("espeak:", "eu", "espeak:eu"),
        ("espeak:en-us", "en-GB", "espeak:en-us"),
        ("espeak:EN_US+F3", "en", "espeak:en-us+f3"),
        ("espeak:+klatt4", "en", "espeak:en-us+klatt4"),
        ("espeak:en-us+mr serious", "en", "espeak:en-us+Mr serious"),
        ("espeak:en-gb", "en", "espeak:en"),
        ("espeak:gmw/en-US", "en", "espeak:en-us"),
        ("espeak:no", "no", "espeak:nb"),
    ],
)
def test_spellings(spec: str, language: str, name: str) -> None:
    assert (
        open_voice(spec, language=language, rate=1.0, cache=CACHE, surroundings=NONE).name == name
    )


@pytest.mark.parametrize(
    ("spec", "language"),
    [("espeak:en-gb", "en"), ("espeak:zh", "zh"), ("espeak:eu", "eu"), ("espeak:no+f2", "nb")],
)
def test_what_a_spelling_leads_to_is_taken_by_espeak(spec: str, language: str) -> None:
    opened = open_voice(spec, language=language, rate=1.0, cache=CACHE, surroundings=NONE)
    [(_, segment)] = opened.speak([Utterance("one two", "en")])
    assert segment.max > 1000


@pytest.mark.parametrize(
    ("spec", "near"),
    [
        ("espeak:en-uss", "en-us"),
        ("espeak:gremlin", "choose --voice espeak:NAME"),
        ("espeak:../../etc/passwd", "choose --voice espeak:NAME"),
        ("espeak:en-us+f33", "f3"),
        ("espeak:en-us+../../en_dict", "f1 to f5"),
    ],
)
def test_unknown_names_are_one_line_that_helps(spec: str, near: str) -> None:
    with pytest.raises(VoiceError) as error:
        open_voice(spec, language="en", rate=1.0, cache=CACHE, surroundings=NONE)
    assert near in str(error.value)
    assert spec.rpartition(":")[2].rpartition("+")[2] in str(error.value)
    assert "\n" not in str(error.value)


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(VoiceError, match=r"'tlh-KX'.*espeak:NAME"):
        open_voice("espeak", language="tlh-KX", rate=1.0, cache=CACHE, surroundings=NONE)


@pytest.mark.parametrize(("spec", "language"), [("espeak:de", "en"), ("espeak:en-us", "fr-CA")])
def test_a_voice_of_another_language_than_the_texts_is_refused(spec: str, language: str) -> None:
    with pytest.raises(VoiceError, match=rf"{spec} does not speak '{language}'.*--voice espeak:"):
        open_voice(spec, language=language, rate=1.0, cache=CACHE, surroundings=NONE)


@pytest.mark.parametrize(
    ("spec", "language"),
    [
        ("espeak:en-us", "en"),
        ("espeak:en-us+f3", "en"),
        ("espeak:hy", "hy"),
        ("espeak:zh", "zh"),
    ],
)
def test_every_source_of_the_fingerprint_exists(spec: str, language: str) -> None:
    opened = open_voice(spec, language=language, rate=1.0, cache=CACHE, surroundings=NONE)
    assert isinstance(opened, EspeakVoice)
    assert all(path.is_file() for path in opened.sources())


def test_the_fingerprint_tells_everything_apart_that_changes_the_sound() -> None:
    voices = [voice(), voice("+f3"), voice("en"), voice(rate=1.1)]
    voices.append(voice("de", language="de"))
    assert len({each.fingerprint for each in voices}) == len(voices)
    assert voice().fingerprint == voice("en-us").fingerprint


# Sound


def test_speech_is_a_segment_at_espeaks_own_rate() -> None:
    segment = say("Hello.")
    assert (segment.frame_rate, segment.channels, segment.sample_width) == (22_050, 1, 2)
    assert 200 < len(segment) < 2000
    assert segment.max > 1000


def test_utterances_come_back_in_order_with_their_own_sound() -> None:
    utterances = [Utterance(text, "en") for text in [*LINES, *reversed(LINES)]]
    spoken = list(voice().speak(utterances))
    assert [utterance for utterance, _ in spoken] == utterances
    sounds = [segment.raw_data for _, segment in spoken]
    assert sounds == sounds[::-1]
    assert len(set(sounds)) == len(LINES)


def test_the_rate_changes_the_length() -> None:
    def lasts(rate: float) -> float:
        speaker = voice(rate=rate)
        return len(say(LINES[0], speaker)) / speaker.tempo

    assert lasts(0.5) > 1.5 * lasts(1.0)
    assert lasts(1.0) > 1.5 * lasts(2.0)


def test_nothing_to_speak_is_nothing() -> None:
    assert list(voice().speak([])) == []


# Repeatability


@posix
@pytest.mark.parametrize("name", ["en-us", "en-us+f3", "en-us+klatt4"])
def test_same_bytes_whatever_the_workers_and_the_way(name: str) -> None:
    by = voice(name)
    forked, single = by.launch(once=False), by.launch(once=True)
    expected = digests(speak_all(LINES, single, workers=2))
    assert digests(speak_all(LINES, forked, workers=1)) == expected
    assert digests(speak_all(LINES, forked, workers=4)) == expected
    backwards = digests(speak_all(LINES[::-1] * 2, forked, workers=2))
    assert backwards == expected[::-1] * 2


@posix
def test_same_bytes_at_another_time() -> None:
    """eSpeak seeds the noise of breathy variants with the second it is started in."""
    launch = voice("+f3").launch()
    first = digests(speak_all(LINES, launch, workers=2))
    time.sleep(1.1)
    assert digests(speak_all(LINES, launch, workers=2)) == first


def other_pythons() -> list[Path]:
    return sorted(Path.home().glob(".pyenv/versions/3.1[123].*/bin/python"))


@pytest.mark.skipif(not other_pythons(), reason="one Python only")
def test_same_bytes_with_every_python() -> None:
    launch = voice().launch()
    expected = digests(speak_all(LINES, launch, workers=2))
    for python in other_pythons():
        other = replace(launch, command=[str(python), *launch.command[1:]])
        assert digests(speak_all(LINES, other, workers=2)) == expected


# Hostile texts


@pytest.mark.parametrize(
    "text",
    [
        '<speak><break time="5000ms"/>hi</speak>',
        '<voice name="de">hello</voice> <audio src="/etc/passwd"/>',
        "hello [[h@l'oU]] there",
        "before\x00after",
        "\x01100S fast \x0180P \x01+",
        "a\u0301 e\u0301 \u0301 x\u0336y\u0336",
        "\u202eright to left\u202c שלום عليكم",
        "emoji 🦶 👣 👩‍🦽",
        "\ud800 lone surrogate",
        "%s %n %d $(rm -rf) `ls` ../../ \\",
        "line\r\nbreak\ttab\u2028separator",
        "&#0; &amp; &lt;break&gt; <!-- -->",
        "1" * 100,
    ],
)
def test_hostile_texts_are_spoken_as_texts(text: str) -> None:
    segment = say(text)
    assert 100 < len(segment) <= 60_000


def test_markup_does_not_act() -> None:
    long, short = (len(say(f'<break time="{ms}ms"/> one')) for ms in (9000, 1000))
    assert abs(long - short) < 1000  # ms
    assert len(say("hello [[h@l'oU]] there")) > len(say("hello hello there"))


def test_what_follows_a_nul_is_spoken() -> None:
    assert say("before\x00after").raw_data == say("before after").raw_data


def test_control_characters_are_not_commands() -> None:
    assert say("one \x01400S two").raw_data == say("one  400S two").raw_data


def test_composed_and_decomposed_letters_sound_the_same() -> None:
    assert say("cafe\u0301").raw_data == say("café").raw_data


@pytest.mark.parametrize("text", ["", "   ", "...", "\x00\x01", "\u200b", "—", "\ud800"])
def test_silence_is_an_error_that_quotes_the_text(text: str) -> None:
    with pytest.raises(VoiceError, match=r'the text ".*" (has nothing to say|gives no sound)'):
        say(text)


@pytest.mark.parametrize("text", ["word " * 2000, "one. " * 500, "x" * 10_001, "hold, " * 400_000])
def test_a_text_too_long_is_refused_and_shown_shortened(text: str) -> None:
    with pytest.raises(VoiceError) as error:
        say(text)
    assert "split it" in str(error.value) or "characters" in str(error.value)
    assert len(str(error.value)) < 200


@settings(max_examples=examples(20))
@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_any_text_with_a_letter_is_spoken(texts: list[str]) -> None:
    wordy = [f"{string.ascii_lowercase[i]} {text}" for i, text in enumerate(texts)]
    spoken = voice().speak([Utterance(text, "en") for text in wordy])
    assert [utterance.text for utterance, _ in spoken] == wordy


# Folders


@pytest.mark.parametrize("deep", [False, True])
def test_a_package_in_an_odd_folder(tmp_path: Path, deep: bool) -> None:
    by = voice()
    folder = tmp_path / "Ünï çode and spaces 'quoted'"
    if deep:
        folder = folder.joinpath(*["a rather long name of a folder" * 3] * 4)
    shutil.copytree(by.package, folder)
    library = str(folder / Path(by.library).name)
    moved = replace(by, package=folder, library=library)
    assert say(LINES[0], moved).raw_data == say(LINES[0], by).raw_data
    assert moved.fingerprint == by.fingerprint


def test_a_damaged_package_is_one_clear_error(tmp_path: Path) -> None:
    by = voice()
    shutil.copytree(by.package, tmp_path / "package")
    (tmp_path / "package/espeak-ng-data/phontab").unlink()
    with pytest.raises(VoiceError, match="reinstall espeakng-loader"):
        say("Hello.", replace(by, package=tmp_path / "package"))
    with pytest.raises(VoiceError, match="reinstall espeakng-loader"):
        say("Hello.", replace(by, library=str(tmp_path / "none.so")))


def test_a_folder_that_is_gone_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="cannot be started"):
        say("Hello.", replace(voice(), package=tmp_path / "none"))


def test_the_surroundings_do_not_change_the_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = say(LINES[0]).raw_data
    monkeypatch.setenv("ESPEAK_DATA_PATH", "/nowhere")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("HOME", "/nowhere")
    assert say(LINES[0]).raw_data == expected


def test_a_worker_says_nothing_on_the_terminal(tmp_path: Path) -> None:
    launch: Launch = voice().launch()
    ran = subprocess.run(
        launch.command, cwd=launch.folder, stdin=subprocess.DEVNULL, capture_output=True, check=True
    )
    assert (ran.stdout, ran.stderr) == (b"", b"")
