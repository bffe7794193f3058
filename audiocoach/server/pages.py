"""The pages of a server: the library of routines, and the page that waits for a session."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from audiocoach.coaching.phrases import Phrases, languages, phrases_for
from audiocoach.delivery.document import data, document
from audiocoach.language import base
from audiocoach.server.desk import State
from audiocoach.settings.resolve import Options
from audiocoach.settings.table import SETTINGS

_WEB: Final = Path(__file__).parent / "web"
_PLAY: Final = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M8 5v14l11-7z"/></svg>'
_LENGTHS: Final = ("10:00", "15:00", "20:00", "30:00")
_NAMES: Final = {"de": "Deutsch", "en": "English", "es": "Español", "fr": "Français"}
_CHOSEN_BY: Final = ("language", "voice", "duration", "pace", "coaching", "bed")
"""The settings there is a field for; others stay in the address."""
_BETWEEN: Final = "\u00a0· "
"""Between exercises: no line begins with the dot."""
_SHOWN: Final = 6
"""Exercises that are named; of more, how many there are."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A routine in the library, described in the language of its session."""

    title: str
    language: str
    about: str = ""
    exercises: tuple[str, ...] = ()
    ms: int = 0
    """How long its session is."""
    exact: bool = True
    page: str = ""
    """The path of its player, and of its MP3."""
    sound: str = ""
    problem: str = ""
    """Why it has no session."""


@dataclass(frozen=True, slots=True)
class Library:
    """What the library page shows."""

    language: str
    chosen: Options
    voices: Sequence[str]
    entries: Sequence[Entry]
    feed: str
    """The path of the feed, and its whole address."""
    feed_address: str
    code: str = ""
    """The address of the page as a QR code (a data URI); "" if only this computer has access."""


def library_page(library: Library) -> str:
    """The page with every routine, and a form for the settings."""
    phrases = phrases_for(library.language)

    def words(key: str) -> str:
        return escape(phrases.inline(f"library.{key}"))

    code = (
        f"<details><summary>{words('phone')}</summary><p>{words('phone-how')}</p>"
        f'<img alt="{words("phone")}" src="{escape(library.code)}"></details>'
    )
    shown = {
        "language": escape(library.language),
        "title": words("title"),
        "lead": words("lead"),
        "settings": words("settings"),
        "open": " open" if library.chosen.given else "",
        "apply": words("apply"),
        "routines": words("routines"),
        "fields": "\n".join(_fields(phrases, library)),
        "books": "\n".join(_entry(phrases, library.language, each) for each in library.entries),
        "phone": code if library.code else "",
        "links": f'<link rel="alternate" type="application/rss+xml" title="{words("title")}" '
        f'href="{escape(library.feed)}">',
        "feed": escape(library.feed),
        "feed_address": escape(library.feed_address),
        "feed_title": words("feed"),
        "feed_how": words("feed-how"),
        "made": words("made"),
    }
    return document(_WEB, "library", "form-action 'self'; img-src data:", shown)


def waiting_page(language: str, title: str, address: str, home: str) -> str:
    """The page that shows the progress of a session, by asking `address`, and is then replaced by
    it."""
    phrases = phrases_for(language)
    fillings = {"done": "%done%", "count": "%count%"}
    words = {
        "turn": phrases.inline("waiting.turn"),
        "speaking": phrases.inline("waiting.speaking"),
        "linking": phrases.inline("waiting.linking"),
        "done": phrases.inline("waiting.done", **fillings),
    }
    state = data({"address": address, "words": words})
    heading = escape(phrases.inline("waiting.title", title=title))
    bar = (
        f'<progress id="bar" aria-label="{heading}"></progress>'
        '<p id="stage" role="status"></p><p id="done"></p>'
        f"<noscript><p>{escape(phrases.inline('waiting.again'))}</p></noscript>"
    )
    return _notice(
        phrases,
        home,
        title=heading,
        why=escape(phrases.inline("waiting.why")),
        bar=bar,
        data=f'<script type="application/json" id="state">{state}</script>',
    )


def failure_page(language: str, problem: str, home: str) -> str:
    """The page that says why there is no session."""
    phrases = phrases_for(language)
    failed = escape(phrases.inline("waiting.failed"))
    return _notice(phrases, home, title=failed, why=escape(problem), bar="", data="")


