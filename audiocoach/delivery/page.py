"""The player page: one HTML file that plays a session, offline, on whatever has a browser.

The sound is inside it. Nothing is requested from anywhere: a policy in the page forbids it, and
names the only script and style by their hashes. `web/` has the page, its style and its script; what
they show comes from the timeline, in the language of the session.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import chain
from pathlib import Path
from typing import Any, Final

from audiocoach.coaching.phrases import Phrases, phrases_for
from audiocoach.delivery.audio import Master, mp3_chunks
from audiocoach.delivery.captions import Caption, captions
from audiocoach.delivery.cover import MEDIA_TYPE, SIDE
from audiocoach.delivery.document import data, document
from audiocoach.delivery.file import write_whole
from audiocoach.delivery.words import minutes
from audiocoach.timeline.landing import entered, landed, landings, passages
from audiocoach.timeline.outline import Part, outline
from audiocoach.timeline.script import SAMPLES_PER_MS, IntervalKind
from audiocoach.timeline.timeline import Timeline

_WEB: Final = Path(__file__).parent / "web"
_NEW_PARAGRAPH: Final = 3_000
"""A silence (ms) after which what is said begins a paragraph of its own."""
_DRAWN: Final = {"part": (8, 48), "work": (18, 28), "rest": (18, 28)}
"""Top and height of each kind of rectangle in the bar, which is 64 high."""
_WORDS: Final = (
    *("pause", "number", "coming", "here", "left", "in", "last", "done"),
    *("nowhere", "trouble"),
)
"""The messages that the script fills in."""
_HTML: Final = (
    *(
        "player",
        "previous",
        "back",
        "forward",
        "next",
        "repeat",
        "loop",
        "stop",
        "link",
        "noscript",
    ),
    *("exercises", "words", "follow", "keys_title", "keys", "made"),
)
"""The messages that are put into the page unchanged."""


def write_page(master: Master, path: Path) -> None:
    """A page with the MP3 of a session inside, which needs no other file."""
    opened, closed = '<script type="application/octet-stream" id="sound">', "</script>"
    picture = f"data:{MEDIA_TYPE};base64,{base64.b64encode(master.cover).decode()}"
    page = _page(master.timeline, _known(master.script.hex(), picture), "blob:", opened + closed)
    before, after = page.split(opened)
    sound = _base64(mp3_chunks(master))
    write_whole(path, chain([(before + opened).encode()], sound, [after.encode()]))


def linked_page(timeline: Timeline, name: str, address: str, cover: str, home: str) -> str:
    """A page that plays the MP3 at an address, and leads to the page it was opened from.

    `name` distinguishes saved places; `cover` is the address of the picture for a lock screen.
    """
    sound = f'<script type="application/octet-stream" id="sound" data-src="{escape(address)}">'
    back = escape(phrases_for(timeline.language).inline("library.back"))
    link = f'<a class="home" href="{escape(home)}">{back}</a>'
    return _page(timeline, _known(name, cover), "'self'", f"{sound}</script>", link)


def _known(name: str, cover: str) -> dict[str, Any]:
    """What the script knows about a session besides its course: its name and its picture."""
    return {
        "id": name,
        "artwork": [{"src": cover, "sizes": f"{SIDE}x{SIDE}", "type": MEDIA_TYPE}],
    }


def _page(
    timeline: Timeline, known: Mapping[str, Any], media: str, sound: str, home: str = ""
) -> str:
    phrases, parts = phrases_for(timeline.language), outline(timeline)
    shown_as = captions(timeline)
    pictures = "data: 'self'" if home else "data:"
    policy = f"media-src {media}; img-src {pictures}; form-action 'none'"
    shown = {
        **{each: escape(phrases.inline(f"page.{each}".replace("_", "-"))) for each in _HTML},
        "play": escape(phrases.inline("page.play", title=timeline.title)),
        "language": escape(timeline.language),
        "title": escape(timeline.title),
        "extent": escape(_extent(phrases, timeline, parts)),
        "bar": _bar(timeline),
        "parts": "\n".join(_entry(part, at) for part, at, _ in entered(timeline)),
        "text": "\n".join(_text(parts, shown_as)),
        "session": data(_session(phrases, timeline, parts, shown_as, known)),
        "sound": sound,
        "home": home,
    }
    return document(_WEB, "player", policy, shown)


def _base64(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks in base64, without padding before the end."""
    rest = b""
    for chunk in chunks:
        data = rest + chunk
        whole = len(data) - len(data) % 3
        rest = data[whole:]
        yield base64.b64encode(data[:whole])
    yield base64.b64encode(rest)


# -- what the script knows ---------------------------------------------------------


