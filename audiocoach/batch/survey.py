"""What a batch would take: its sessions, what is to be spoken, and about how long and large.

Nothing is spoken and nothing written. A length is exact if one is asked for; otherwise it is that
of the same session with clips as long as their texts suggest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from audiocoach.batch.build import Ledger
from audiocoach.batch.graph import Speaker
from audiocoach.batch.planning import Order, Planner
from audiocoach.batch.variants import Variant
from audiocoach.delivery.formats import MP3, by_ending
from audiocoach.errors import AudiocoachError
from audiocoach.listener import SILENT, Listener, Stage
from audiocoach.pipeline import Prepared
from audiocoach.settings.surroundings import Surroundings
from audiocoach.sound.expected import natural_seconds, refuse_far_off, samples
from audiocoach.store import Cache
from audiocoach.timeline.script import SAMPLE_RATE, Utterance
from audiocoach.voice.effort import seconds_for
from audiocoach.voice.natural import slowness

LINKING: Final = 0.06
"""Processor seconds for a minute of a session without encoded regions in the cache."""
EACH: Final = 0.15
"""Processor seconds for any session: to plan, fit, link and write it."""


@dataclass(slots=True)
class Survey:
    """What was found."""

    sessions: int
    unchanged: int = 0
    failed: dict[str, AudiocoachError] = field(default_factory=dict)
    """Why a session can't be built, by its output."""
    routines: set[str] = field(default_factory=set)
    utterances: int = 0
    """Different ones, of all sessions to be built."""
    to_speak: Counter[str] = field(default_factory=Counter)
    """Those that the cache lacks, by voice."""
    seconds: float = 0.0
    """Of one processor of this computer."""
    bytes: int = 0
    """The size of the sessions, without the files next to them."""
    length: float = 0.0
    """Seconds of all sessions to be built."""

    @property
    def in_cache(self) -> int:
        """How many of the utterances were spoken before."""
        return self.utterances - self.to_speak.total()

    @property
    def to_build(self) -> int:
        """How many sessions would be built."""
        return self.sessions - self.unchanged - len(self.failed)


def survey(
    variants: Sequence[Variant],
    cache: Cache,
    surroundings: Surroundings,
    *,
    ledger: Ledger | None = None,
    listener: Listener = SILENT,
) -> Survey:
    """Find out what a build of these variants would do."""
    planner, found = Planner(variants, cache, surroundings), Survey(len(variants))
    seen: dict[Speaker, set[Utterance]] = {}
    slower = slowness()
    for done, variant in enumerate(variants, start=1):
        found.routines.add(variant.source)
        try:
            order = planner.order(variant)
            if ledger and ledger.unchanged(order):
                found.unchanged += 1
            else:
                prepared = order.prepared()
                missing = set(planner.missing(order, prepared))
                _count(found, order, prepared, missing, seen.setdefault(order.speaker, set()))
        except AudiocoachError as error:
            found.failed[str(variant.output)] = error
        listener.progress(Stage.BUILD, done, len(variants))
    found.seconds *= slower
    return found


def _count(
    found: Survey, order: Order, prepared: Prepared, missing: set[Utterance], seen: set[Utterance]
) -> None:
    spoken = {each for each in prepared.script.sounds() if isinstance(each, Utterance)}
    new = spoken - seen
    seen |= new
    found.utterances += len(new)
    speaker = order.speaker
    to_speak = new & missing
    found.to_speak[speaker.name] += len(to_speak)
    speech = sum(samples(each) / SAMPLE_RATE for each in to_speak)
    length = _length(order, prepared)
    found.length += length
    found.seconds += seconds_for(speaker.name, speech) + length / 60 * LINKING + EACH
    found.bytes += round(length * _bytes_a_second(order))


def _length(order: Order, prepared: Prepared) -> float:
    """Seconds of a session."""
    duration = order.chosen.settings.duration
    if duration is not None:
        refuse_far_off(prepared.script, duration)
        return duration / 1000
    return natural_seconds(prepared.script)


def _bytes_a_second(order: Order) -> float:
    """Of what is written, about."""
    form = order.variant.beside.device or by_ending(order.variant.output) or MP3
    rates = {"wav": 96_000.0, "flac": 30_000.0, "opus": 6_000.0}
    mp3 = order.chosen.settings.bitrate * 125.0
    return rates.get(form.name, mp3 * (4 / 3 if form.name == "html" else 1))
