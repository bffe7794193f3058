"""The engine and its speech: real Piper, real eSpeak phonemes, a tiny voice."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from dataclasses import replace
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any, cast
from unittest.mock import Mock

import numpy as np
import pytest
from piper_tiny import MAP, NAME, description, tiny_model

import audiocoach
from audiocoach.coaching.phrases import languages
from audiocoach.errors import VoiceError
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache
from audiocoach.timeline.script import SAMPLES_PER_MS, Utterance
from audiocoach.voice.base import licence_of
from audiocoach.voice.piper import carrier, graph, sessions
from audiocoach.voice.piper import speech as piper_speech
from audiocoach.voice.piper.engine import PiperEngine
from audiocoach.voice.piper.speech import PiperVoice
from audiocoach.voice.piper.voice import CARD
from audiocoach.voice.segment import AudioSegment

WHY = "piper-tts is not installed: pip install 'piper-tts>=1.8,<2'"
pytest.importorskip("piper.voice", reason=WHY)
pytest.importorskip("onnx", reason="the tiny voice is made with onnx")

AddVoice = Callable[..., Path]
Capture = pytest.CaptureFixture[str]
PATIENCE = 60
"""Seconds after which a process hangs; no test is about time."""

LINES = [
    "Grip the floor with your toes, and hold. Then relax.",
    "One.",
    "Two.",
    "Number four.",
    "Release!",
    "Wrap the band around the bedpost; sit tall, and breathe.",
]


def engine() -> PiperEngine:
    """The engine, in the surroundings of the moment."""
    return PiperEngine(Surroundings.here())


@pytest.fixture
def tiny() -> bytes:
    return tiny_model()


@pytest.fixture
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of voices."""
    monkeypatch.setenv("AUDIOCOACH_VOICES", str(tmp_path / "voices"))
    monkeypatch.delenv("AUDIOCOACH_PIPER_CARRIER", raising=False)
    return tmp_path / "voices" / "piper"


@pytest.fixture
def add_voice(voices: Path) -> AddVoice:
    """Puts a voice where the store has it, without the store."""

    def put(model: bytes = b"model", name: str = NAME, **settings: Any) -> Path:
        folder = voices / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.onnx").write_bytes(model)
        settings.setdefault("language", name.partition("-")[0])
        (folder / f"{name}.onnx.json").write_text(json.dumps(description(**settings)))
        return folder

    return put


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def voice(add_voice: AddVoice, tiny: bytes, cache: Cache) -> PiperVoice:
    add_voice(tiny)
    return engine().open("", language="en", rate=1.0, cache=cache)


def say(by: PiperVoice, text: str) -> AudioSegment:
    [(_, segment)] = by.speak([Utterance(text, "en")])
    return segment


def digests(by: PiperVoice, texts: list[str]) -> dict[str, str]:
    spoken = by.speak([Utterance(text, "en") for text in texts])
    return {u.text: hashlib.sha256(s.raw_data).hexdigest()[:12] for u, s in spoken}


# Names


def test_a_voice_is_opened_by_its_name_or_as_the_best(add_voice: AddVoice, cache: Cache) -> None:
    for name in ("en_US-tiny-low", "en_GB-tiny-medium", "en_US-tiny-high", "de_DE-tiny-high"):
        add_voice(name=name)

    def opened(voice: str, language: str) -> str:
        return engine().open(voice, language=language, rate=1.0, cache=cache).name

    assert opened("", "en") == "piper:en_US-tiny-high"
    assert opened("", "en-GB") == "piper:en_GB-tiny-medium"
    assert opened("", "de-AT") == "piper:de_DE-tiny-high"
    assert opened("EN_us-tiny-LOW", "en-GB") == "piper:en_US-tiny-low"


def test_only_what_the_user_added_can_be_removed(add_voice: AddVoice) -> None:
    assert not engine().removable()  # there is a package that brings a voice
    add_voice()
    assert engine().removable() == [f"piper:{NAME}"]


