"""The available beds: those made here, by name, and any file that can be decoded."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from audiocoach.errors import UsageError
from audiocoach.settings.table import Settings
from audiocoach.settings.values import Ambience
from audiocoach.store import Cache, key

if TYPE_CHECKING:
    from audiocoach.sound.bed import Bed, Loop

_AMBIENCE_LEAST: Final = 15
_MUSIC_LEAST: Final = 14
"""dB under speech, at least: people ask for 10 LU over music and 15 over ambience (Torcoli and
others 2019, JAES 67, p. 1003), and lay people for 4 more than experts."""
_LEAST: Final = {
    Ambience.RAIN: _AMBIENCE_LEAST,
    Ambience.BROOK: _AMBIENCE_LEAST,
    Ambience.DRONE: _MUSIC_LEAST,
}


def check_bed(settings: Settings) -> None:
    """Refuse an unusable bed before anything is made. Raises UsageError."""
    if settings.bed is None:
        return
    least = _least(settings.bed)
    if settings.bed_level < least:
        raise UsageError(
            f"--bed-level: {settings.bed_level} dB is too little under {settings.bed}, which "
            f"would cover words; write {least} or more",
            setting="bed_level",
        )
    if isinstance(settings.bed, Path):
        from audiocoach.sound.recording import check_recording

        check_recording(settings.bed)


def bed_of(settings: Settings, cache: Cache) -> Bed | None:
    """The bed that was chosen, if there is one."""
    if settings.bed is None:
        return None
    from audiocoach.sound.bed import Bed

    if isinstance(settings.bed, Path):
        from audiocoach.sound.recording import key_of, recording

        opened, named = partial(recording, settings.bed, cache), partial(key_of, settings.bed)
    else:
        opened, named = partial(_made, settings.bed, cache), partial(_key, settings.bed)
    return Bed(opened, settings.bed_level, _least(settings.bed), named)


def _least(bed: Ambience | Path) -> int:
    return _MUSIC_LEAST if isinstance(bed, Path) else _LEAST[bed]


def _made(bed: Ambience, cache: Cache, _needed: int) -> Loop:
    """The loop of a bed that is made here, kept in the cache."""
    import numpy as np

    from audiocoach.sound.ambience import LENGTH, made
    from audiocoach.sound.bed import Held

    name = _key(bed)
    kept = cache.get("bed", name)
    if kept is None or len(kept) != 2 * LENGTH:
        kept = made(bed).astype("<i2", copy=False).tobytes()
        cache.put("bed", name, kept)
    return Held(np.frombuffer(kept, "<i2"))


def _key(bed: Ambience) -> str:
    from audiocoach.sound.ambience import VERSION

    return key("bed", VERSION, bed)
