"""Every bundled routine, at its own length, squeezed and stretched, heard as in `test_sessions.py`.

What is expected stands in `prescriptions.py`, and for the feet in `feet.py`. All sessions are
built and heard at once, on every core; so one test alone takes as long as all of them.
"""

from __future__ import annotations

import functools
import multiprocessing
import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice, product
from pathlib import Path
from typing import Any

import feet
import numpy as np
import pytest
from ears import MS, RATE, SIDES, Grammar, Pcm
from faults import inserted, moved, silence, silenced, span_of, swapped
from hearing import ROOT, build, chapters_of, decode, hear, hear_sound
from hypothesis import settings
from prescriptions import ADVANCED, IN_GENERAL, IN_POSES, ROUTINES, calls_in, score_of
from score import (
    EXACT,
    Finding,
    Heard,
    Score,
    check_beats,
    check_every_slot,
    check_no_other_count,
    check_not_again,
    check_nothing_extra,
    check_rhythms,
    check_same_sounds,
    check_silences,
    check_spans,
    check_warnings,
    check_words,
)

OWN, SQUEEZED, STRETCHED = "own", "squeezed", "stretched"
LENGTHS = (OWN, SQUEEZED, STRETCHED)
OTHERS = {
    name: LENGTHS[1:] if settings().max_examples >= 100 else (LENGTHS[1 + place % 2],)
    for place, name in enumerate(ROUTINES)
}
"""Which other lengths a routine is heard at: both by `.ci/run`, one of them by `scripts/test`."""
HEARD = [(name, length) for name in ROUTINES for length in (OWN, *OTHERS[name])]
UNDERSTOOD = {
    "tabata": IN_GENERAL,
    "four-seven-eight": IN_GENERAL,
    "desk-break": IN_GENERAL,
    "ladder": IN_GENERAL,
    "sun-salutation": IN_POSES,
}
"""The sessions whose words are recognised: it is slow. In the others, equal words sound equal."""


_TOLD = 6
"""Seconds in which a length is told at most."""

Key = tuple[str, ...]


@dataclass(frozen=True)
class Order:
    """A session to be heard."""

    key: Key
    file: Path
    score: Score
    sounds: bool = False
    grammar: Grammar | None = None


@dataclass(frozen=True)
class Session:
    """A session that was built and heard."""

    file: Path
    asked: float | None
    """Seconds; None: as long as it comes."""
    told: int
    """Samples, by the report of the build."""
    heard: Heard | None

    @property
    def what_was_heard(self) -> Heard:
        assert self.heard is not None
        return self.heard


