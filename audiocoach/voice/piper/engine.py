"""Piper, neural voices that work offline: `audiocoach voices add en_US-ljspeech-medium`.

An extra (`audiocoach[piper]`): piper-tts and onnxruntime are 58 MB to download, a voice is 63 MB or
more. This file finds voices by name, `store` keeps them, `speech` lets them speak. Which are worth
adding is in the catalogue of their language, each with its licence (docs/voices.md has the
sources); none has the quality called "high", because those are larger and slower.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from audiocoach.errors import VoiceError
from audiocoach.installing import install_command
from audiocoach.language import elsewhere, same
from audiocoach.voice.adding import Had
from audiocoach.voice.base import Offer, recommended
from audiocoach.voice.natural import Candidate
from audiocoach.voice.piper.packages import KNOWN
from audiocoach.voice.piper.store import PiperStore
from audiocoach.voice.piper.voice import (
    SAMPLES,
    UNSETTLED,
    Added,
    best_first,
    checked,
    load_from,
)
from audiocoach.voice.shelf import is_right
from audiocoach.wording import did_you_mean

if TYPE_CHECKING:
    from audiocoach.settings.surroundings import Surroundings
    from audiocoach.store import Cache
    from audiocoach.voice.piper.speech import PiperVoice
    from audiocoach.voice.shelf import Progress

REQUIREMENT: Final = "piper-tts>=1.8,<2"
FACTOR: Final = 0.25
"""Seconds of processor time a second of speech."""
MODEL: Final = ".onnx"
"""How the path of a voice's model ends; its description lies beside it."""


class Worth(NamedTuple):
    """A voice worth adding, as the catalogue of its language has it."""

    who: str
    size: str
    licence: str


class PiperEngine:
    """Opens Piper voices by name.

    With AUDIOCOACH_PIPER_CARRIER=0 they speak single words by themselves, for a voice that
    does so well.
    """

    name = "piper"
    online = False

    def __init__(self, surroundings: Surroundings) -> None:
        self._store = PiperStore(surroundings)
        self._carrier = surroundings.variable("PIPER_CARRIER") != "0"

    def offers(self, language: str) -> Sequence[Offer]:
        """The added voices for the language, then some worth adding. Opens no connection."""
        from audiocoach.voice.piper.speech import package

        install = "" if package() else install_command(REQUIREMENT)
        voices = self._speaking(language)
        have = {voice.name for voice in voices}
        worth = _worth_adding(language)
        ready = [
            Offer(
                f"piper:{each.name}",
                _about_added(each, worth[each.name].who if each.name in worth else ""),
                install,
                _licence(each),
                each.package,
            )
            for each in voices
        ]
        others = [
            Offer(
                f"piper:{name}",
                f"neural, offline, {size}, {who}",
                install or f"audiocoach voices add {name}",
                licence,
            )
            for name, (who, size, licence) in worth.items()
            if name not in have
        ]
        return [*ready, *others]

    def open(self, voice: str, *, language: str, rate: float, cache: Cache) -> PiperVoice:
        """The voice `en_US-ljspeech-medium`, with `+SPEAKER` by name or number, or the best added.

        Raises VoiceError when piper-tts is missing, the voice was not added, has no
        such speaker or speaks another language.
        """
        from audiocoach.voice.piper.speech import PiperVoice, package

        if package() is None:
            raise VoiceError(f"Piper is not installed; run: {install_command(REQUIREMENT)}")
        wanted, speaker = _parted(voice)
        found = self._named(wanted, language) if wanted else self._best(language)
        _check(found, cache)
        speaking = _speaker(found, speaker)
        return PiperVoice(found, *speaking, rate, self._carrier, cache, _licence(found))

    def candidate(self, language: str) -> Candidate | None:
        """The first that is recommended for a language and has an undoubted licence."""
        from audiocoach.voice.piper.speech import package

        for name, (who, size, licence) in _worth_adding(language).items():
            if UNSETTLED not in licence:
                step = "" if package() else install_command(REQUIREMENT)
                why = f"{who}, {licence}, {size}"
                return Candidate(f"piper:{name}", why, FACTOR, step)
        return None

    def terms(self, voice: str, source: str | None) -> str:
        """Where it comes from, and the licence as far as it is known in advance."""
        voice, source = _of_file(voice, source)
        name = checked(voice)
        worth = _worth_adding(name.partition("-")[0]).get(name)
        licence = f", licence {worth.licence}" if worth else ""
        return f"piper:{name}: from {source or self._store.source}{licence}"

    def add(self, voice: str, source: str | None, progress: Progress | None) -> Had:
        """Put a voice on this computer. Raises VoiceError."""
        voice, source = _of_file(voice, source)
        added = self._store.add(voice, source=source, progress=progress)
        return Had(f"piper:{added.name}", added.language, added.size, _licence(added))

    def removable(self) -> list[str]:
        """The voices that the user added; a package keeps its own."""
        return [f"piper:{each.name}" for each in self._store.added() if not each.package]

    def remove(self, voice: str) -> None:
        """Delete an added voice. Raises VoiceError."""
        self._store.remove(voice)

    def _speaking(self, language: str) -> list[Added]:
        """The added voices that can be used for a language, the best first."""
        return [each for each in best_first(self._store.added(), language) if each.readable]

    def _named(self, wanted: str, language: str) -> Added:
        """The added voice the user named, or that of a file. Raises VoiceError."""
        found = _in_file(wanted) if wanted.endswith(MODEL) else self._store.find(wanted)
        if found is None:
            raise self._not_added(wanted)
        if not same(found.language, language):
            raise VoiceError(
                f"the Piper voice '{found.name}' speaks {found.language}, the routine is in "
                f"'{language}'; {self._instead(language)}"
            )
        if not found.readable:
            raise VoiceError(
                f"the Piper voice '{found.name}' needs a reader for {found.phonemes} that "
                "audiocoach does not include; choose another voice with --voice"
            )
        return found

    def _not_added(self, wanted: str) -> VoiceError:
        from audiocoach.coaching.phrases import languages

        names = [voice.name for voice in self._store.added()]
        here = f"added: {', '.join(names) or 'none'}"
        others = [name for each in languages() for name in _worth_adding(each)]
        known = {name.casefold(): name for name in others}.get(wanted.casefold())
        close = "" if known else did_you_mean(wanted, [*names, *others])
        name = known or ("NAME" if close else checked(wanted))
        return VoiceError(
            f"the Piper voice '{wanted}' is not added; {close}run: audiocoach voices add {name} "
            f"(--from FOLDER if you have its files; {here})"
        )

    def _best(self, language: str) -> Added:
        """The best added voice for a language. Raises VoiceError if there is none."""
        if voices := self._speaking(language):
            return voices[0]
        raise VoiceError(f"there is no Piper voice for '{language}' yet; {self._instead(language)}")

    def _instead(self, language: str) -> str:
        """What to do for a voice that speaks a language."""
        for voice in self._speaking(language):
            return f"choose --voice piper:{voice.name}"
        for name in _worth_adding(language):
            return f"run: audiocoach voices add {name}"
        return (
            f"look for one at {SAMPLES} and run: audiocoach voices add NAME, "
            "or choose another voice with --voice"
        )


