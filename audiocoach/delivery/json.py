"""The JSON form of a timeline: for other programs, and for the skill."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any, Final

from audiocoach.coaching.phrases import phrases_for
from audiocoach.delivery.words import note_text
from audiocoach.routine.recordings import Recording
from audiocoach.timeline.landing import landings
from audiocoach.timeline.script import SAMPLE_RATE, Address, Chime, Gap, Sound, Utterance
from audiocoach.timeline.timeline import Fit, PlacedSpan, Timeline

VERSION: Final = 1
"""The version of what `to_json` returns. New members don't change it; a new meaning makes it 2."""


def json_sheet(timeline: Timeline, more: Mapping[str, Any] = MappingProxyType({})) -> str:
    """A timeline as the text of a JSON object, with `more` members at its end."""
    return as_text({**to_json(timeline), **more})


def as_text(value: object) -> str:
    """JSON as people can read it too."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def to_json(timeline: Timeline) -> dict[str, Any]:
    """A timeline as JSON values, as docs/timeline.schema.json has it.

    Positions and lengths are seconds; `fit` is in ms.
    """
    return {
        "version": VERSION,
        "title": timeline.title,
        "language": timeline.language,
        "duration": seconds(timeline.total),
        "sample_rate": SAMPLE_RATE,
        "samples": timeline.total,
        "fit": fit_json(timeline.fit),
        "cues": [
            {
                "start": seconds(cue.start),
                "duration": seconds(cue.length),
                **({} if cue.beat is None else {"beat": seconds(cue.beat)}),
                "kind": cue.cue.kind.value,
                "line": cue.cue.origin.line,
                **_sound(cue.sound),
            }
            for cue in timeline.cues
        ],
        "markers": [
            {
                "start": seconds(mark.at),
                "kind": mark.marker.kind.value,
                "title": mark.marker.title,
                **_address(mark.marker.address),
            }
            for mark in timeline.markers
        ],
        "spans": [_span_json(span) for span in timeline.spans],
        "landings": [seconds(at) for at in landings(timeline)],
        "notes": notes_in_english(timeline),
    }


def seconds(samples: int) -> float:
    """A position or length in samples, in seconds."""
    return samples / SAMPLE_RATE


def notes_in_english(timeline: Timeline) -> list[str]:
    """The notes, in English whatever the language of the session."""
    phrases = phrases_for("en")
    return [note_text(note, phrases) for note in timeline.notes]


def fit_json(fit: Fit) -> dict[str, int]:
    """How the target was met (ms, and percent of the room used)."""
    return {**asdict(fit), "used_percent": fit.used}


def _sound(sound: Sound) -> dict[str, str]:
    match sound:
        case Utterance():
            return {"say": sound.text}
        case Chime():
            return {"chime": sound.value}
        case Recording():
            return {"sound": sound.name}


def _address(address: Address) -> dict[str, int | str]:
    """Where in the routine a thing stands: as much of an address as it has."""
    return {name: value for name, value in asdict(address).items() if value}


def _span_json(span: PlacedSpan) -> dict[str, Any]:
    item = span.item
    common = {
        "start": seconds(span.start),
        "duration": seconds(span.length),
        "line": item.origin.line,
    }
    if isinstance(item, Gap):
        return {**common, "gap": item.wait.value, "stretch": item.glue.value}
    return {
        **common,
        "interval": item.name,
        "kind": item.kind.value,
        "source": item.source.value,
        "stretch": item.glue.value,
        **({"load": item.load} if item.load else {}),
        **_address(item.address),
    }