def test_speakers_go_by_name_or_number(add_voice: AddVoice, cache: Cache) -> None:
    add_voice(speakers=3)

    def opened(voice: str) -> tuple[int, str]:
        found = engine().open(voice, language="en", rate=1.0, cache=cache)
        return found.speaker, found.name

    assert opened(f"{NAME}+P102") == (2, f"piper:{NAME}+p102")
    assert opened(f"{NAME}+1") == (1, f"piper:{NAME}+p101")
    assert opened("+2") == (2, f"piper:{NAME}+p102")
    assert opened(NAME) == (0, f"piper:{NAME}")


@pytest.mark.parametrize(
    ("spec", "language", "says"),
    [
        ("en_US-tinny-medium", "en", f"did you mean {NAME}?"),
        ("en_US-ljspeech-medum", "en", r"did you mean en_US-ljspeech-medium.*voices add NAME"),
        (
            "xh_ZA-zzzzz-x_low",
            "en",
            rf"run: audiocoach voices add xh_ZA-zzzzz-x_low \(--from FOLDER .*; added: .*{NAME}",
        ),
        (
            "en_US-ljspeech-medium",
            "en",
            r"not added.*run: audiocoach voices add en_US-ljspeech-medium",
        ),
        ("../../etc/passwd", "en", "not the name of a Piper voice"),
        (f"{NAME}+p999", "en", r"\+0 to \+2 or a name such as \+p100"),
        (f"{NAME}+3", "en", r"no speaker '3'"),
        (f"{NAME}+-1", "en", r"no speaker '-1'"),
        (f"{NAME}+²", "en", "no speaker"),
        ("de_DE-solo-low+1", "de", "one speaker"),
        (NAME, "de", r"speaks en_US.*'de'; choose --voice piper:de_DE-solo-low"),
        (NAME, "fr-CA", r"run: audiocoach voices add fr_FR-mls-medium"),
        ("", "es", r"run: audiocoach voices add es_ES-carlfm-x_low"),
        ("", "eu", r"look for one at .*piper-samples"),
        ("zh_CN-tiny-medium", "zh", "needs a reader for pinyin"),
        ("", "zh", "no Piper voice for"),
    ],
)
def test_what_can_not_be_opened_is_one_line_that_helps(
    add_voice: AddVoice, spec: str, language: str, says: str
) -> None:
    add_voice(speakers=3)
    add_voice(name="de_DE-solo-low")
    add_voice(name="zh_CN-tiny-medium", phoneme_type="pinyin")
    with pytest.raises(VoiceError, match=says) as error:
        engine().open(spec, language=language, rate=1.0, cache=Cache(Path("nowhere")))
    assert "\n" not in str(error.value)


def test_without_the_package_the_one_step_is_named(
    add_voice: AddVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_voice()
    monkeypatch.setattr(piper_speech, "find_spec", lambda _: None)
    with pytest.raises(VoiceError, match=r"run: \S.* -m pip install 'piper-tts>=1.8,<2'"):
        engine().open("", language="en", rate=1.0, cache=Cache(Path("nowhere")))
    [step] = {offer.step for offer in engine().offers("en")}
    assert step.endswith(" -m pip install 'piper-tts>=1.8,<2'")


def test_another_package_called_piper_is_not_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "piper").mkdir()
    (tmp_path / "piper/__init__.py").touch()
    spec = PathFinder.find_spec("piper", [str(tmp_path)])
    monkeypatch.setattr(piper_speech, "find_spec", lambda _: spec)
    assert piper_speech.package() is None


def test_offers_are_what_is_added_then_what_may_be(add_voice: AddVoice) -> None:
    add_voice(name="en_GB-alan-medium")
    add_voice(speakers=3)
    offers = engine().offers("en-GB")
    assert [(offer.spec, offer.step) for offer in offers[:3]] == [
        ("piper:en_GB-alan-medium", ""),
        (f"piper:{NAME}", ""),
        ("piper:en_GB-cori-medium", "audiocoach voices add en_GB-cori-medium"),
    ]
    assert "3 speakers" in offers[1].about
    assert len({offer.spec for offer in offers}) == len(offers)
    assert engine().offers("eu") == []