def _parted(voice: str) -> tuple[str, str]:
    """A name, or the path of a file, and the speaker behind its last `+`."""
    file, model, speaker = voice.rpartition(MODEL)
    if model and (not speaker or speaker.startswith("+")):
        return file + model, speaker.removeprefix("+")
    name, _, speaker = voice.partition("+")
    return name, speaker


def _of_file(voice: str, source: str | None) -> tuple[str, str | None]:
    """The name and the folder of a voice that is named by the path of its model."""
    if not voice.endswith(MODEL):
        return voice, source
    file = _path(voice)
    return file.name.removesuffix(MODEL), source or str(file.parent)


def _in_file(voice: str) -> Added:
    """The voice whose model is that file. Raises VoiceError if it can't be used."""
    file = _path(voice)
    found = load_from(file.parent, file.name.removesuffix(MODEL))
    if found is None:
        raise VoiceError(
            f"{file} is not the model of a Piper voice with its description beside it "
            f"({file.name}.json); a voice is called as in en_US-ljspeech-medium{MODEL}"
        )
    return found


def _path(voice: str) -> Path:
    return Path(os.path.expanduser(voice))  # noqa: PTH111 - a Path refuses ~somebody


def _check(voice: Added, cache: Cache) -> None:
    """Raise VoiceError when a package has other files than those we know of it."""
    if voice.name not in KNOWN or not voice.package:
        return
    known = zip((voice.model, voice.config), KNOWN[voice.name].sha256, strict=True)
    for file, sha256 in known:
        if not is_right(file, sha256, cache):
            raise VoiceError(
                f"{file} is not the file that belongs in its package; reinstall the "
                f"package, or add the voice: audiocoach voices add {voice.name}"
            )


def _speaker(voice: Added, wanted: str) -> tuple[int, str]:
    """The number of a speaker and what to call it. Raises VoiceError if there is no such one."""
    if not wanted:
        return 0, ""
    names = {name.casefold(): name for name in voice.speaker_names}
    if name := names.get(wanted.casefold()):
        return voice.speaker_names[name], name
    if wanted.isascii() and wanted.isdigit() and int(wanted) < voice.speakers:
        by_number = {number: name for name, number in voice.speaker_names.items()}
        return int(wanted), by_number.get(int(wanted), str(int(wanted)))
    if voice.speakers == 1:
        raise VoiceError(f"the Piper voice '{voice.name}' has one speaker; leave out '+{wanted}'")
    raise VoiceError(
        f"the Piper voice '{voice.name}' has no speaker '{wanted}'; "
        f"{did_you_mean(wanted, voice.speaker_names)}choose +0 to +{voice.speakers - 1}"
        + (f" or a name such as +{next(iter(voice.speaker_names))}" if voice.speaker_names else "")
    )


def _worth_adding(language: str) -> dict[str, Worth]:
    """Those recommended for a language, by name, those of its region first."""
    listed = (line.partition(": ") for line in recommended(language, "voice.piper").splitlines())
    voices = {name: Worth(*about.split(", ", 2)) for name, _, about in listed}
    nearest = sorted(voices, key=lambda name: elsewhere(name.partition("-")[0], language))
    return {name: voices[name] for name in nearest}


def _licence(voice: Added) -> str:
    """What we know of it, else what its card says."""
    worth = _worth_adding(voice.language).get(voice.name)
    return worth.licence if worth else voice.licence


def _about_added(voice: Added, who: str) -> str:
    parts = ["neural", "offline", f"{voice.size / 1e6:.0f} MB"]
    if voice.speakers > 1:
        parts.append(f"{voice.speakers} speakers")
    brought = f"from the package {voice.package}" if voice.package else ""
    return ", ".join(filter(None, [*parts, who, brought]))
