"""Every bundled routine, at its own length, squeezed and stretched, heard as in `test_sessions.py`.

What is expected stands in `prescriptions.py`, and for the feet in `feet.py`. All sessions are
built and heard at once, on every core; so one test alone takes as long as all of them.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import islice, product
from pathlib import Path
from typing import Any

import feet
import numpy as np
import pytest
from ears import MS, RATE, SIDES, STOCK, Ears, Grammar, Pcm
from faults import inserted, moved, silence, silenced, span_of, swapped
from hearing import build, chapters_of, clips_of, decode, hear
from prescriptions import ADVANCED, IN_POSES, ROUTINES, score_of
from score import (
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
    listen,
)

OWN, SQUEEZED, STRETCHED = "own", "squeezed", "stretched"
LENGTHS = (OWN, SQUEEZED, STRETCHED)
UNDERSTOOD = {
    "tabata": STOCK,
    "four-seven-eight": STOCK,
    "desk-break": STOCK,
    "ladder": STOCK,
    "sun-salutation": IN_POSES,
}
"""The sessions whose words are recognised: it is slow. In the others, equal words sound equal."""


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
    """Two thirds of the way from the natural length to a limit, in whole seconds."""
    fit = report["fit"]
    return round((fit["natural"] + (fit[limit] - fit["natural"]) * 2 / 3) / 1000)


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
def library(tmp_path_factory: pytest.TempPathFactory) -> dict[Key, Session]:
    """Each routine by its name and one of `LENGTHS`."""
    folder, clips = tmp_path_factory.mktemp("library"), clips_of(tmp_path_factory)
    own = build(clips, *ROUTINES, "-o", str(folder))
    asked = {
        name: (_seconds(report, "shortest"), _seconds(report, "longest"))
        for name, report in zip(ROUTINES, own, strict=True)
    }

    def build_fitted(name: str) -> list[dict[str, Any]]:
        lengths = ",".join(_clock(seconds) for seconds in asked[name])
        return build(clips, name, "-d", lengths, "-o", str(folder / name))

    with ThreadPoolExecutor(max_workers=2) as pool:
        fitted = list(pool.map(build_fitted, ROUTINES))
    reports = {
        (name, length): report
        for name, of_own, (squeezed, stretched) in zip(ROUTINES, own, fitted, strict=True)
        for length, report in zip(LENGTHS, (of_own, squeezed, stretched), strict=True)
    }
    lengths: dict[tuple[str, str], float | None] = {
        **{(name, OWN): routine.own_length for name, routine in ROUTINES.items()},
        **{(name, SQUEEZED): asked[name][0] for name in ROUTINES},
        **{(name, STRETCHED): asked[name][1] for name in ROUTINES},
    }
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


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("name", ROUTINES)
def test_the_prescription_is_heard(library: dict[Key, Session], name: str, length: str) -> None:
    assert findings(library[name, length].what_was_heard) == []


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("name", ROUTINES)
def test_it_is_as_long_as_asked_for_to_the_sample(
    library: dict[Key, Session], name: str, length: str
) -> None:
    session = library[name, length]
    assert session.what_was_heard.samples == session.told
    if session.asked is not None:
        assert session.what_was_heard.samples == session.asked * RATE


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("name", [name for name in ROUTINES if ROUTINES[name].silence])
def test_no_silence_is_too_long(library: dict[Key, Session], name: str, length: str) -> None:
    longest = ROUTINES[name].silence
    assert longest is not None
    assert check_silences(library[name, length].what_was_heard, longest) == []


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_the_prescription_is_understood(library: dict[Key, Session], name: str) -> None:
    pytest.importorskip("pocketsphinx", reason="pocketsphinx has no wheel here")
    heard = library[name, OWN].what_was_heard
    assert check_words(heard, UNDERSTOOD[name]) == []
    if UNDERSTOOD[name] is STOCK:
        assert check_warnings(heard) == []


# --- Levels -----------------------------------------------------------------------------------

LEVELS = ("beginner", "intermediate", "advanced")
WITH_LEVELS = ("balance", "emom", "pelvic-floor", "sun-salutation")


def test_every_level_fits(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each at its own length, and at one for all levels."""
    folder, clips = tmp_path_factory.mktemp("levels"), clips_of(tmp_path_factory)
    every = ("--level", ",".join(LEVELS))
    reports = iter(build(clips, *WITH_LEVELS, *every, "-o", str(folder)))
    for name in WITH_LEVELS:
        natural = [report["fit"]["natural"] for report in islice(reports, len(LEVELS))]
        assert natural == sorted(natural)
        seconds = -(-natural[-1] // 1000)
        fitted = build(clips, name, *every, "-d", _clock(seconds), "-o", str(folder / name))
        assert [report["samples"] for report in fitted] == [seconds * RATE] * len(LEVELS)


@pytest.mark.parametrize("name", ADVANCED)
def test_the_advanced_do_more(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    file = tmp_path_factory.mktemp("advanced") / f"{name}.mp3"
    build(clips_of(tmp_path_factory), name, "--level", "advanced", "-o", str(file))
    assert findings(hear(file, score_of(ADVANCED[name]), sounds=True)) == []


# --- The feet in four languages ---------------------------------------------------------------

LANGUAGES = ("en", "de", "es", "fr")
FEET_SECONDS = {OWN: 20 * 60, SQUEEZED: 18 * 60 + 30, STRETCHED: 24 * 60}
FEET = list(product(feet.SOURCES, LANGUAGES, LENGTHS))
HEARD_FEET = [
    key
    for key in FEET
    if key[1:] != ("en", OWN)  # `test_sessions.py` hears it
    and (key[2] != SQUEEZED or key[0] == "foot-relief")
    and (key[2] != STRETCHED or key[0] == "foot-care")
]
"""Each language at each length once at least; which words are said is not checked."""


@pytest.fixture(scope="session")
def translated(tmp_path_factory: pytest.TempPathFactory) -> dict[Key, Session]:
    """The foot routines by name, language and length."""
    folder = tmp_path_factory.mktemp("translated")
    lengths = ",".join(_clock(seconds) for seconds in FEET_SECONDS.values())
    flags = ("--language", ",".join(LANGUAGES), "-d", lengths, "-o", str(folder))
    reports = dict(zip(FEET, build(clips_of(tmp_path_factory), *feet.SOURCES, *flags), strict=True))
    scores = {name: feet.score_of(source) for name, source in feet.SOURCES.items()}
    heard = _heard(
        Order(key, Path(reports[key]["file"]), scores[key[0]], sounds=key[2] == OWN)
        for key in HEARD_FEET
    )
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
    checks = [check for check in feet.BEAT_CHECKS if heard.sounds or check != check_same_sounds]
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
        return findings(listen(pcm, score_of(ROUTINES[self.name]), Ears()))

    def span(self, word: str, number: int) -> slice:
        """The samples of a word, where it is asked for the n-th time."""
        slots = [n for n, slot in enumerate(self.truth.score.slots) if slot.word == word]
        return span_of(self.truth, slots[number])


@pytest.fixture(scope="session")
def whole(library: dict[Key, Session]) -> Callable[[str], Spoilt]:
    """A session as it was built, once decoded."""

    @cache
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
    at = tabata.span("three", 7).start - 100 * MS
    spoilt = (
        without(tabata.pcm, at + ms * MS, at) if ms < 0 else inserted(tabata.pcm, at, silence(ms))
    )
    (finding,) = tabata.findings(spoilt)
    assert finding.startswith(f"rest: {10 + ms / 1000:.3f} s")


def test_a_sprint_less_is_noticed(whole: Callable[[str], Spoilt]) -> None:
    tabata = whole("tabata")
    start, stop = tabata.span("sprint", 3).start, tabata.span("sprint", 4).start
    found = tabata.findings(without(tabata.pcm, start, stop))
    assert [finding for finding in found if "no “sprint”" in finding]


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
    assert f"“{word}” {ms:+d} ms" in finding


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
    start, stop = session.span("squeeze and lift", 4).start, session.span("number six", 0).start
    assert session.findings(inserted(session.pcm, start, session.pcm[start:stop]))


def test_tensing_longer_than_prescribed_is_noticed(whole: Callable[[str], Spoilt]) -> None:
    session = whole("muscle-relaxation")
    at = session.span("and let go", 6).start - 100 * MS
    (finding,) = session.findings(inserted(session.pcm, at, silence(50)))
    assert finding.startswith("tense: part 7: 10.05")


def test_an_uneven_rep_is_noticed(whole: Callable[[str], Spoilt]) -> None:
    """One shrug is 30 ms late."""
    session = whole("desk-break")
    (finding,) = session.findings(moved(session.pcm, session.span("six", 0), 30))
    assert finding.startswith("up and round: 10: count 6 +")


def test_the_wrong_foot_is_noticed(whole: Callable[[str], Spoilt]) -> None:
    """The words change places; times and sounds alone would not tell."""
    pytest.importorskip("pocketsphinx", reason="pocketsphinx has no wheel here")
    session = whole("sun-salutation")
    right, left = (session.span(f"{side} foot back", 0) for side in SIDES)
    spoilt = listen(
        swapped(session.pcm, right, left), session.truth.score, Ears(IN_POSES), words=True
    )
    wrong = [
        (slot.word, spoilt.words[segment])
        for slot, segment in zip(spoilt.score.slots, spoilt.filled, strict=True)
        if spoilt.words and segment is not None and "foot back" in slot.word
    ]
    assert ("right foot back", "left foot back") in wrong
    assert ("left foot back", "right foot back") in wrong
