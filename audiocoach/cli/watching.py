"""Follows a session while it plays: what is heard, what is next, and what each key does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from audiocoach.cli.keyboard import keys
from audiocoach.cli.output import fancy, say
from audiocoach.deck import Deck
from audiocoach.remote import Intent, Place, Remote
from audiocoach.timeline.script import SAMPLE_RATE, Utterance
from audiocoach.timeline.timeline import Timeline
from audiocoach.wording import clock

_TICK: Final = 0.1
"""Seconds between two looks at the deck."""
_SILENT: Final = 0.5
"""A player that was through in less than this part of the time let no sound pass."""
_NEAR: Final = 2.0
"""Seconds around the place it was sent to, in which a player is said to have arrived."""
_KEYS: Final = {
    "n": Intent.NEXT,
    "p": Intent.PREVIOUS,
    "r": Intent.REPEAT,
    "a": Intent.SAY_AGAIN,
    "s": Intent.SKIP_REST,
    "t": Intent.TIME_LEFT,
}
_HELP: Final = (
    "space pause · n next · p previous · r repeat · a again · s skip rest · t time · q quit"
)


class Consumed:
    """How much of a file a player consumed, and how fast: what it skipped was not heard."""

    def __init__(self) -> None:
        """It did not say yet where it is."""
        self._last: tuple[float, float] | None = None
        self._sent: float | None = None
        self._seconds = self._took = 0.0

    def sent(self, to: float) -> None:
        """It was told to jump; nothing counts until it gets there."""
        self._sent = to

    def look(self, at: float, now: float) -> None:
        """Record its position (0 while unknown) and the time (s)."""
        if self._sent is not None:
            if abs(at - self._sent) < _NEAR:
                self._sent = None
        elif self._last:
            self._seconds += max(at - self._last[0], 0.0)
            self._took += now - self._last[1]
        if at > 0:
            self._last = at, now

    @property
    def heard(self) -> bool:
        """Whether sound came out: no device consumes it faster than real time.

        However slow the computer, a player that waits for its device is never ahead of the clock.
        """
        return self._seconds > 0 and self._took >= _SILENT * self._seconds


def watch(deck: Deck, timeline: Timeline, *, quiet: bool) -> bool:
    """Show what is heard and obey keys until the end; returns whether sound came out."""
    remote, read = Remote(timeline), keys()
    consumed = Consumed()
    with _display(quiet=quiet) as show:
        while not deck.ended():
            key = read(_TICK)
            at = deck.position()
            consumed.look(at, time.monotonic())
            if key in ("q", "\x1b"):
                return True
            answer = _obey(deck, remote, key, at, consumed) if key else ""
            show(_screen(remote, at, answer))
    return consumed.heard


def _obey(deck: Deck, remote: Remote, key: str, at: float, consumed: Consumed) -> str:
    """Do what a key wants; what is to be read of it."""
    if key == " ":
        deck.pause()
        return ""
    intent = _KEYS.get(key)
    if intent is None:
        return ""
    place = Place(round(at * SAMPLE_RATE))
    reply = remote.answer(intent, place)
    if reply.place.at != place.at:
        deck.go(reply.place.at / SAMPLE_RATE)
        consumed.sent(reply.place.at / SAMPLE_RATE)
    return reply.say


def _screen(remote: Remote, at: float, answer: str) -> list[str]:
    timeline, samples = remote.timeline, round(at * SAMPLE_RATE)
    said = [
        cue.sound.text
        for cue in timeline.cues
        if cue.start <= samples and isinstance(cue.sound, Utterance)
    ]
    place = Place(min(samples, timeline.total - 1))
    total = timeline.total / SAMPLE_RATE
    where = remote.answer(Intent.WHICH, place).say
    coming = remote.answer(Intent.WHAT_NEXT, place).say
    times = f"{clock(int(at) * 1000)} of {clock(int(total) * 1000)}"
    return [f"{times}  {where}", said[-1] if said else "", answer or coming, _HELP]


@contextmanager
def _display(*, quiet: bool) -> Iterator[Callable[[list[str]], None]]:
    """Four lines on a terminal; nothing where there is none."""
    if quiet or not fancy():
        yield lambda _lines: None
        return
    from rich.console import Console, Group
    from rich.live import Live
    from rich.text import Text

    console = Console(stderr=True)
    with Live(console=console, transient=True, refresh_per_second=10) as live:

        def show(lines: list[str]) -> None:
            where, said, coming, keys = lines
            live.update(
                Group(Text(where), Text(said, "bold"), Text(coming, "dim"), Text(keys, "dim"))
            )

        yield show
    say("")