def state_json(state: State) -> str:
    """How far a session is, for the page that waits."""
    return data({**state._asdict(), "stage": state.stage and state.stage.value})


def _notice(phrases: Phrases, home: str, **places: str) -> str:
    """The small page, with HTML for its `title`, `why`, `bar` and `data`."""
    shown = {
        "language": phrases.language,
        "home": escape(home),
        "back": escape(phrases.inline("library.back")),
        **places,
    }
    return document(_WEB, "waiting", "connect-src 'self'; form-action 'none'; img-src data:", shown)


# -- the form ----------------------------------------------------------------------


def _fields(phrases: Phrases, library: Library) -> Iterable[str]:
    """A field for each setting that is chosen by one; what else was chosen goes along."""
    for name in _CHOSEN_BY:
        given = library.chosen.given.get(name, "")
        if name == "language":
            given = library.language
        choices = _choices(phrases, library, name)
        if given and given not in dict(choices):
            choices.append((given, given))
        options = "".join(
            f'<option value="{escape(value)}"{" selected" * (value == given)}>{escape(text)}'
            "</option>"
            for value, text in choices
        )
        label = escape(phrases.inline(f"library.{name}"))
        yield f'<label>{label}<select name="{name}">{options}</select></label>'
    for name, value in library.chosen.given.items():
        if name not in _CHOSEN_BY:
            yield f'<input type="hidden" name="{name}" value="{escape(value)}">'


def _choices(phrases: Phrases, library: Library, name: str) -> list[tuple[str, str]]:
    """The values of a setting with what they are called; the empty one leaves it as it is."""
    if name == "language":
        return [(each, _name(each)) for each in languages()]
    if name == "voice":
        best = phrases.inline("library.voice-best")
        return [("", best), *((each, each) for each in library.voices)]
    if name == "duration":
        own = [("", "duration-own"), ("natural", "duration-natural")]
        return [
            *((value, phrases.inline(f"library.{key}")) for value, key in own),
            *((each, _minutes(phrases, each.partition(":")[0])) for each in _LENGTHS),
        ]
    row = SETTINGS[name]
    usual = row.written(row.default)
    texts = {value: phrases.inline(f"library.{name}-{value}") for value in row.kind.choices}
    return [("" if value == usual else value, text) for value, text in texts.items()]


# -- a routine ---------------------------------------------------------------------


def _entry(phrases: Phrases, language: str, entry: Entry) -> str:
    foreign = base(entry.language) != base(language)
    spoken = f' lang="{escape(entry.language)}"' if foreign else ""
    title = escape(entry.title)
    if entry.problem:
        broken = escape(phrases.inline("library.broken"))
        problem = escape(entry.problem)
        return f'<li><h3>{title}</h3><p class="problem">{broken}\n{problem}</p></li>'
    figure = str(max(1, round(entry.ms / 60_000)))
    length = _minutes(phrases, figure)
    if not entry.exact:
        length = phrases.inline("library.about", time=length)
    tag = f" <em{spoken}>{escape(_name(entry.language))}</em>" if foreign else ""
    play = escape(phrases.inline("page.play", title=entry.title))
    start = escape(phrases.inline("library.start"))
    file = escape(phrases.inline("library.file", title=entry.title))
    return (
        f'<li><h3{spoken}>{title}</h3><p class="length">{escape(length)}</p>'
        f'<p class="about"{spoken}>{escape(entry.about)}</p>'
        f'<p class="holds">{_holds(phrases, spoken, entry.exercises)}{tag}</p>'
        f'<p class="ways"><a href="{escape(entry.page)}" aria-label="{play}">{_PLAY}{start}'
        f'</a><a href="{escape(entry.sound)}" aria-label="{file}" download>'
        f"{escape(phrases.inline('library.mp3'))}</a></p></li>"
    )


def _holds(phrases: Phrases, spoken: str, exercises: Sequence[str]) -> str:
    """The exercises by name, or how many there are."""
    if len(exercises) > _SHOWN:
        return escape(phrases.inline("sheet.exercises", count=len(exercises)))
    return f"<span{spoken}>{escape(_BETWEEN.join(exercises))}</span>"


def _name(language: str) -> str:
    """A language as it calls itself."""
    return _NAMES.get(base(language), language)


def _minutes(phrases: Phrases, figure: str) -> str:
    return phrases.inline("library.minutes", figure=figure)
