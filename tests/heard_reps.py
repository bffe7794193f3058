"""What is heard of the reps of a session: rep by rep, with the numbers in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from heard_in import DONE, beats

from audiocoach.coaching.phrases import phrases_for
from audiocoach.timeline import Timeline, Utterance
from audiocoach.timeline.script import CueKind, Interval
from audiocoach.timeline.timeline import LeftOut, PlacedCue, PlacedSpan


def text(cue: PlacedCue | LeftOut) -> str:
    return cue.sound.text if isinstance(cue.sound, Utterance) else f"({cue.sound})"


def done(timeline: Timeline) -> list[tuple[PlacedSpan, list[PlacedCue]]]:
    """Every time in which something is done, with what is heard in it."""
    return beats(timeline, *DONE)


def left_out(timeline: Timeline) -> list[LeftOut]:
    return [note for note in timeline.notes if isinstance(note, LeftOut)]


def groups(timeline: Timeline) -> Iterator[list[tuple[PlacedSpan, list[PlacedCue]]]]:
    """The times of each rep, rep after rep."""
    found: list[tuple[PlacedSpan, list[PlacedCue]]] = []
    for span, cues in done(timeline):
        assert isinstance(span.item, Interval)
        if found and span.item.address != found[-1][0].item.address:  # type: ignore[union-attr]
            yield found
            found = []
        found.append((span, cues))
    if found:
        yield found


class Numbers:
    """Reads the numbers of a language in what is heard."""

    def __init__(self, language: str) -> None:
        phrases = phrases_for(language)
        self._phrases = phrases
        self._bare = {phrases.number(n): n for n in range(101)}
        self._numbered = {phrases("cue.number", number=n)[:-1].lower() for n in range(2, 30)}
        self.last = {
            phrases.worded(key, name).rstrip(".")
            for key in ("cue.last-one", "cue.last-pair", "cue.last-bout-next")
            for name in phrases.wordings(key)
        }
        self.last |= {phrases("cue.last-of-side", side=each)[:-1] for each in ("right", "left")}

    def second(self, cue: PlacedCue) -> int | None:
        """The second that is counted."""
        if cue.cue.kind in (CueKind.COUNT, CueKind.COUNTDOWN):
            return self._bare.get(text(cue).rstrip(".").lower())
        return None

    def is_rep(self, cue: PlacedCue) -> bool:
        """Whether it has the number of a rep in it, and is no whole sentence."""
        told = text(cue).rstrip(".").lower()
        joined = told.rpartition(", ")[2] in self._bare and ", " in told
        number = re.split("[.,]", told)[0] in self._numbered
        return joined or number or (cue.cue.kind is CueKind.ACTION and told in self._bare)

    def is_last(self, cue: PlacedCue | LeftOut) -> bool:
        return any(each.lower() in text(cue).lower() for each in self.last)
