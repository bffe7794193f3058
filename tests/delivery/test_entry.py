"""Where a file of a session may begin: at what is told, and at a rep whose start is meant."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import clip_lengths, examples

from audiocoach import Coaching
from audiocoach.coaching.compiler import compile_script
from audiocoach.delivery.entry import Entries, ms
from audiocoach.remote import Intent, Place, Remote
from audiocoach.routine.load import bundled, load
from audiocoach.timeline import fit
from audiocoach.timeline.landing import landed
from audiocoach.timeline.script import IntervalKind

NAMES = [name for name, _ in bundled()]


@cache
def remote(name: str) -> Remote:
    script = compile_script(load(name), Coaching())
    return Remote(fit(script, clip_lengths(script.sounds(), 1)))


@settings(max_examples=examples(100))
@given(st.sampled_from(NAMES), st.floats(0, 0.999))
def test_any_moment_begins_where_that_is_told(name: str, share: float) -> None:
    session = remote(name)
    moment = int(session.timeline.total * share) // 48
    at = Entries(session.timeline).at(moment)
    if moment not in map(ms, session.taken_up):
        assert at == landed(session.landings, moment * 48)
        assert at <= moment * 48


@pytest.mark.parametrize("name", NAMES)
def test_each_rep_can_be_gone_to(name: str) -> None:
    session = remote(name)
    entries = Entries(session.timeline)
    for at in session.taken_up:
        assert entries.at(entries.moment(at)) == at
        assert ms(at) - 1 not in map(ms, session.taken_up)
        assert entries.at(ms(at) - 1) in session.landings


@pytest.mark.parametrize("name", ["foot-relief", "tabata", "circuit", "balance"])
def test_a_skipped_rest_goes_on_with_what_counts_into_what_follows(name: str) -> None:
    session = remote(name)
    entries = Entries(session.timeline)
    for unit in session.done:
        if unit.kind is IntervalKind.REST:
            start = unit.steps[0].start
            to = session.answer(Intent.SKIP_REST, Place(start)).place.at
            assert to > start
            assert entries.at(entries.moment(to)) == to, "not with the rest again"