@pytest.mark.parametrize("language", languages())
def test_each_language_has_a_voice_without_a_doubt_before_those_with_one(language: str) -> None:
    licences = [offer.licence for offer in engine().offers(language)]
    assert all(licences)
    assert licences == sorted(licences, key=lambda licence: "unsettled" in licence)
    candidate = engine().candidate(language)
    assert candidate
    assert licences[0] in candidate.why
    assert "unsettled" not in candidate.why


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("* License: CC0\n\n## Training\n\nTrained from scratch.", "CC0"),
        (
            "* License: CC0\r\n\n## Training\n\nFinetuned from U.S. English lessac voice.",
            "CC0, fine-tuned from lessac: unsettled",
        ),
        ("* License: CC BY 4.0\n\nFine-tuned from Ryan low.", ": unsettled"),
        ("License: A\nLicense: A\nlicense: B", "A; B"),
        ("no word of it", ""),
        ("\udcff* License:\n", ""),
    ],
)
def test_a_licence_is_read_from_the_card(
    add_voice: AddVoice, cache: Cache, card: str, licence: str
) -> None:
    add_voice()
    folder = add_voice(name="de_DE-thorsten-medium")
    (folder.parent / NAME / CARD).write_bytes(card.encode("utf-8", "surrogateescape"))
    (folder / CARD).write_text("* License: another\n")
    offers = {offer.spec: offer.licence for each in ("en", "de") for offer in engine().offers(each)}
    assert offers[f"piper:{NAME}"].endswith(licence)
    assert bool(offers[f"piper:{NAME}"]) == bool(licence)
    assert licence_of(engine().open(NAME, language="en", rate=1.0, cache=cache)).endswith(licence)
    assert offers["piper:de_DE-thorsten-medium"].startswith("CC0")  # what we know goes first


def test_importing_and_offering_load_nothing_heavy(voices: Path) -> None:
    script = """
import sys
from audiocoach.settings.surroundings import Surroundings
from audiocoach.voice.piper.engine import PiperEngine
ENGINE = PiperEngine(Surroundings.here())
ENGINE.offers("en")
heavy = ["piper", "onnxruntime", "numpy", "pydub", "platformdirs", "urllib.request", "ssl"]
print([name for name in heavy if name in sys.modules])
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("[]\n", "")


def test_a_rebuild_from_the_cache_loads_nothing_heavy(
    add_voice: AddVoice, tiny: bytes, tmp_path: Path
) -> None:
    add_voice(tiny)
    script = f"""
import sys
from pathlib import Path
from audiocoach.store import Cache
from audiocoach.settings.surroundings import Surroundings
from audiocoach.voice.piper.engine import PiperEngine
ENGINE = PiperEngine(Surroundings.here())
ENGINE.open("", language="en", rate=1.0, cache=Cache(Path({str(tmp_path)!r}))).fingerprint
print([name for name in ["piper", "onnxruntime", "numpy", "pydub"] if name in sys.modules])
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("[]\n", "")


# The fingerprint


