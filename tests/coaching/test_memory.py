"""A process that makes sessions for years keeps nothing of them.

`SESSIONS=1000 scripts/test tests/coaching/test_memory.py` makes as many.
"""

from __future__ import annotations

import gc
import json
import os
import tracemalloc
from collections.abc import Iterator
from typing import Any, cast

import pytest

from audiocoach.coaching import phrases
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import phrases_for
from audiocoach.readings import text as readings
from audiocoach.routine.load import loads
from audiocoach.timeline import fit

SESSIONS = int(os.environ.get("SESSIONS", "12"))
LANGUAGES = ("en", "de-AT")
LONG = "of a very long name indeed"
NOISE = 1_000
"""Bytes a session; what is said of one and remembered for ever is four times as many."""


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


def make_session(number: int) -> None:
    """A session no part of which was ever said before."""
    name = f"{number} {LONG}"
    exercises = [
        {"name": f"squat {name}", "reps": 3, "rep_duration": "2s"},
        {"name": f"hold {name}", "hold": "3s", "sides": "right-then-left", "limb": f"leg {name}"},
        {"name": f"walk {name}", "work": "20s", "sets": 2, "rest": "5-10s", "go": f"Walk {name}"},
    ]
    about = {"title": name, "language": LANGUAGES[number % len(LANGUAGES)], "exercises": exercises}
    script = compile_script(loads(json.dumps(about)))
    fit(script, dict.fromkeys(script.sounds(), 48_000))


def held() -> int:
    """The bytes that are held now."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def make_sessions(first: int) -> int:
    """Make sessions; gives the bytes held after them."""
    for number in range(first, first + SESSIONS):
        make_session(number)
    return held()


def grown(monkeypatch: pytest.MonkeyPatch, remembered: int | None) -> int:
    """The bytes a session leaves behind where so many phrases and readings are remembered."""
    for module in (phrases, readings):
        monkeypatch.setattr(module, "_REMEMBERED", remembered)
    forget()
    make_sessions(0)  # what has an end is filled
    before = make_sessions(SESSIONS)
    after = make_sessions(2 * SESSIONS)
    forget()
    return (after - before) // SESSIONS


def forget() -> None:
    """Make the catalogues and readers anew, with nothing remembered."""
    phrases._catalogue.cache_clear()
    readings._reader.cache_clear()


@pytest.mark.usefixtures("traced")
def test_nothing_is_kept_of_a_session(monkeypatch: pytest.MonkeyPatch) -> None:
    assert grown(monkeypatch, 50) < NOISE


@pytest.mark.usefixtures("traced")
def test_what_is_kept_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert grown(monkeypatch, None) > 2 * NOISE


def test_what_a_language_remembers_has_an_end() -> None:
    most = phrases_for("en")._said.cache_parameters()["maxsize"]
    assert most is not None
    assert most < 10_000


def test_what_was_read_is_remembered_up_to_an_end() -> None:
    read = cast(Any, readings._reader("en"))
    assert 0 < read.cache_parameters()["maxsize"] < 10_000


def test_a_language_is_read_once_whatever_the_country() -> None:
    assert phrases_for("en-GB") is phrases_for("en-AU") is phrases_for("en")