def _session(
    phrases: Phrases,
    timeline: Timeline,
    parts: Sequence[Part],
    shown: Sequence[Caption],
    known: Mapping[str, Any],
) -> dict[str, Any]:
    """All times in ms."""
    places, count = landings(timeline), _count(parts)
    fillings = {each: f"%{each}%" for each in ("time", "title", "number", "count")}
    return {
        **known,
        "total": _ms(timeline.total),
        "title": timeline.title,
        "parts": [_part(part, start, end, places, count) for part, start, end in entered(timeline)],
        "cues": [{"start": each.start, "end": each.end, "text": each.text} for each in shown],
        "steps": [
            {
                "start": _ms(unit.steps[0].start),
                "end": _ms(unit.steps[-1].end),
                "kind": "rest" if unit.kind is IntervalKind.REST else "work",
            }
            for part in parts
            for passage in part.passages
            for unit in passage.units
        ],
        "passages": [
            {"start": _ms(start), "end": _ms(end)}
            for part in parts
            for start, end in passages(part)
        ],
        "landings": [_ms(at) for at in places],
        "words": {
            "play": phrases.inline("page.play", title=timeline.title),
            **{each: phrases.inline(f"page.{each}", **fillings) for each in _WORDS},
        },
    }


def _part(part: Part, start: int, end: int, places: Sequence[int], count: int) -> dict[str, Any]:
    """`entry` is where it goes on without the telling; for a part without passages, its start."""
    first = part.passages[0].start if part.passages else start
    entry = landed(places, first)
    return {
        "start": _ms(start),
        "end": _ms(end),
        "title": part.title,
        "exercise": part.address.exercise,
        "count": count,
        "entry": _ms(entry if start <= entry < end else start),
    }


def _count(parts: Iterable[Part]) -> int:
    return max((part.address.exercise for part in parts), default=0)


def _ms(samples: int) -> int:
    return samples // SAMPLES_PER_MS


# -- what the page contains -------------------------------------------------------


def _extent(phrases: Phrases, timeline: Timeline, parts: Sequence[Part]) -> str:
    exercises = phrases.inline("sheet.exercises", count=_count(parts))
    return f"{minutes(timeline.total)} · {exercises}"


def _entry(part: Part, at: int) -> str:
    """A part in the list: a button with its name and where it is entered."""
    return (
        f'<li><button type="button">{escape(part.title)} <span>{minutes(at)}</span></button></li>'
    )


def _bar(timeline: Timeline) -> str:
    """The session as a picture, a unit a millisecond: parts, and over them what is done.

    A rest that leads into a part was told in the one before it, and lies over both.
    """
    parts = list(entered(timeline))
    drawn = [_rect("part", start, end) for _, start, end in parts]
    for part, _, _ in parts:
        for passage in part.passages:
            for unit in passage.units:
                kind = "rest" if unit.kind is IntervalKind.REST else "work"
                drawn.append(_rect(kind, unit.steps[0].start, unit.steps[-1].end))
    return (
        f'<svg viewBox="0 0 {_ms(timeline.total)} 64" preserveAspectRatio="none">{"".join(drawn)}'
        '<rect id="gone" x="0" y="8" width="0" height="48"/>'
        '<line id="hand" x1="0" x2="0" y1="2" y2="62"/></svg>'
    )


def _rect(kind: str, start: int, end: int) -> str:
    top, high = _DRAWN[kind]
    x, width = _ms(start), _ms(end - start)
    return f'<rect class="{kind}" x="{x}" y="{top}" width="{width}" height="{high}"/>'


def _text(parts: Iterable[Part], captions: Iterable[Caption]) -> Iterator[str]:
    """Every spoken word, under the heading of its part, a paragraph for what belongs together."""
    shown = {caption.start: caption for caption in captions}
    for part in parts:
        yield f"<h3>{escape(part.title)}</h3>"
        bounds = sorted({_ms(each.start) for each in part.passages})
        bounds += sorted({_ms(each.end) for each in part.passages})
        paragraph: list[Caption] = []
        ended = _ms(part.start)
        for cue in part.cues:
            caption = shown[_ms(cue.start)]
            apart = caption.start - ended > _NEW_PARAGRAPH
            if paragraph and (apart or any(ended <= at <= caption.start for at in bounds)):
                yield _paragraph(paragraph)
                paragraph = []
            paragraph.append(caption)
            ended = _ms(cue.end)
        if paragraph:
            yield _paragraph(paragraph)


def _paragraph(said: list[Caption]) -> str:
    at = said[0].start
    words = " ".join(f'<span data-at="{each.start}">{escape(each.text)}</span>' for each in said)
    moment = minutes(at * SAMPLES_PER_MS)
    return f'<p><a href="#t={at / 1000}">{moment}</a> <span>{words}</span></p>'
