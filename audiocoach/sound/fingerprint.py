"""Fingerprints: the few bytes that are enough to find a clip again in a finished session.

`SIZE` bytes a clip: how loud it is (a byte, quarters of a decibel), and the course of its level in
`PARTS` equal parts (half a byte each, steps of 2 dB). Nobody can hear from it what was said, yet it
tells "number two" from "number three", and finds the place of a clip to 5 ms, through MP3 of any
bit rate (measured on 600 cues of three eSpeak voices and seven kinds of MP3).
Levels are mean squares of a millisecond, 1.0 being full scale squared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from audiocoach.timeline.script import SAMPLES_PER_MS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VERSION: Final = "1"
"""Raise it if fingerprints are made differently: part of their cache key."""
PARTS: Final = 32
SIZE: Final = 1 + PARTS // 2

_FULL_SCALE: Final = 32768.0
_LEVEL_STEP_DB: Final = 0.25
_STEP_DB: Final = 2.0
_TOP_DB: Final = 10.0
"""The loudest part that is told, over the level of the whole clip."""
_STEPS: Final = 16
_BOTTOM_DB: Final = _TOP_DB - _STEP_DB * (_STEPS - 1)
"""What is deeper counts as silence: there a coder puts its noise."""
_TINY: Final = 1e-12
_AS_GOOD: Final = 0.005
"""Distances (dB) that differ by less are equal: a clip that changes slowly fits in many places."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is known of a clip."""

    level: float
    """Its mean square in dB, to a quarter."""
    shape: NDArray[np.float32]
    """The level of each part in dB, relative to `level`."""


def levels(pcm: NDArray[np.int16] | NDArray[np.float32]) -> NDArray[np.float32]:
    """The mean square of each whole millisecond of sound at 48 kHz."""
    import numpy as np

    whole = len(pcm) // SAMPLES_PER_MS * SAMPLES_PER_MS
    scale = _FULL_SCALE if pcm.dtype == np.int16 else 1.0
    sound = pcm[:whole].astype(np.float32).reshape(-1, SAMPLES_PER_MS) / np.float32(scale)
    return np.asarray(np.einsum("ij,ij->i", sound, sound) / SAMPLES_PER_MS, np.float32)


def decibels(mean_square: NDArray[Any] | float) -> NDArray[np.float64]:
    """Of mean squares; silence is -120."""
    import numpy as np

    return np.asarray(10 * np.log10(np.maximum(mean_square, _TINY)), np.float64)


def fingerprint(pcm: NDArray[np.int16]) -> bytes:
    """The fingerprint of a clip (48 kHz, a whole number of frames), `SIZE` bytes."""
    import numpy as np

    heard = levels(pcm)
    level = float(decibels(heard.mean(dtype=np.float64)))
    quiet = min(max(round(-level / _LEVEL_STEP_DB), 0), 255)
    parts = decibels(_parts(heard, np.zeros(1, np.int64), len(heard))[0]) + quiet * _LEVEL_STEP_DB
    depths = np.clip(np.rint((_TOP_DB - parts) / _STEP_DB), 0, _STEPS - 1).astype(np.uint8)
    pairs = depths.reshape(-1, 2)
    return bytes([quiet]) + (pairs[:, 0] << 4 | pairs[:, 1]).tobytes()


def read(payload: bytes) -> Fingerprint:
    """A fingerprint from its bytes. Raises ValueError if they are not one."""
    import numpy as np

    if len(payload) != SIZE:
        raise ValueError(f"a fingerprint has {SIZE} bytes, not {len(payload)}")
    packed = np.frombuffer(payload, np.uint8, offset=1)
    depths = np.stack([packed >> 4, packed & 15], axis=1).reshape(-1)
    return Fingerprint(-payload[0] * _LEVEL_STEP_DB, np.asarray(_TOP_DB - _STEP_DB * depths, "f4"))


def distances(
    heard: NDArray[np.float32], starts: NDArray[np.int64], length: int, clip: Fingerprint
) -> NDArray[np.float64]:
    """How different from a clip of `length` ms the sound is from each of these places (ms) on.

    In mean dB beyond rounding; overall loudness doesn't count.
    """
    import numpy as np

    parts = _parts(heard, starts, length)
    whole = decibels(parts.mean(axis=1))[:, None]
    shape = np.clip(decibels(parts) - whole, _BOTTOM_DB, _TOP_DB)
    return np.asarray(np.maximum(np.abs(shape - clip.shape) - _STEP_DB / 2, 0).mean(axis=1))


def nearest(
    heard: NDArray[np.float32], starts: NDArray[np.int64], length: int, clip: Fingerprint
) -> tuple[int, float]:
    """Where (one of `starts`) a clip fits best, and how different it still is there."""
    places, apart = fitting(heard, starts, length, clip)
    return middle(places), apart


def fitting(
    heard: NDArray[np.float32], starts: NDArray[np.int64], length: int, clip: Fingerprint
) -> tuple[NDArray[np.int64], float]:
    """All of `starts` where a clip fits best, and how different it still is there.

    For speech, that is a few milliseconds. A long bell changes so little that it fits anywhere
    within a tenth of a second.
    """
    apart = distances(heard, starts, length, clip)
    return starts[apart <= apart.min() + _AS_GOOD], float(apart.min())


def middle(places: NDArray[np.int64]) -> int:
    """The one of some places that is nearest to the middle of all."""
    import numpy as np

    return int(places[np.argmin(np.abs(places - places.mean()))])


def _parts(
    heard: NDArray[np.float32], starts: NDArray[np.int64], length: int
) -> NDArray[np.float64]:
    """The mean squares of the parts of `length` ms from each of these places on."""
    import numpy as np

    edges = np.arange(PARTS + 1) * length // PARTS
    sums = np.concatenate([[0.0], np.cumsum(heard, dtype=np.float64)])
    at = np.clip(starts[:, None] + edges[None, :], 0, len(heard))
    return np.asarray(np.diff(sums[at], axis=1) / np.maximum(np.diff(edges), 1))
