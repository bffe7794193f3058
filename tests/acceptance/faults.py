"""Faults put into a decoded session, to show that the checks notice them."""

from __future__ import annotations

import numpy as np
from ears import MS, Pcm
from score import Heard


def span_of(heard: Heard, slot: int) -> slice:
    """The samples of a slot's sound, with the coder's spread around it."""
    filled = heard.filled[slot]
    assert filled is not None
    segment = heard.segments[filled]
    return slice((segment.start - 30) * MS, (segment.end + 30) * MS)


def moved(pcm: Pcm, span: slice, ms: int) -> Pcm:
    """One sound is `ms` late."""
    spoiled, sound = pcm.copy(), pcm[span].copy()
    spoiled[span] = 0
    spoiled[span.start + ms * MS : span.stop + ms * MS] += sound
    return spoiled


def silenced(pcm: Pcm, span: slice) -> Pcm:
    spoiled = pcm.copy()
    spoiled[span] = 0
    return spoiled


def swapped(pcm: Pcm, one: slice, other: slice) -> Pcm:
    """Two sounds change places, each on the other's beat."""
    spoiled = pcm.copy()
    spoiled[one] = spoiled[other] = 0
    spoiled[one.start : one.start + other.stop - other.start] = pcm[other]
    spoiled[other.start : other.start + one.stop - one.start] = pcm[one]
    return spoiled


def inserted(pcm: Pcm, at: int, sound: Pcm) -> Pcm:
    """Something more, and as much less at the end."""
    return np.concatenate([pcm[:at], sound, pcm[at:]])[: len(pcm)]


def silence(ms: int) -> Pcm:
    return np.zeros(ms * MS, np.int16)
