"""Which voice is the best to have: by language, licence and how quick the computer is."""

from __future__ import annotations

import re

import pytest

from audiocoach.errors import VoiceError
from audiocoach.settings.surroundings import Surroundings
from audiocoach.voice.natural import best, slowness

HERE = Surroundings({"AUDIOCOACH_VOICES": "nowhere", "AUDIOCOACH_PIPER_PACKAGES": "0"})


@pytest.mark.parametrize(
    ("language", "slower", "spec", "why"),
    [
        ("en", 1.0, "kokoro:af_heart", "Apache-2.0, 93 MB; this computer takes about 3 min"),
        ("en-US", 3.0, "kokoro:af_heart", "this computer takes about 8 min"),
        (
            "en",
            6.0,
            "piper:en_US-ljspeech-medium",
            "public domain.*kokoro:af_heart would take about",
        ),
        ("es", 1.0, "kokoro:ef_dora", "easiest to understand"),
        ("fr-CA", 1.0, "kokoro:ff_siwis", "easiest to understand"),
        ("fr", 6.0, "piper:fr_FR-mls-medium", "CC BY 4.0"),
        ("es", 6.0, "piper:es_ES-carlfm-x_low", "public domain"),
        ("de", 1.0, "piper:de_DE-mls-medium", "CC BY 4.0"),
    ],
)
def test_the_best_is_named_with_its_reason(
    language: str, slower: float, spec: str, why: str
) -> None:
    found = best(language, HERE, slower)
    assert found.spec == spec
    assert re.search(why, found.why)


def test_no_voice_with_a_doubtful_licence_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    doubtful = "de_DE-thorsten-medium: German man, 63 MB, CC0, fine-tuned from lessac: unsettled"
    monkeypatch.setattr("audiocoach.voice.piper.engine.recommended", lambda *_: doubtful)
    with pytest.raises(VoiceError, match="audiocoach voices --language de lists"):
        best("de", HERE, 1.0)


def test_this_computer_is_measured() -> None:
    assert 0.05 < slowness() < 200


def test_a_computer_too_slow_for_each_is_told_so() -> None:
    with pytest.raises(
        VoiceError, match=r"af_heart would take about .*; piper:.* would take .*name"
    ):
        best("en", HERE, 1000.0)
