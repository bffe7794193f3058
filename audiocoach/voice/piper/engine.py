"""Piper, the neural voices that work offline: `audiocoach voices add en_US-lessac-medium`.

An extra (`audiocoach[piper]`): piper-tts and onnxruntime are 58 MB to download, a
voice is 63 MB or more. This file finds voices by name, `piper_store` keeps them,
`piper_speech` lets them speak.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from audiocoach.errors import VoiceError
from audiocoach.voice.base import Offer, nearest
from audiocoach.voice.piper import store as piper_store
from audiocoach.voice.piper.store import Added, best_first, family_of

if TYPE_CHECKING:
    from audiocoach.store import Cache
    from audiocoach.voice.piper.speech import PiperVoice

INSTALL: Final = "pip install 'piper-tts>=1.8,<2'"
CARRIER_ENVIRONMENT: Final = "AUDIOCOACH_PIPER_CARRIER"
"""Set to 0 for a voice that speaks single words well by itself."""

# All of the quality called medium, 63 MB each; "high" ones are larger and slower.
RECOMMENDED: Final = {
    "en_US-lessac-medium": "American woman",
    "en_US-ryan-medium": "American man",
    "en_GB-cori-medium": "British woman",
    "en_GB-alan-medium": "British man",
    "de_DE-thorsten-medium": "German man",
    "es_ES-davefx-medium": "Spanish man",
    "es_MX-ald-medium": "Mexican man",
    "fr_FR-siwis-medium": "French woman",
    "fr_FR-tom-medium": "French man",
}


class PiperEngine:
    """Opens Piper voices by name."""

    name = "piper"
    online = False

    def offers(self, language: str) -> Sequence[Offer]:
        """The added voices for the language, then some worth adding. Opens no connection."""
        from audiocoach.voice.piper.speech import package

        install = "" if package() else INSTALL
        voices = [voice for voice in best_first(piper_store.added(), language) if _readable(voice)]
        have = {voice.name for voice in voices}
        ready = [Offer(f"piper:{each.name}", _about(each), step=install) for each in voices]
        others = [
            Offer(
                f"piper:{name}",
                f"neural, offline, 63 MB, {RECOMMENDED[name]}",
                step=install or f"audiocoach voices add {name}",
            )
            for name in _recommended(language)
            if name not in have
        ]
        return [*ready, *others]

    def open(self, voice: str, *, language: str, rate: float, cache: Cache) -> PiperVoice:
        """The voice `en_US-lessac-medium`, with `+SPEAKER` by name or number, or the best added.

        Raises VoiceError when piper-tts is missing, the voice was not added, has no
        such speaker or speaks another language.
        """
        from audiocoach.voice.piper.speech import PiperVoice, package

        if package() is None:
            raise VoiceError(f"Piper is not installed; run: {INSTALL}")
        wanted, _, speaker = voice.partition("+")
        found = _named(wanted, language) if wanted else _best(language)
        number, label = _speaker(found, speaker)
        return PiperVoice(
            added=found,
            speaker=number,
            speaker_name=label,
            rate=rate,
            carrier=os.environ.get(CARRIER_ENVIRONMENT) != "0",
            cache=cache,
        )


ENGINE = PiperEngine()


def _named(wanted: str, language: str) -> Added:
    """The added voice the user named. Raises VoiceError."""
    found = piper_store.find(wanted)
    if found is None:
        raise _not_added(wanted)
    if family_of(found.language) != family_of(language):
        raise VoiceError(
            f'the Piper voice "{found.name}" speaks {found.language}, the routine is in '
            f'"{language}"; {_instead(language)}'
        )
    if not _readable(found):
        raise VoiceError(
            f'the Piper voice "{found.name}" needs a reader for {found.phonemes} that audiocoach '
            "does not bring; choose another voice with --voice"
        )
    return found


def _not_added(wanted: str) -> VoiceError:
    names = [voice.name for voice in piper_store.added()]
    here = f"(added: {', '.join(names) or 'none'})"
    known = {name.casefold(): name for name in RECOMMENDED}.get(wanted.casefold())
    close = "" if known else nearest(wanted, [*names, *RECOMMENDED])
    name = known or ("NAME" if close else piper_store.checked(wanted))
    return VoiceError(
        f'the Piper voice "{wanted}" is not added; {close}run: audiocoach voices add {name} {here}'
    )


def _best(language: str) -> Added:
    """The best added voice for a language. Raises VoiceError if there is none."""
    voices = best_first(piper_store.added(), language)
    for voice in filter(_readable, voices):
        return voice
    raise VoiceError(f'there is no Piper voice for "{language}" yet; {_instead(language)}')


def _readable(voice: Added) -> bool:
    """Whether eSpeak reads its texts; others need more packages, or download them (Chinese)."""
    return voice.phonemes in ("espeak", "text")


def _instead(language: str) -> str:
    """What to do for a voice that speaks a language."""
    voices = [voice for voice in best_first(piper_store.added(), language) if _readable(voice)]
    if voices:
        return f"choose --voice piper:{voices[0].name}"
    name = next(iter(_recommended(language)), None)
    if name:
        return f"run: audiocoach voices add {name}"
    return (
        f"look for one at {piper_store.SAMPLES} and run: audiocoach voices add NAME, "
        "or choose another voice with --voice"
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
        raise VoiceError(f'the Piper voice "{voice.name}" has one speaker; leave out "+{wanted}"')
    raise VoiceError(
        f'the Piper voice "{voice.name}" has no speaker "{wanted}"; '
        f"{nearest(wanted, voice.speaker_names)}choose +0 to +{voice.speakers - 1}"
        + (f" or a name such as +{next(iter(voice.speaker_names))}" if voice.speaker_names else "")
    )


def _recommended(language: str) -> list[str]:
    """The names for a language, those of its region first."""
    region = language.replace("_", "-").partition("-")[2].casefold()
    names = [
        name for name in RECOMMENDED if family_of(name.partition("-")[0]) == family_of(language)
    ]
    return sorted(names, key=lambda name: bool(region) and name[3:5].casefold() != region)


def _about(voice: Added) -> str:
    speakers = f", {voice.speakers} speakers" if voice.speakers > 1 else ""
    return f"neural, offline, {voice.size / 1e6:.0f} MB{speakers}"