def _seconds(report: Mapping[str, Any], limit: str) -> int:
    """Two thirds of the way from the natural length to a limit, in whole seconds.

    But a length that is asked for is told, which takes some seconds.
    """
    fit = report["fit"]
    natural: int = fit["natural"]
    there: int = fit[limit]
    seconds = round((natural + (there - natural) * 2 / 3) / 1000)
    return max(seconds, there // 1000 + _TOLD) if limit == "shortest" else seconds


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _heard(orders: Iterable[Order]) -> dict[Key, Heard]:
    """Hear sessions on all cores."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=spawn) as pool:
        asked = {
            order.key: pool.submit(
                hear, order.file, order.score, sounds=order.sounds, grammar=order.grammar
            )
            for order in orders
        }
        return {key: future.result() for key, future in asked.items()}


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> dict[Key, Session]:
    """Each routine by its name and one of `LENGTHS`."""
    folder = tmp_path_factory.mktemp("library")
    own = build(cache, *ROUTINES, "-o", str(folder))
    asked = {
        (name, length): _seconds(report, limit)
        for name, report in zip(ROUTINES, own, strict=True)
        for length, limit in ((SQUEEZED, "shortest"), (STRETCHED, "longest"))
    }

    def build_fitted(name: str) -> list[dict[str, Any]]:
        lengths = ",".join(_clock(asked[name, length]) for length in OTHERS[name])
        return build(cache, name, "-d", lengths, "-o", str(folder / name))

    with ThreadPoolExecutor(max_workers=2) as pool:
        fitted = list(pool.map(build_fitted, ROUTINES))
    reports = {
        (name, length): report
        for name, of_own, others in zip(ROUTINES, own, fitted, strict=True)
        for length, report in zip((OWN, *OTHERS[name]), (of_own, *others), strict=True)
    }
    lengths: dict[tuple[str, str], float | None] = {**asked}
    lengths |= {(name, OWN): routine.own_length for name, routine in ROUTINES.items()}
    heard = _heard(
        Order(
            key,
            Path(report["file"]),
            score_of(ROUTINES[key[0]]),
            sounds=key[1] == OWN,
            grammar=_grammar(*key),
        )
        for key, report in reports.items()
    )
    return {
        key: Session(Path(report["file"]), lengths[key], report["samples"], heard[key])
        for key, report in reports.items()
    }


def _grammar(name: str, length: str) -> Grammar | None:
    return UNDERSTOOD.get(name) if length == OWN and find_spec("pocketsphinx") else None


def test_every_bundled_routine_is_heard() -> None:
    library = ROOT / "audiocoach/routine/library"
    assert {file.stem for file in library.glob("*.yaml")} == {*ROUTINES, *feet.SOURCES}


BEAT_CHECKS: tuple[Callable[[Heard], list[Finding]], ...] = (
    check_every_slot,
    check_beats,
    check_rhythms,
    check_spans,
    check_nothing_extra,
    check_no_other_count,
)
SOUND_CHECKS = (check_same_sounds, check_not_again)


def findings(heard: Heard) -> list[Finding]:
    """All that is wrong with the times, and with the sounds if they were compared."""
    checks = (*BEAT_CHECKS, *SOUND_CHECKS) if heard.sounds else BEAT_CHECKS
    return [finding for check in checks for finding in check(heard)]


@pytest.mark.parametrize(("name", "length"), HEARD)
def test_the_prescription_is_heard(library: dict[Key, Session], name: str, length: str) -> None:
    assert findings(library[name, length].what_was_heard) == []


@pytest.mark.parametrize(("name", "length"), HEARD)
def test_it_is_as_long_as_asked_for_to_the_sample(
    library: dict[Key, Session], name: str, length: str
) -> None:
    session = library[name, length]
    assert session.what_was_heard.samples == session.told
    if session.asked is not None:
        assert session.what_was_heard.samples == session.asked * RATE


@pytest.mark.parametrize(("name", "length"), [key for key in HEARD if ROUTINES[key[0]].silence])
def test_no_silence_is_too_long(library: dict[Key, Session], name: str, length: str) -> None:
    longest = ROUTINES[name].silence
    assert longest is not None
    assert check_silences(library[name, length].what_was_heard, longest) == []


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_the_prescription_is_understood(library: dict[Key, Session], name: str) -> None:
    pytest.importorskip("pocketsphinx", reason="pocketsphinx has no wheel here")
    heard = library[name, OWN].what_was_heard
    assert check_words(heard, UNDERSTOOD[name]) == []
    if UNDERSTOOD[name] is IN_GENERAL:
        assert check_warnings(heard) == []


# --- Levels -----------------------------------------------------------------------------------

LEVELS = ("beginner", "intermediate", "advanced")
WITH_LEVELS = ("balance", "emom", "pelvic-floor", "sun-salutation")


def test_every_level_fits(tmp_path: Path, cache: Path) -> None:
    """Each at its own length, and all near the shortest of the advanced."""
    every = ("--level", ",".join(LEVELS))
    reports = iter(build(cache, *WITH_LEVELS, *every, "-o", str(tmp_path)))
    for name in WITH_LEVELS:
        fits = [report["fit"] for report in islice(reports, len(LEVELS))]
        natural = [fit["natural"] for fit in fits]
        assert natural == sorted(natural)
        seconds = fits[-1]["shortest"] // 1000 + 10  # a length asked for is told, which takes some
        fitted = build(cache, name, *every, "-d", _clock(seconds), "-o", str(tmp_path / name))
        assert [report["samples"] for report in fitted] == [seconds * RATE] * len(LEVELS)


@pytest.mark.parametrize("name", ADVANCED)
def test_the_advanced_do_more(tmp_path: Path, cache: Path, name: str) -> None:
    file = tmp_path / f"{name}.mp3"
    build(cache, name, "--level", "advanced", "-o", str(file))
    assert findings(hear(file, score_of(ADVANCED[name]), sounds=True)) == []


# --- The feet in four languages ---------------------------------------------------------------

LANGUAGES = ("en", "de", "es", "fr")
FEET_SECONDS = {OWN: 20 * 60, SQUEEZED: 19 * 60 + 40, STRETCHED: 24 * 60}
FEET = list(product(feet.SOURCES, LANGUAGES, LENGTHS))
HEARD_FEET = [
    key
    for key in FEET
    if key[1:] != ("en", OWN)  # `test_sessions.py` hears it
    and (key[2] != SQUEEZED or key[:2] in (("foot-relief", "en"), ("foot-relief", "fr")))
    and (key[2] != STRETCHED or key[:2] in (("foot-care", "de"), ("foot-care", "es")))
]
"""Each language at another length than 20:00 once; which words are said is not checked."""


@pytest.fixture(scope="session")
def translated(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> dict[Key, Session]:
    """The foot routines by name, language and length."""
    folder = tmp_path_factory.mktemp("translated")
    lengths = ",".join(_clock(seconds) for seconds in FEET_SECONDS.values())
    flags = ("--language", ",".join(LANGUAGES), "-d", lengths, "-o", str(folder))
    reports = dict(zip(FEET, build(cache, *feet.SOURCES, *flags), strict=True))
    scores = {name: feet.score_of(source) for name, source in feet.SOURCES.items()}
    heard = _heard(Order(key, Path(reports[key]["file"]), scores[key[0]]) for key in HEARD_FEET)
    return {
        key: Session(Path(report["file"]), FEET_SECONDS[key[2]], report["samples"], heard.get(key))
        for key, report in reports.items()
    }


@pytest.mark.parametrize("key", HEARD_FEET, ids="-".join)
def test_the_feet_are_told_on_the_beat_in_every_language(
    translated: dict[Key, Session], key: Key
) -> None:
    session, source = translated[key], feet.SOURCES[key[0]]
    heard = session.what_was_heard
    checks = [check for check in feet.BEAT_CHECKS if check != check_same_sounds]
    assert [finding for check in checks for finding in check(heard)] == []
    assert feet.check_rests(heard, source, chapters_of(session.file)) == []
    assert check_silences(heard) == []
    assert heard.samples == session.told


@pytest.mark.parametrize("key", FEET, ids="-".join)
def test_the_feet_have_their_length_in_every_language(
    translated: dict[Key, Session], key: Key
) -> None:
    assert translated[key].told == FEET_SECONDS[key[2]] * RATE


# --- What the checks notice -------------------------------------------------------------------


@dataclass(frozen=True)
class Spoilt:
    """A session whose sound is at hand, to be spoilt."""

    name: str
    pcm: Pcm
    truth: Heard

    def findings(self, pcm: Pcm) -> list[Finding]:
        return findings(hear_sound(pcm, self.truth.score, sounds=True))

    def span(self, word: str, number: int) -> slice:
        """The samples of a word, where it is asked for the n-th time."""
        slots = [n for n, slot in enumerate(self.truth.score.slots) if slot.word == word]
        return span_of(self.truth, slots[number])


@pytest.fixture(scope="session")
def whole(library: dict[Key, Session]) -> Callable[[str], Spoilt]:
    """A session as it was built, once decoded."""

    @functools.cache
    def decoded(name: str) -> Spoilt:
        session = library[name, OWN]
        return Spoilt(name, decode(session.file), session.what_was_heard)

    return decoded


def without(pcm: Pcm, start: int, stop: int) -> Pcm:
    """The same with a stretch cut out, and the silence for it at the end."""
    return np.concatenate([pcm[:start], pcm[stop:], np.zeros(stop - start, np.int16)])


def test_nothing_is_found_where_nothing_is_wrong(whole: Callable[[str], Spoilt]) -> None:
    tabata = whole("tabata")
    assert tabata.findings(tabata.pcm) == []


@pytest.mark.parametrize("ms", [-20, 20])
def test_a_rest_20_ms_beside_its_length_is_noticed(whole: Callable[[str], Spoilt], ms: int) -> None:
    """In the silence before the fourth count-in."""
    tabata = whole("tabata")
    at = tabata.span("three", 8).start - 100 * MS
    spoilt = (
        without(tabata.pcm, at + ms * MS, at) if ms < 0 else inserted(tabata.pcm, at, silence(ms))
    )
    (finding,) = tabata.findings(spoilt)
    assert finding.startswith(f"rest: {10 + ms / 1000:.3f} s")


def test_a_sprint_less_is_noticed(whole: Callable[[str], Spoilt]) -> None:
    """Its calls are not heard, or other words stand in for them beside their times."""
    tabata = whole("tabata")
    start, stop = tabata.span("sprint", 3).start, tabata.span("sprint", 4).start
    found = tabata.findings(without(tabata.pcm, start, stop))
    missing = [finding for finding in found if ": no “" in finding]
    beside = [finding for finding in found if " ms at " in finding]
    assert missing
    assert len(missing) + len(beside) >= len(calls_in(20))


def test_a_sprint_more_is_noticed(whole: Callable[[str], Spoilt]) -> None:
    tabata = whole("tabata")
    start, stop = tabata.span("sprint", 3).start, tabata.span("sprint", 4).start
    found = tabata.findings(inserted(tabata.pcm, start, tabata.pcm[start:stop]))
    assert [finding for finding in found if finding.startswith("“sprint” once more")]


@pytest.mark.parametrize("ms", [-30, 30])
@pytest.mark.parametrize(
    ("name", "word", "number"),
    [("tabata", "halfway", 4), ("four-seven-eight", "six", 2), ("desk-break", "five", 1)],
)
def test_a_count_beside_its_beat_is_noticed(
    whole: Callable[[str], Spoilt], name: str, word: str, number: int, ms: int
) -> None:
    session = whole(name)
    (finding,) = session.findings(moved(session.pcm, session.span(word, number), ms))
    error = re.search(rf"“{word}” ([+-]\d+) ms", finding)
    assert error is not None
    assert abs(int(error[1]) - ms) <= 1000 * EXACT


def test_a_breath_held_20_ms_longer_is_noticed(whole: Callable[[str], Spoilt]) -> None:
    """The end of the hold is late, and nothing after it."""
    session = whole("four-seven-eight")
    at = session.span("out", 2).start - 50 * MS
    (finding,) = session.findings(inserted(session.pcm, at, silence(20)))
    assert "“out” +20 ms" in finding


def test_a_breath_less_is_noticed(whole: Callable[[str], Spoilt]) -> None:
    session = whole("four-seven-eight")
    start, stop = session.span("in", 2).start, session.span("in", 3).start
    assert len(session.findings(without(session.pcm, start, stop))) >= 4 + 7 + 8


def test_a_missing_count_is_noticed(whole: Callable[[str], Spoilt]) -> None:
    session = whole("desk-break")
    (finding,) = session.findings(silenced(session.pcm, session.span("three", 4)))
    assert "no “three”" in finding


def test_a_rep_less_on_one_side_is_noticed(whole: Callable[[str], Spoilt]) -> None:
    session = whole("desk-break")
    start, stop = session.span("straighten", 4).start, session.span("straighten", 5).start
    assert session.findings(without(session.pcm, start, stop))


def test_a_rep_more_is_noticed(whole: Callable[[str], Spoilt]) -> None:
    session = whole("pelvic-floor")
    start, stop = (
        session.span("squeeze and lift", 4).start,
        session.span("squeeze and lift", 5).start,
    )
    assert session.findings(inserted(session.pcm, start, session.pcm[start:stop]))


def test_tensing_longer_than_prescribed_is_noticed(whole: Callable[[str], Spoilt]) -> None:
    session = whole("muscle-relaxation")
    at = session.span("and let go", 6).start - 100 * MS
    (finding,) = session.findings(inserted(session.pcm, at, silence(50)))
    assert finding.startswith("tense: part 7: 10.05")


def test_an_uneven_rep_is_noticed(whole: Callable[[str], Spoilt]) -> None:
    """The sixth squat, five after the first, is 30 ms late.

    Of a number that is heard once nobody could tell so exactly.
    """
    session = whole("ladder")
    (finding,) = session.findings(moved(session.pcm, session.span("six", 0), 30))
    assert finding.startswith("squat: 21: count 5 +")


def test_the_wrong_foot_is_noticed(whole: Callable[[str], Spoilt]) -> None:
    """The words change places; times and sounds alone would not tell."""
    pytest.importorskip("pocketsphinx", reason="pocketsphinx has no wheel here")
    session = whole("sun-salutation")
    right, left = (session.span(f"{side} foot back", 0) for side in SIDES)
    spoilt = hear_sound(swapped(session.pcm, right, left), session.truth.score, grammar=IN_POSES)
    assert spoilt.words is not None
    lunges = {
        slot.word: spoilt.words[segment]
        for slot, segment in zip(spoilt.score.slots, spoilt.filled, strict=True)
        if segment is not None and slot.word in ("right foot back", "left foot back")
    }
    assert lunges == {
        "right foot back": "left foot back",
        "left foot back": "right foot back",
    }
