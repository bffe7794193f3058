"""A script as text that a person can read and judge, for the golden scripts."""

from __future__ import annotations

from collections.abc import Iterator

from audiocoach.coaching.phrases import phrases_for
from audiocoach.routine.times import Source
from audiocoach.timeline.outline import HEADINGS
from audiocoach.timeline.script import (
    Anchor,
    Cue,
    Gap,
    Interval,
    Item,
    Marker,
    Placement,
    Script,
    Sound,
    Span,
    Utterance,
)

WORDS = phrases_for("en")


def script_sheet(script: Script) -> str:
    """A script as text: what is said, what is waited for, and how far each time may stretch.

    A time with a range in brackets may stretch inside it; one without is exact.
    Inside an interval each word stands behind the second it falls on.
    """
    lines = [f"{script.title} ({script.language})"]
    for item in script.items:
        lines.extend(_script_lines(item))
    return "\n".join(lines) + "\n"


def _script_lines(item: Item) -> Iterator[str]:
    match item:
        case Marker() if item.kind in HEADINGS:
            yield ""
            yield f"{item.title.upper()}"
        case Marker():
            yield f"  -- {item.title}"
        case Cue():
            yield f"  {_words(item.sound)}"
        case Gap() if item.span.rigid:
            pass  # The short pauses between sentences go without saying.
        case Gap():
            yield f"  ... {_span(item.span)}: {WORDS.inline(f'wait.{item.wait.value}')}"
        case Interval():
            words = "  ".join(_placed(placement) for placement in item.placements)
            source = "" if item.source is Source.EDITORIAL else f" {item.source.value}"
            yield f"  [{item.name}, {_span(item.span)}{source}]  {words}"


def _span(span: Span) -> str:
    if span.rigid:
        return _seconds(span.natural)
    low, high = _seconds(span.minimum), _seconds(span.maximum)
    return f"{_seconds(span.natural)} ({low} to {high})"


def _seconds(ms: int) -> str:
    return f"{ms / 1000:.3f}".rstrip("0").rstrip(".") + " s"


def _placed(placement: Placement) -> str:
    words = _words(placement.cue.sound)
    offset = f"{placement.offset / 1000:g}"
    match placement.anchor:
        case Anchor.START | Anchor.PART:
            return f"{offset}: {words}"
        case Anchor.END:
            return f"-{offset}: {words}"
        case Anchor.AFTER:
            return f"then {words}"
        case Anchor.BEFORE:
            return f"{offset} before the next: {words}"


def _words(sound: Sound) -> str:
    return sound.text if isinstance(sound, Utterance) else f"({sound} chime)"
