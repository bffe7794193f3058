"""The hash of a script: what is said, what is waited for and what may stretch, but not the lines it
comes from."""

from __future__ import annotations

from hashlib import blake2b

from audiocoach.routine.recordings import Recording
from audiocoach.timeline.script import (
    Chime,
    Cue,
    Gap,
    Interval,
    Item,
    Marker,
    Script,
    Sound,
    Span,
    Utterance,
)

SIZE = 8
"""Bytes."""


def digest(script: Script) -> bytes:
    """The hash: equal for scripts that sound alike with the same voice at the same length.

    It is computed from plain values as Python writes them, so it is the same under every Python.
    """
    summed = blake2b(digest_size=SIZE)
    head = (script.title, script.language, script.orient_after)
    for plain in (head, *map(_plain, script.items)):
        summed.update(repr(plain).encode(errors="surrogatepass") + b"\n")
    return summed.digest()


def _plain(item: Item) -> tuple[object, ...]:
    match item:
        case Cue():
            return _cue(item)
        case Gap():
            waiting = (item.glue.value, item.wait.value, *map(_cue, item.fillers))
            return ("gap", _span(item.span), *waiting)
        case Interval():
            placed = [(each.anchor.value, each.offset, _cue(each.cue)) for each in item.placements]
            done = (item.glue.value, item.source.value, item.kind.value, item.share, item.label)
            return ("interval", _span(item.span), *done, *placed)
        case Marker():
            return ("marker", item.kind.value, item.title)


def _cue(cue: Cue) -> tuple[object, ...]:
    choices = [(length, _sound(sound)) for length, sound in cue.choices]
    shorter = map(_sound, cue.shorter)
    return ("cue", _sound(cue.sound), cue.kind.value, cue.priority, *choices, *shorter)


def _sound(sound: Sound) -> tuple[str, ...]:
    match sound:
        case Utterance():
            return sound.language, sound.text
        case Chime():
            return (sound.value,)
        case Recording():
            return "sound", sound.digest


def _span(span: Span) -> tuple[int, int, int]:
    return span.minimum, span.natural, span.maximum
