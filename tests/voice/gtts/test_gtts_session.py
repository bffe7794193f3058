"""Whole sessions with this voice: exactly as long as asked, and without a request too many."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import soundfile
from fake_translate import Service, fake_translate

import audiocoach
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache
from audiocoach.timeline.script import SAMPLES_PER_MS, Interval, Utterance
from audiocoach.voice import base

TWENTY_MINUTES = 57_600_000


@pytest.fixture
def service() -> Iterator[Service]:
    with fake_translate() as service:
        yield service


def test_a_session_of_exactly_twenty_minutes(service: Service, tmp_path: Path) -> None:
    output, cache = tmp_path / "session.mp3", Cache(tmp_path / "cache")
    options = Options(voice="gtts:en", offline=False, duration=20 * 60_000)
    session = audiocoach.build("foot-relief", output, options, cache=cache)
    first = output.read_bytes()

    assert session.voice == "gtts:en"
    with soundfile.SoundFile(output) as file:
        assert (file.frames, file.samplerate) == (TWENTY_MINUTES, 48_000)
    cues = session.timeline.cues
    assert all(a.start + a.length <= b.start for a, b in pairwise(cues))

    prescribed = [
        (span.length, span.item.span.natural * SAMPLES_PER_MS)
        for span in session.timeline.spans
        if isinstance(span.item, Interval) and span.item.span.minimum == span.item.span.maximum
    ]
    assert len(prescribed) > 40
    assert all(told == asked_for for told, asked_for in prescribed)

    # One request a text, and nothing more: what is heard, what the level of the voice is
    # measured on, and one or two that turn out not to fit. Every text is short enough for one.
    texts = {cue.sound.text for cue in cues if isinstance(cue.sound, Utterance)}
    assert len(service.asked) == len(set(service.texts))
    assert texts <= set(service.texts)
    assert len(service.asked) - len(texts) <= 6

    asked = len(service.asked)
    voice = base.open_voice(
        "gtts:en", language="en", rate=1.0, cache=cache, surroundings=Surroundings({})
    )
    for _, segment in voice.speak([Utterance(text, "en") for text in texts]):
        assert segment.max > 0
    audiocoach.build("foot-relief", output, options, cache=cache)
    assert output.read_bytes() == first
    assert len(service.asked) == asked
