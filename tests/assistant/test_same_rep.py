"""Slower, in the middle of rep six of ten: what is heard then goes on at rep six."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache as once
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from visiting import visitor

from audiocoach.assistant.alexa import handler
from audiocoach.assistant.alexa.skill import data
from audiocoach.assistant.answers import Recorded
from audiocoach.assistant.homeassistant.package import Package
from audiocoach.assistant.recording import recorded
from audiocoach.remote import Intent
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.settings.values import Pace
from audiocoach.timeline.outline import Unit
from audiocoach.timeline.script import SAMPLE_RATE
from audiocoach.timeline.timeline import PlacedCue

Sound = np.ndarray[tuple[int], np.dtype[np.float32]]
REPS = 10


@once
def sessions(cache: Path) -> dict[Pace, Recorded]:
    here = {"VOICE": "espeak", "OFFLINE": "on", "CACHE": str(cache)}
    around = Surroundings({f"AUDIOCOACH_{name}": value for name, value in here.items()})
    return recorded("foot-relief", Options(), surroundings=around)


def reps(session: Recorded) -> tuple[Unit, ...]:
    """The ten reps of the first exercise."""
    part = next(part for part in session.remote.parts if part.address.exercise == 1)
    found = part.passages[0].units
    assert [unit.address.rep for unit in found] == [*range(1, REPS + 1)]
    return found


def begun_with(session: Recorded, rep: Unit) -> PlacedCue:
    """The word that each rep is begun with."""
    start = rep.steps[0].start
    return next(cue for cue in session.remote.timeline.cues if cue.start >= start)


@once
def package(cache: Path) -> Any:
    addresses = {pace: str(pace) for pace in Pace}
    return Package("x", sessions(cache), addresses, "media_player.x", ("x",)).content()


@once
def skill(cache: Path) -> Any:
    addresses = {"en": {pace: f"https://here/{pace}.mp3" for pace in Pace}}
    return data("x", {"en": sessions(cache)}, addresses, "")


def in_homeassistant(cache: Path, at: int) -> Sound:
    """What the file is that it plays."""
    made = sessions(cache)
    (asked,) = (each for each in package(cache)["automation"] if each["id"] == "audiocoach_slower")
    rows = asked["actions"][0]["variables"]["rows"]["normal"]
    *_, (_, _, to) = (row for row in rows if row[0] <= at)
    return decoded(made[Pace.SLOW], to)


def by_alexa(cache: Path, at: int) -> Sound:
    """What is heard of the address that it plays, from its offset on."""
    player = {"token": "x/en/normal", "offsetInMilliseconds": at, "playerActivity": "PLAYING"}
    asked: dict[str, Any] = {
        "context": {"AudioPlayer": player},
        "request": {"type": "IntentRequest", "locale": "en-US", "intent": {"name": "SlowerIntent"}},
    }
    (directive,) = handler.respond(asked, skill(cache))["response"]["directives"]
    stream = directive["audioItem"]["stream"]
    assert stream["url"] == "https://here/slow.mp3"
    return decoded(sessions(cache)[Pace.SLOW], 0)[stream["offsetInMilliseconds"] * 48 :]


def decoded(session: Recorded, ms: int) -> Sound:
    sound, rate = soundfile.read(io.BytesIO(b"".join(session.sound(ms))), dtype="float32")
    assert rate == SAMPLE_RATE
    return np.asarray(sound)


def heard(word: Sound, sound: Sound) -> Iterator[int]:
    """Where a word is heard: as it is, at any place."""
    size = 1 << (len(sound) + len(word)).bit_length()
    spectrum = np.fft.rfft(sound, size) * np.conj(np.fft.rfft(word, size))
    alike = np.fft.irfft(spectrum, size)[: len(sound) - len(word)]
    power = np.cumsum(np.concatenate([[0.0], sound.astype(np.float64) ** 2]))
    level = np.sqrt(np.maximum(power[len(word) :] - power[: -len(word)], 1e-6) * (word @ word))
    match = alike / level[: len(alike)]
    at = 0
    while at < len(match):
        if match[at] > 0.9:
            at += int(np.argmax(match[at : at + SAMPLE_RATE]))
            yield at
            at += SAMPLE_RATE
        at += 1


@pytest.mark.parametrize("rep", [6, 10])
@pytest.mark.parametrize("way", [in_homeassistant, by_alexa])
def test_slower_goes_on_at_the_same_rep(cache: Path, way: Any, rep: int) -> None:
    normal, slow = sessions(cache)[Pace.NORMAL], sessions(cache)[Pace.SLOW]
    asked = reps(normal)[rep - 1].steps
    sound = way(cache, (asked[0].start + asked[-1].end) // 2 // 48)
    ten = reps(slow)
    begins, end = ten[rep - 1].steps[0].start, ten[-1].steps[-1].end
    word = begun_with(slow, ten[rep - 1])
    spoken = slow.rehearsal.takes.samples(word.sound)
    times = list(heard((spoken / 32768).astype(np.float32), sound[: end - begins]))
    assert len(times) == REPS + 1 - rep, "so many reps are left, this one with them"
    assert abs(times[0] - (word.start - begins)) < SAMPLE_RATE // 50


def test_serve_gives_that_very_sound(cache: Path) -> None:
    """A package plays addresses of `serve`: its answer begins at the rep too."""
    slow = sessions(cache)[Pace.SLOW]
    to = slow.ms(reps(slow)[5].steps[0].start)
    someone = visitor(cache)
    reply = someone.get(f"/s/foot-relief/duration=natural,pace=slow/from/{to}.mp3")
    assert reply.status == 200
    assert reply.body == b"".join(slow.sound(to))
    someone.close()


@pytest.mark.parametrize("intent", [Intent.SLOWER, Intent.FASTER])
def test_each_rep_leads_to_the_same_rep(cache: Path, intent: Intent) -> None:
    """To the millisecond: before a rep begins it is the one before it."""
    made = sessions(cache)
    normal = made[Pace.NORMAL]
    other = made[Pace.SLOW if intent is Intent.SLOWER else Pace.BRISK]
    rows = normal.rows_to(other, intent)
    for one, same in zip(normal.remote.done, other.remote.done, strict=True):
        start, end = one.steps[0].start, one.steps[-1].end
        for at in (-(-start // 48), (end - 1) // 48):
            *_, row = (row for row in rows if row.since <= at)
            assert row.to is not None
            begins = same.steps[0].start
            assert row.to * 48 <= begins + 47
            between = [u for u in other.remote.done if row.to * 48 < u.steps[0].start < begins]
            assert not between, one.address
