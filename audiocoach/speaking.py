"""Has a voice say what a session turns out to need, and fits it: these two depend on each other.

A script names every sound that may be heard: a rest of 10 to 15 s has one for each length, and many
cues have shorter forms for where there is no room. What is heard is decided by the fit, which wants
to know how long the sounds are. So it is fitted with those there are, it tells which others it
turns on, and these are spoken. That ends when it asks for no more, and the session is
the one that all sounds would have given: whatever the cache had, and in whatever order they came.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from audiocoach.errors import FitError
from audiocoach.sound.expected import samples
from audiocoach.sound.studio import Progress, Studio, Takes
from audiocoach.timeline import Script, Timeline, UnspokenError, fit
from audiocoach.timeline.placing import limits, on_beats
from audiocoach.timeline.script import SAMPLES_PER_MS, Sound, Utterance


@dataclass(frozen=True, slots=True)
class Spoken:
    """A script as it was spoken and fitted."""

    takes: Takes
    timeline: Timeline
    requests: int = 0
    """How many requests to an online service that took, each counted before it was made."""


def speak(
    studio: Studio, script: Script, duration: int | None, progress: Progress | None = None
) -> Spoken:
    """Speak what the cache lacks of what the fit turns on, and fit to a length (ms).

    Raises VoiceError or FitError.
    """
    natural, done, asked = studio.known(script.sounds(), near=True), 0, 0
    told: _Told | None = None  # where nothing is missing, nobody pays for the estimate
    while True:
        takes = _hurried(studio, script, natural)
        try:
            return Spoken(takes, _timed(script, takes, duration), asked)
        except UnspokenError as lacking:
            more = studio.known(lacking.sounds)
            if missing := _without(more, lacking.sounds):
                if told is None:
                    told = _Told(progress, len(likely(studio, script, duration)) if progress else 0)
                asked += requests(studio, missing)
                more = _with(more, studio.record(missing, told.after(done)))
                done += len(missing)
            natural = _with(natural, more)


def likely(studio: Studio, script: Script, duration: int | None) -> list[Sound]:
    """What will have to be spoken, going by how long the texts let expect their sounds to be."""
    lengths = dict(studio.known(script.sounds(), near=True).lengths)
    missing: list[Sound] = []
    while True:
        try:
            fit(script, lengths, duration)
        except UnspokenError as lacking:
            more = studio.known(lacking.sounds)
            expected = _without(more, lacking.sounds)
            lengths |= dict(more.lengths) | {sound: samples(sound) for sound in expected}
            missing += expected
        except FitError:
            duration = None  # what is too long or short by a little is told about the same
        else:
            return missing


def needs_nobody(studio: Studio, script: Script, duration: int | None) -> bool:
    """Whether nothing has to be spoken: the cache has all that the fit turns on.

    Raises VoiceError if a clip is damaged and can't be spoken again.
    """
    takes = studio.known(script.sounds(), near=True)
    if len(takes.takes) == len(script.sounds()):
        return True
    while True:
        try:
            _timed(script, _hurried(studio, script, takes), duration)
        except UnspokenError as lacking:
            more = studio.known(lacking.sounds)
            if _without(more, lacking.sounds):
                return False
            takes = _with(takes, more)
        except FitError:
            return True  # which is found without a voice, too
        else:
            return True


def _with(takes: Takes, more: Takes) -> Takes:
    return replace(takes, takes={**takes.takes, **more.takes})


def _without(takes: Takes, sounds: Iterable[Sound]) -> list[Sound]:
    """Those of the sounds that are not among the takes."""
    return [sound for sound in sounds if sound not in takes.takes]


@dataclass(frozen=True, slots=True)
class _Told:
    """Who is told how much was spoken, and how much is likely to be."""

    progress: Progress | None
    likely: int

    def after(self, already: int) -> Progress | None:
        """The progress of what is spoken when something else was."""
        progress = self.progress
        if progress is None:
            return None
        return lambda done, total: progress(already + done, max(self.likely, already + total))


def _hurried(studio: Studio, script: Script, takes: Takes) -> Takes:
    """The same, with words spoken faster that another on a fixed beat would run into."""
    rooms = limits(script, {sound: beat // SAMPLES_PER_MS for sound, beat in _beats(script, takes)})
    return studio.hurried(takes, {sound: ms * SAMPLES_PER_MS for sound, ms in rooms.items()})


def _timed(script: Script, takes: Takes, duration: int | None) -> Timeline:
    """The takes fitted to a length (ms), with the notes on both.

    Raises FitError or UnspokenError.
    """
    timeline = fit(script, takes.lengths, duration, dict(_beats(script, takes)))
    heard = {cue.sound for cue in timeline.cues}
    notes = (note for note in takes.notes if note.sound in heard)
    return replace(timeline, notes=(*notes, *timeline.notes))


def _beats(script: Script, takes: Takes) -> Iterable[tuple[Sound, int]]:
    return takes.beats(each for each in on_beats(script) if each in takes.takes).items()


@runtime_checkable
class _Asking(Protocol):
    """A voice that asks a service, and knows how often it would for these utterances."""

    def requests_needed(self, utterances: Iterable[Utterance]) -> int: ...


def requests(studio: Studio, sounds: Iterable[Sound]) -> int:
    """How many requests to an online service a voice needs for these sounds, with this cache."""
    voice = studio.voice
    return voice.requests_needed(studio.to_speak(sounds)) if isinstance(voice, _Asking) else 0