def test_the_fingerprint_tells_everything_apart_that_changes_the_sound(
    add_voice: AddVoice, tiny: bytes, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fingerprint(spec: str = "", rate: float = 1.0) -> str:
        return engine().open(spec, language="en", rate=rate, cache=cache).fingerprint

    add_voice(tiny, speakers=3)
    seen = [fingerprint(), fingerprint("+1"), fingerprint(rate=1.1)]
    monkeypatch.setenv("AUDIOCOACH_PIPER_CARRIER", "0")
    seen.append(fingerprint())
    monkeypatch.delenv("AUDIOCOACH_PIPER_CARRIER")
    add_voice(tiny, speakers=3, inference={"noise_scale": 0.5})
    seen.append(fingerprint())
    add_voice(tiny + b"\0", speakers=3)
    seen.append(fingerprint())
    assert len(set(seen)) == len(seen)
    assert fingerprint() == seen[-1]


def test_the_model_is_hashed_once(voice: PiperVoice, cache: Cache) -> None:
    first = voice.fingerprint
    (hashed,) = Path(cache.where, "v1/piper-model").rglob("*/*")
    before = hashed.stat().st_mtime_ns
    assert engine().open("", language="en", rate=1.0, cache=cache).fingerprint == first
    assert hashed.stat().st_mtime_ns == before


# Sound


def test_speech_is_a_segment_at_the_rate_of_the_voice(voice: PiperVoice) -> None:
    segment = say(voice, LINES[0])
    assert (segment.frame_rate, segment.channels, segment.sample_width) == (22_050, 1, 2)
    assert 2000 < len(segment) < 6000
    assert (voice.online, voice.tempo) == (False, 1.0)


def test_the_rate_changes_the_length(add_voice: AddVoice, tiny: bytes, cache: Cache) -> None:
    add_voice(tiny, inference={"noise_w": 0, "length_scale": 1.2})
    slow, natural, fast = (
        len(say(engine().open("", language="en", rate=rate, cache=cache), LINES[-1]))
        for rate in (0.5, 1.0, 2.0)
    )
    assert slow == pytest.approx(2 * natural, rel=0.1)  # whole hops
    assert fast == pytest.approx(natural / 2, rel=0.1)  # whole hops


def test_the_pace_of_a_voice_is_measured_once(
    voice: PiperVoice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[float] = []

    def slowness(_: str, seconds: Callable[[float], float]) -> float:
        measured.append(seconds(1.0))
        return 1.3

    monkeypatch.setattr("audiocoach.voice.piper.pace.slowness", slowness)
    slow = say(voice, LINES[0])
    assert digests(voice, LINES)
    assert len(measured) == 1
    assert measured[0] > 1
    quicker = replace(voice, cache=Cache(tmp_path / "other"), rate=1.3)
    assert len(slow) == pytest.approx(1.3 * len(say(quicker, LINES[0])), rel=0.1)


def test_sentences_are_a_pause_apart(voice: PiperVoice) -> None:
    texts = (
        "Grip the floor now.",
        "Then let it all go.",
        "Grip the floor now. Then let it all go.",
    )
    first, second, both = (say(voice, text).frame_count() for text in texts)
    assert both == first + second + round(piper_speech.SENTENCE_PAUSE * 22_050)


def test_speakers_differ(add_voice: AddVoice, cache: Cache) -> None:
    add_voice(tiny_model(speakers=3), speakers=3)
    said = {
        say(engine().open(spec, language="en", rate=1.0, cache=cache), LINES[0]).raw_data
        for spec in ("+0", "+1", "+p102")
    }
    assert len(said) == 3


def test_texts_are_read_in_the_language_of_the_voice(
    add_voice: AddVoice, tiny: bytes, cache: Cache
) -> None:
    def said(**description: Any) -> bytes:
        add_voice(tiny, "de_DE-tiny-medium", **description)
        german = engine().open("de_DE-tiny-medium", language="de", rate=1.0, cache=cache)
        return bytes(say(german, "Zehen hoch, und langsam zur\u00fcck.").raw_data)

    assert said(espeak={"voice": "nl"}) == said()
    assert said(espeak={"voice": "de"}) == said()


def test_a_voice_keeps_its_own_level(voice: PiperVoice) -> None:
    assert 0.25 < say(voice, LINES[0]).max / 32767 < 0.45  # the tiny voice has tones of 0.3


# Repeatability


def test_same_bytes_in_any_order_with_any_number_of_workers(
    voice: PiperVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = digests(voice, LINES)
    assert len(set(expected.values())) == len(LINES)
    monkeypatch.setattr(piper_speech, "MOST_WORKERS", 1)
    assert digests(voice, LINES[::-1]) == expected
    for line in LINES:
        assert digests(voice, [line]) == {line: expected[line]}


@pytest.mark.parametrize("kept", [True, False])
def test_one_session_speaks_everything_if_the_graph_lets_it(
    voice: PiperVoice, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    """Where it does not, each sentence has its own, and the bytes repeat all the same."""
    if not kept:
        monkeypatch.setattr(sessions, "with_noise", lambda _: None)
    import onnxruntime

    opened = Mock(wraps=onnxruntime.InferenceSession)
    monkeypatch.setattr(onnxruntime, "InferenceSession", opened)
    expected = digests(voice, LINES)
    assert (opened.call_count == 1) == kept
    assert digests(voice, LINES[::-1]) == expected


def test_noise_that_is_too_short_is_made_longer(
    voice: PiperVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = digests(voice, LINES)
    monkeypatch.setattr(sessions, "FIRST_NUMBERS", 1000)
    assert digests(voice, LINES) == expected


def test_same_bytes_in_another_process(voice: PiperVoice, tmp_path: Path) -> None:
    script = f"""
from pathlib import Path
from audiocoach.timeline.script import Utterance
from audiocoach.store import Cache
from audiocoach.settings.surroundings import Surroundings
from audiocoach.voice.piper.engine import PiperEngine
ENGINE = PiperEngine(Surroundings.here())
import hashlib, onnxruntime
onnxruntime.set_seed(12345)
voice = ENGINE.open("", language="en", rate=1.0, cache=Cache(Path({str(tmp_path)!r})))
for _, segment in voice.speak([Utterance(text, "en") for text in {LINES!r}]):
    print(hashlib.sha256(segment.raw_data).hexdigest()[:12])
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    assert ran.stdout.split() == list(digests(voice, LINES).values())


def test_the_noise_of_the_voice_is_kept(
    add_voice: AddVoice, tiny: bytes, voice: PiperVoice, cache: Cache
) -> None:
    with_noise = say(voice, LINES[0]).raw_data
    add_voice(tiny, inference={"noise_scale": 0, "noise_w": 0})
    assert (
        say(engine().open("", language="en", rate=1.0, cache=cache), LINES[0]).raw_data
        != with_noise
    )


# Short words


@pytest.mark.parametrize("text", ["One.", "Eight", "Number four!", "Ready?", "Thirty-two."])
def test_short_words_are_cut_out_of_a_sentence(voice: PiperVoice, text: str) -> None:
    carried = say(voice, text)
    plain = say(replace(voice, carrier=False), text)
    assert carried.raw_data != plain.raw_data
    assert sounding(carried) == pytest.approx(sounding(plain), abs=60)  # ms; noise_w moves it


@pytest.mark.parametrize(
    "text", ["Grip the floor.", "Three, two, one.", "Hold it; rest. Then you relax."]
)
def test_longer_ones_are_not(voice: PiperVoice, text: str) -> None:
    assert say(voice, text).raw_data == say(replace(voice, carrier=False), text).raw_data


def test_a_short_sentence_is_spoken_with_the_one_beside_it(voice: PiperVoice) -> None:
    leant = say(voice, "Heels down; Rest, ten seconds.").raw_data
    assert say(voice, "Heels down. Rest, ten seconds.").raw_data == leant


def test_a_voice_without_pauses_speaks_the_word_alone(add_voice: AddVoice, cache: Cache) -> None:
    add_voice(tiny_model(pauses=False))
    by = engine().open("", language="en", rate=1.0, cache=cache)
    alone, plain = say(by, "One."), say(replace(by, carrier=False), "One.")
    assert len(alone) == len(plain)
    assert alone.max > 1000


def test_the_carrier_can_be_switched_off(
    voice: PiperVoice, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert voice.carrier
    monkeypatch.setenv("AUDIOCOACH_PIPER_CARRIER", "0")
    assert not engine().open("", language="en", rate=1.0, cache=cache).carrier


SENTENCES = """
import json, sys
from piper.phonemize_espeak import EspeakPhonemizer
espeak = EspeakPhonemizer()
print(json.dumps([len(espeak.phonemize(sys.argv[1], text)) for text in sys.argv[2:]]))
"""


@pytest.mark.parametrize("language", [*languages(), "it"])
def test_a_carrier_is_one_sentence_to_piper(language: str) -> None:
    """In a process of its own: eSpeak crashes now and then when it is initialised again."""
    texts = ("Eins.", "Nummer vier!", "Ready?")
    wrapped = [phrase.sentence for text in texts for phrase in carrier.phrases(text, language)]
    command = [sys.executable, "-c", SENTENCES, language, *wrapped]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == [1] * len(wrapped)


def sounding(segment: AudioSegment) -> int:
    """From the first to the last loud sample, in ms."""
    loud = np.flatnonzero(np.abs(np.frombuffer(segment.raw_data, "<i2")) > 1000)
    return int(loud[-1] - loud[0]) * 1000 // int(segment.frame_rate)


# Odd texts


@pytest.mark.parametrize("text", ["", "   ", "...", "—", "\x00\x01", "\ud800", "[[]]"])
def test_nothing_to_say_is_an_error_that_quotes_the_text(voice: PiperVoice, text: str) -> None:
    says = r'the text ".*" (has nothing to say|gives no sound)'
    with pytest.raises(VoiceError, match=says) as error:
        say(voice, text)
    assert (error.value.voice, error.value.utterance) == (voice.name, text)


@pytest.mark.parametrize(
    "text",
    [
        '<speak><break time="5000ms"/>hi</speak>',
        "before\x00after",
        "a\u0301 e\u0301 x\u0336y",
        "שלום hello",
        "emoji 🦶 👣",
        "\ud800 lone surrogate",
        "line\r\nbreak\ttab\u2028separator",
        "%s %n $(rm -rf) `ls` ../../ \\",
        "1" * 60,
        "o" * 999,
    ],
)
def test_odd_texts_are_spoken_as_texts(voice: PiperVoice, text: str, capfd: Capture) -> None:
    assert len(say(voice, text)) > 100
    assert capfd.readouterr() == ("", "")


def test_double_brackets_are_no_phonemes(voice: PiperVoice) -> None:
    assert say(voice, "say [[ hello ]] to all").raw_data == say(voice, "say hello to all").raw_data


def test_a_text_too_long_is_refused_and_shown_shortened(voice: PiperVoice) -> None:
    with pytest.raises(VoiceError, match="more than 1000 characters; split it") as error:
        say(voice, "word " * 300)
    assert len(str(error.value)) < 200


def test_a_voice_without_sound_is_an_error(add_voice: AddVoice, tiny: bytes, cache: Cache) -> None:
    add_voice(tiny, phoneme_id_map={**MAP, **{letter: [0] for letter in "wʌnθɹiːˈtuː"}})
    with pytest.raises(VoiceError, match=r'"One" gives no sound'):
        say(engine().open("", language="en", rate=1.0, cache=cache), "One")


def test_a_voice_that_computes_nonsense_is_an_error(
    add_voice: AddVoice, tiny: bytes, cache: Cache
) -> None:
    add_voice(tiny, inference={"noise_scale": float("nan")})
    with pytest.raises(VoiceError, match="comes out as noise"):
        say(engine().open("", language="en", rate=1.0, cache=cache), LINES[0])


# What fails


def test_the_first_utterance_that_fails_is_named_after_those_before_it(voice: PiperVoice) -> None:
    spoken = voice.speak([Utterance(text, "en") for text in ("One.", "...", "Two.")])
    assert next(spoken)[0].text == "One."
    with pytest.raises(VoiceError, match=r'the text "\.\.\."'):
        next(spoken)


@pytest.mark.parametrize("model", [b"", b"garbage", b"\x08\x08"])
def test_a_damaged_model_is_one_line(add_voice: AddVoice, cache: Cache, model: bytes) -> None:
    folder = add_voice(b"x")
    by = engine().open("", language="en", rate=1.0, cache=cache)
    (folder / f"{NAME}.onnx").write_bytes(model)
    with pytest.raises(VoiceError, match=rf'failed at "Hello there you\.".*remove {NAME}') as error:
        say(by, "Hello there you.")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "damage",
    [
        {"phoneme_id_map": {"a": [1]}},
        {"phoneme_id_map": 7},
        {"espeak": {"voice": "xx-none"}},
        {"espeak": {}},
        {"num_speakers": 3},
    ],
)
def test_a_damaged_description_is_one_line(
    add_voice: AddVoice, tiny: bytes, cache: Cache, damage: dict[str, object]
) -> None:
    add_voice(tiny, **damage)
    by = engine().open("", language="en", rate=1.0, cache=cache)
    with pytest.raises(VoiceError, match=NAME):
        say(by, "Hello.")


def test_a_voice_that_is_gone_is_one_line(voice: PiperVoice) -> None:
    voice.added.model.unlink()
    with pytest.raises(VoiceError, match=f"audiocoach voices remove {NAME}"):
        say(voice, "Hello.")


def test_stopping_early_ends_what_is_spoken_and_leaves_no_thread(
    voice: PiperVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = Mock()
    monkeypatch.setattr(piper_speech.Speech, "stop", stopped)
    spoken = voice.speak([Utterance(f"Number {n} of many more.", "en") for n in range(200)])
    next(spoken)
    cast("Generator[object]", spoken).close()
    stopped.assert_called_once_with()
    assert not [each for each in threading.enumerate() if each.name.startswith("voice")]


def test_a_run_can_be_stopped_midway(voice: PiperVoice) -> None:
    speech = piper_speech.Speech(voice, [])
    speech.stop()
    with pytest.raises(VoiceError, match="failed at"):
        speech.say(Utterance("Hello there you.", "en"))


def test_who_was_stopped_speaks_on_with_the_model_that_is_loaded(
    voice: PiperVoice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading = Mock(wraps=graph.with_noise)
    monkeypatch.setattr(sessions, "with_noise", loading)
    first = digests(replace(voice, cache=Cache(tmp_path / "other")), ["Hello there you."])
    spoken = voice.speak([Utterance(f"Number {n} of many more.", "en") for n in range(9)])
    next(spoken)
    cast("Generator[object]", spoken).close()
    assert digests(voice, ["Hello there you."]) == first
    assert loading.call_count == 2, "once for each of the two voices"


def test_nothing_to_speak_is_nothing(voice: PiperVoice) -> None:
    assert list(voice.speak([])) == []


# A session


@pytest.fixture
def session_voice(voice: PiperVoice) -> str:
    return voice.name


TWENTY_MINUTES = 20 * 60 * 1000 * SAMPLES_PER_MS


def test_the_whole_foot_session_lasts_twenty_minutes(session_voice: str, tmp_path: Path) -> None:
    options = audiocoach.Options(voice=session_voice)
    first, second = (
        audiocoach.build("foot-relief", tmp_path / f"{n}.mp3", options, cache=Cache(tmp_path / n))
        for n in ("one", "another")
    )
    assert first.voice == f"piper:{NAME}"
    assert first.timeline.total == TWENTY_MINUTES
    assert first.path.read_bytes() == second.path.read_bytes()


@pytest.mark.parametrize("rate", [0.7, 1.5])
def test_at_another_rate_as_well(session_voice: str, cache: Cache, rate: float) -> None:
    options = audiocoach.Options(voice=session_voice, rate=rate)
    assert audiocoach.rehearse("foot-relief", options, cache=cache).timeline.total == TWENTY_MINUTES


def test_no_connection_is_opened(
    session_voice: str, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    engine().offers("en")
    assert len(say(engine().open("", language="en", rate=1.0, cache=cache), LINES[0])) > 1000


@pytest.mark.skipif(os.name == "nt", reason="a signal is sent to one process on POSIX alone")
def test_ctrl_c_ends_it(voice: PiperVoice, tmp_path: Path) -> None:
    script = f"""
from pathlib import Path
from audiocoach.timeline.script import Utterance
from audiocoach.store import Cache
from audiocoach.settings.surroundings import Surroundings
from audiocoach.voice.piper.engine import PiperEngine
ENGINE = PiperEngine(Surroundings.here())
voice = ENGINE.open("", language="en", rate=0.5, cache=Cache(Path({str(tmp_path)!r})))
many = [Utterance("Number " + "one " * 240, "en")] * 500
for _ in voice.speak(many):
    print("spoken", flush=True)
"""
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE) != 0
        assert b"KeyboardInterrupt" in process.stderr.read()


def test_a_voice_in_a_file_is_opened_and_added_by_its_path(
    voices: Path, tmp_path: Path, tiny: bytes, cache: Cache
) -> None:
    folder = tmp_path / "my+voices"
    folder.mkdir()
    file = folder / f"{NAME}.onnx"
    file.write_bytes(tiny)
    Path(f"{file}.json").write_text(json.dumps(description(speakers=2)))

    def opened(name: str) -> PiperVoice:
        return engine().open(name, language="en", rate=1.0, cache=cache)

    assert opened(str(file)).name == f"piper:{NAME}"
    assert opened(f"{file}+1").speaker == 1
    with pytest.raises(VoiceError, match=r"none\.onnx is not the model of a Piper voice"):
        opened(str(folder / "none.onnx"))
    assert engine().add(str(file), None, None).spec == f"piper:{NAME}"
    assert (voices / NAME / f"{NAME}.onnx").read_bytes() == tiny
