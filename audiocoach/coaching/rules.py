"""The cue rules: what may be said when, how much it matters, and what switches it off.

One row for each rule. If two cues meet in a time too short for both, the one with the lower
`priority` is left out, and a note says so. The words are in the phrase catalogues and in the
routine; on which beat a number falls is in `counting.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from audiocoach.settings.table import Settings
from audiocoach.settings.values import Telling
from audiocoach.timeline.script import CueKind

_ALL: Final = frozenset({Telling.FULL, Telling.BRIEF, Telling.MINIMAL})
_WORDY: Final = frozenset({Telling.FULL, Telling.BRIEF})
_FULL: Final = frozenset({Telling.FULL})
_SHORT: Final = _ALL - _FULL


@dataclass(frozen=True, slots=True)
class Rule:
    """When something is said, as what, and how much it matters."""

    when: str
    kind: CueKind
    priority: int
    """0 to 100: the higher, the longer it is kept when time is short."""
    told: frozenset[Telling] = _ALL
    """The amounts of explanation (`--coaching`) in which it is said."""
    switch: str = ""
    """The setting that must be on."""
    least: int = 0
    """The shortest time (ms), or the fewest reps, in which it is said."""
    pictured: bool = False
    """Whether it describes a position or a movement, which takes the listener a moment to picture.
    """


_K = CueKind

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        # -- the session begins ------------------------------------------------------
        "hello": Rule("the session begins", _K.WELCOME, 50),
        "extent": Rule("after the title: length and exercises", _K.WELCOME, 50, _WORDY),
        "changed": Rule("the user changed the dose", _K.WELCOME, 60),
        "about": Rule("what the routine is for", _K.WELCOME, 20, _FULL),
        "need": Rule("equipment is needed", _K.WELCOME, 60),
        "prepare": Rule("what to do first", _K.WELCOME, 60),
        "session-safety": Rule("before the first exercise", _K.SAFETY, 90),
        "begin": Rule("the first exercise follows", _K.WELCOME, 20, _WORDY),
        # -- an exercise is told, in this order --------------------------------------
        "task": Rule("something without a dose comes before", _K.SET_UP, 82, pictured=True),
        "pause": Rule("the listener may pause the player", _K.SET_UP, 78),
        "group": Rule("a group with a name begins", _K.NAME, 60),
        "name": Rule("an exercise begins", _K.NAME, 70),
        "purpose": Rule("after the name: why", _K.INSTRUCTION, 20, _FULL),
        "place": Rule("equipment or place changes", _K.SET_UP, 80, pictured=True),
        "position": Rule("the position changes", _K.SET_UP, 85, pictured=True),
        "setup": Rule("the start position", _K.SET_UP, 75, pictured=True),
        "eyes_free": Rule(
            "position and contact by touch", _K.SET_UP, 75, _WORDY, "eyes_free", pictured=True
        ),
        "support": Rule("what to hold on to", _K.SAFETY, 90),
        "brief": Rule(
            "in place of the rest of the telling", _K.INSTRUCTION, 40, _SHORT, pictured=True
        ),
        "movement": Rule("what moves", _K.INSTRUCTION, 45, _FULL, pictured=True),
        "breath": Rule("when to breathe", _K.INSTRUCTION, 30, _FULL, "breath"),
        "feel": Rule("what it feels like", _K.INSTRUCTION, 25, _FULL),
        "mistake": Rule("what to avoid", _K.INSTRUCTION, 30, _FULL),
        "easier": Rule("how to make it easier", _K.INSTRUCTION, 30, _FULL),
        "harder": Rule("how to make it harder", _K.INSTRUCTION, 15, _FULL),
        "dose": Rule("how many, how long", _K.INSTRUCTION, 45),
        "variant": Rule("the first of several ways", _K.INSTRUCTION, 65, pictured=True),
        "start": Rule("what is tiring or unsafe to wait in", _K.SET_UP, 86),
        "finish": Rule("what start has led into is left", _K.SET_UP, 88),
        "ready": Rule("before the count-in", _K.ACTION, 70),
        "count-in": Rule("the last seconds before an effort", _K.COUNTDOWN, 72),
        # -- a rep, a hold, a bout ---------------------------------------------------
        "action": Rule("a movement or a hold begins or ends", _K.ACTION, 95),
        "own-cue": Rule("words of the routine at an instant", _K.INSTRUCTION, 55),
        "own-sound": Rule("the routine has a sound of the user's at an instant", _K.CHIME, 57),
        "bell": Rule("the routine has a bell at an instant", _K.CHIME, 70, _ALL, "chimes"),
        "count": Rule("on each counted second or rep", _K.COUNT, 68),
        "run-out": Rule("the last 5, 3, 2, 1 seconds", _K.COUNTDOWN, 72),
        "halfway": Rule("half of a time is over", _K.HALFWAY, 58, _ALL, "halfway", 15_000),
        "time-left": Rule("so long before the end", _K.COUNTDOWN, 66, _ALL, "", 20_000),
        "remark": Rule("nothing was heard for long", _K.ORIENT, 10),
        "encourage": Rule(
            "in the last third", _K.ENCOURAGEMENT, 12, _WORDY, "encouragement", 40_000
        ),
        "rep-number": Rule("before a rep", _K.REP, 60, _WORDY),
        "rep-side": Rule("before a rep of the other side", _K.SIDE, 80),
        "breath-pace": Rule("in and out, in a time written in breaths", _K.ACTION, 86),
        "reps-halfway": Rule("half of the reps are done", _K.REP, 69, _ALL, "halfway", 6),
        "two-more": Rule("two reps are left", _K.REP, 69, _WORDY, "last_one", 4),
        "last-one": Rule("before the last rep", _K.REP, 69, _ALL, "last_one", 2),
        # -- sides, variants, rests --------------------------------------------------
        "side-change": Rule("the side changes", _K.SIDE, 80, pictured=True),
        "side-known": Rule("the side changes, which `start` names too", _K.SIDE, 60),
        "variant-change": Rule("the variant changes", _K.SIDE, 80, pictured=True),
        "rest": Rule("a rest begins", _K.REST, 73),
        "rest-ends": Rule("the last seconds of a rest", _K.COUNTDOWN, 72),
        "next": Rule("in a rest: what comes next", _K.NEXT, 56, _WORDY),
        "next-named": Rule("in a rest: a round with a name of its own comes next", _K.NEXT, 73),
        "new-load": Rule("the load is another in the next set, or on the other side", _K.NEXT, 76),
        "new-dose": Rule("what else is another there", _K.NEXT, 74),
        "known-dose": Rule("in a later round: a dose unlike others since", _K.NEXT, 57, _WORDY),
        "last-next": Rule(
            "in a rest: the last set or round comes next", _K.NEXT, 56, _ALL, "last_one"
        ),
        "for-later": Rule("in a rest: before an order for what comes next", _K.NEXT, 55),
        "support-again": Rule("in a rest: what to hold on to at what comes next", _K.SET_UP, 84),
        "station": Rule("in a rest: how the next exercise is done", _K.INSTRUCTION, 70),
        "next-exercise": Rule("in a rest: which exercise comes next", _K.NEXT, 82),
        # -- an exercise ends, the session ends --------------------------------------
        "well-done": Rule("an exercise is over", _K.ENCOURAGEMENT, 20, _FULL, "encouragement"),
        "after": Rule("what to put away", _K.SET_UP, 75),
        "orient": Rule("inside a long pause", _K.ORIENT, 10),
        "done": Rule("the last exercise is over", _K.CLOSE, 50),
        "closing": Rule("the routine's closing words", _K.CLOSE, 40, _WORDY),
        "schedule": Rule("how often, outside this session", _K.CLOSE, 45, _WORDY),
        "settle": Rule("before the last pause", _K.CLOSE, 40),
        "goodbye": Rule("the end", _K.CLOSE, 30),
        "chime": Rule("start, change of side, end", _K.CHIME, 35, _ALL, "chimes"),
    }
)
"""Every rule by its name."""

_NAMES: Final = tuple(RULES)
TELLING: Final = _NAMES[_NAMES.index("purpose") : _NAMES.index("dose") + 1]
"""What is said about an exercise after its name, in order; most of these rules are fields of it."""
AMOUNTS: Final = ("new-dose", "known-dose")
"""Rules of lines on how much is done next, which may end in a number."""
DOSES: Final = (*AMOUNTS, "new-load")
"""The same, and with how much weight."""


def says(name: str, settings: Settings, telling: Telling) -> bool:
    """Whether the rule applies to this amount of explanation, and its setting is on."""
    rule = RULES[name]
    return telling in rule.told and (not rule.switch or bool(getattr(settings, rule.switch)))


def telling_of(settings: Settings, times_before: int) -> Telling:
    """How much is explained of something done `times_before`: fading goes from full to minimal."""
    if settings.coaching is not Telling.FADE:
        return settings.coaching
    return (Telling.FULL, Telling.BRIEF, Telling.MINIMAL)[min(times_before, 2)]
