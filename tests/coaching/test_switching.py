"""A change of sides in a prescribed time."""

from __future__ import annotations

import pytest
from heard_in import beats, text, timeline

from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.timeline.script import Chime, IntervalKind


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "ends",
    ["work: 20s, stop: Ende", "hold: 10s, reps: 2, finish: Ende.", "work: 20s, finish: Ende."],
)
@pytest.mark.parametrize("rest", ["8s", "15s"])
def test_the_word_that_ends_an_effort_comes_before_the_chime(
    language: str, ends: str, rest: str
) -> None:
    carry = f"- {{name: carry, sides: right-then-left, side_rest: {rest}, {ends}}}"
    [(span, cues)] = beats(timeline(carry, language), IntervalKind.REST)
    ended = next(cue for cue in cues if text(cue.sound) == "Ende.")
    chime = next(cue for cue in cues if cue.sound is Chime.SIDE)
    assert cues.index(ended) < cues.index(chime)
    assert ended.start - span.start < 1_000 * 48


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("countdown", [0, 3])
def test_a_variant_whose_sides_take_turns_names_the_one_it_begins_with(
    countdown: int, language: str
) -> None:
    limb = {"en": "hand", "de": "Hand", "es": "mano", "fr": "main"}[language]
    dose = f"""
    - name: X
      sides: alternating
      limb: {limb}
      each: [A, B]
      reps: 3
      rep_duration: 3s
    """
    of = timeline(dose, language, countdown=countdown)
    heard = [text(cue.sound) for cue in of.cues]
    phrases = phrases_for(language)
    changed = heard.index(phrases("cue.other", variant="B"))
    right = phrases.inline("side-name", side="right", limb=limb)
    assert right.casefold() in heard[changed + 1].casefold()


@pytest.mark.parametrize("language", languages())
def test_a_change_of_sides_may_have_room_for_no_word(language: str) -> None:
    """A second without a chime is a second of silence."""
    dose = "- {name: X, sides: right-then-left, side_rest: 1s, reps: 1, tempo: 3-1-2-0}"
    of = timeline(dose, language, chimes=False, pace="slow", countdown=0)
    (span,) = (each for each, _ in beats(of, IntervalKind.REST))
    assert span.end - span.start == 48_000
