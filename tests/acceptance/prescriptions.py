"""What the bundled routines prescribe, written down by hand from the texts they name.

`ROUTINES` is the table. Each part of a routine writes its words into a score: when they have to
be heard, and between what nothing else may be. Seconds that a source prescribes are exact or a
range; where a text gives none ("slowly"), the limits of the routine stand here as a range too,
and all reps have to be alike.

The counting rules: up to 5 s each second is counted up; a longer time has five, three, two and
one second left; one of 15 s or more has its half time, and above 20 s "ten seconds" in place of
five. Reps are announced by phrases, the last two as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from ears import NUMBERS, SIDES, STOCK, Grammar
from score import ROUGH, Measure, Rhythm, Score, Span

MINUTE = 60.0
TO_TWENTY_ONE = (
    *NUMBERS, "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen", "twenty", "twenty-one",
)  # fmt: skip
Call = tuple[float, str]
_NEXT_WORD = (0.4, 3.0)
"""Seconds from a word to the announcement behind it."""

_AT_THE_END = {"last one": 1.9, "halfway": 1.9, "half of it is over": 2.6}
"""What comes at the end of a counted phase, and the seconds for which nothing is counted then."""


def calls_in(seconds: float, *, every: bool = False) -> list[Call]:
    """What is called inside a time, each at its second; the first has the time's own word."""
    if seconds <= 5 or every:
        return [(float(n), NUMBERS[n]) for n in range(1, int(seconds))]
    half = [(seconds / 2, "halfway")] if seconds >= 15 else []
    warning = (seconds - 10, "ten seconds") if seconds > 20 else (seconds - 5, "five")
    return [*half, warning, *((seconds - n, NUMBERS[n - 1]) for n in (3, 2, 1))]


def announcement(rep: int, reps: int) -> str:
    """What is said before a rep."""
    if rep == reps:
        return "last one"
    if rep == reps - 1 and reps >= 4:
        return "two to go"
    if reps >= 6 and rep == -(-reps // 2) + 1:
        return "halfway"
    return f"number {TO_TWENTY_ONE[rep - 1]}"


class Part(Protocol):
    """A stretch of a session that stands on its own beats."""

    @property
    def go(self) -> str:
        """The word on which it begins."""

    def write(self, score: Score, act: int | None) -> int | None:
        """Write it, from the slot of its first word if a rest before it counted it in.

        Returns the slot on which it ends, if a word is said there.
        """


@dataclass(frozen=True)
class Rest:
    """A rest from `least` to `most` seconds; its last three seconds count the next part in."""

    least: float
    most: float
    tells: bool = False
    """The next exercise is told in it: "ten seconds" is left out where that takes longer."""

    def write(self, score: Score, start: int | None, go: str) -> int:
        if start is None:
            start = score.then("rest", *_NEXT_WORD, "rest")
        if self.least > 20:
            warned = not self.tells
            score.add("ten seconds", self.least - 10, self.most - 10, "rest", required=warned)
            three = score.beat("three", 7.0, "rest")
        else:
            three = score.add("three", self.least - 3, self.most - 3, "rest")
        act = score.counted_down("rest", go, three)
        score.spans.append(Span("rest", start, act, self.least, self.most))
        return act


@dataclass(frozen=True)
class Work:
    """A time of work from its word to its stop word, with nothing but calls in it."""

    go: str
    seconds: float
    stop: str = "stop"

    def write(self, score: Score, act: int | None) -> int:
        if act is None:
            act = score.count_in(self.go, self.go)
        return score.calls(self.go, act, [*calls_in(self.seconds), (self.seconds, self.stop)])


@dataclass(frozen=True)
class EveryMinute:
    """Sets that start exactly `seconds` apart; each is numbered behind its first word.

    The time left is told in place of "halfway", which could be half of the sets.
    """

    go: str
    sets: int
    seconds: float = MINUTE

    def write(self, score: Score, act: int | None) -> int:
        start = score.count_in(self.go, self.go) if act is None else act
        for number in range(1, self.sets + 1):
            end = (self.seconds, self.go if number < self.sets else "and stop")
            said, half = f"set {number} of {self.sets}", self.seconds / 2
            calls = [
                (at, "thirty seconds" if at == half else word)
                for at, word in calls_in(self.seconds)
            ]
            start = score.calls(self.go, start, [*calls, end], announced=said)
        return start


@dataclass(frozen=True)
class Cycles:
    """Phases without a gap, over and over; the first word of the next is the end of each."""

    phases: tuple[tuple[str, float], ...]
    times: int
    counted_in: bool = True
    every: bool = False
    """Every second is counted, in long phases too."""
    announced: tuple[tuple[int, str], ...] = ()
    """Said in the last phase of these reps, in place of its numbers."""

    @property
    def go(self) -> str:
        return self.phases[0][0]

    def write(self, score: Score, act: int | None) -> int:
        start = self._begin(score) if act is None else act
        words = [word for word, _ in self.phases] * self.times
        following = [*words[1:], "over"]
        for rep in range(1, self.times + 1):
            for number, (word, seconds) in enumerate(self.phases, start=1):
                last = number == len(self.phases)
                said = dict(self.announced).get(rep, "") if last else ""
                calls = calls_in(seconds, every=self.every)
                if said and seconds >= 40:
                    calls = sorted([*calls, (seconds - 16, said)])
                    said = ""
                late = said in _AT_THE_END and (seconds <= 5 or self.every)
                if late:
                    calls = [call for call in calls if call[0] <= seconds - _AT_THE_END[said]]
                elif said:  # a count is not taken up again in its middle
                    calls = [call for call in calls if seconds > 10 and call[0] > 2]
                end = (seconds, following.pop(0))
                name = f"{self.go}: {rep}, {word}"
                start = score.calls(name, start, [*calls, end], announced=said, late=late)
        return start

    def _begin(self, score: Score) -> int:
        if self.counted_in:
            return score.count_in(self.go, self.go)
        # Where all words are a second apart, only the pause before them tells which is the first.
        score.add("told", 1.0, 300.0, self.go)
        return score.then(self.go, 2.0, 30.0, self.go)


@dataclass(frozen=True)
class Counted:
    """Reps at an even pace, each counted as it begins."""

    go: str
    reps: int
    least: float
    most: float
    side: str = ""
    start: tuple[str, ...] = ()
    """What leads to where it begins, last before the count-in."""

    def write(self, score: Score, act: int | None) -> None:
        start = score.count_in(self.go, self.go, self.side, self.start) if act is None else act
        *before, last = TO_TWENTY_ONE[1 : self.reps]
        counts = [start]
        counts += [score.then(number, self.least, self.most, self.go) for number in before]
        score.then("last one", 0.3, self.most, self.go)
        counts.append(score.then(last, 0.4, self.most, self.go))
        name = f"{self.go}: {self.reps} {self.side}".rstrip()
        score.rhythms.append(Rhythm(name, counts, self.least, self.most))
        score.closed.append((name, start, counts[-1]))


@dataclass(frozen=True)
class Phase:
    """A word, and from how many to how many seconds what it asks for may last."""

    word: str
    least: float
    most: float


@dataclass(frozen=True)
class Reps:
    """Reps of several movements, told one by one; each rep is announced before it begins.

    The last one may be encouraged too.
    """

    phases: tuple[Phase, ...]
    reps: int
    side: str = ""
    start: tuple[str, ...] = ()
    """What leads into the position, last before the count-in."""
    finish: tuple[str, ...] = ()
    """What ends the last rep, and leads out of the position."""

    @property
    def go(self) -> str:
        return self.phases[0].word

    def write(self, score: Score, act: int | None) -> int | None:
        begun = score.count_in(self.go, self.go, self.side, self.start) if act is None else act
        last = self.phases[-1]
        starts: list[list[int]] = []
        for rep in range(1, self.reps + 1):
            if rep > 1:
                score.then(announcement(rep, self.reps), *_NEXT_WORD, self.go)
                may_begin = score.add if rep == self.reps else score.then
                begun = may_begin(self.go, 0.4, last.most, self.go)
                if rep == self.reps:
                    score.announced.append(begun)
                score.spans.append(
                    Span(f"{self.go}: {last.word}", starts[-1][-1], begun, last.least, last.most)
                )
            starts.append([begun, *self._following(score, begun)])
        name = f"{self.go}: {self.reps} {self.side}".rstrip()
        for words in zip(*starts, strict=True):
            score.rhythms.append(_even(name, list(words), self.phases))
        score.closed.append((name, starts[0][0], starts[-1][-1]))
        ended, least = None, last.least
        for word in self.finish:
            ended, least = score.then(word, least, 6.0, self.go), 0.4
        return ended

    def _following(self, score: Score, begun: int) -> list[int]:
        slots = []
        for phase, following in zip(self.phases, self.phases[1:], strict=False):
            slot = score.then(following.word, phase.least, phase.most, self.go)
            score.spans.append(
                Span(f"{self.go}: {phase.word}", begun, slot, phase.least, phase.most)
            )
            slots.append(slot)
            begun = slot
        return slots


@dataclass(frozen=True)
class Holds:
    """A movement, a hold of exactly `hold` seconds, and a release on the beat."""

    act: Phase
    hold: int
    release: Phase
    reps: int = 1
    side: str = ""
    by_turns: tuple[str, str] | None = None
    """The words for the sides, where they take turns: before each rep but the first."""
    numbered: tuple[tuple[int, str], ...] = ()
    """What is heard before some reps in place of the whole side, behind "two pairs left"."""
    start: tuple[str, ...] = ()
    """What leads into the position, last before the count-in."""

    @property
    def go(self) -> str:
        return self.act.word

    def write(self, score: Score, act: int | None) -> None:
        begun = score.count_in(self.go, self.go, self.side, self.start) if act is None else act
        first, starts = begun, [begun]
        released = self._hold(score, begun, 1)
        for rep in range(2, self.reps + 1):
            said = self.by_turns[(rep + 1) % 2] if self.by_turns else announcement(rep, self.reps)
            said = dict(self.numbered).get(rep, said)
            told = score.then(said, *_NEXT_WORD, self.go)
            if self.by_turns:
                score.announced.append(told)
            begun = score.then(self.go, 0.4, self.release.most, self.go)
            limits = self.release.least, self.release.most
            score.spans.append(Span(f"{self.go}: {self.release.word}", released, begun, *limits))
            starts.append(begun)
            released = self._hold(score, begun, rep)
        name = f"{self.go}: {self.reps} {self.side}".rstrip()
        score.closed.append((name, first, released))
        if self.reps > 1:
            held = Phase("hold", self.hold, self.hold)
            score.rhythms.append(_even(name, starts, (self.act, held, self.release)))

    def _hold(self, score: Score, begun: int, rep: int) -> int:
        counted = self.hold <= 5
        word = "one" if counted else "hold"
        hold = score.then(word, self.act.least, self.act.most, self.go)
        limits = self.act.least, self.act.most
        score.spans.append(Span(f"{self.go}: before hold {rep}", begun, hold, *limits))
        end = (float(self.hold), self.release.word)
        return score.calls(f"{self.go}: hold {rep}", hold, [*calls_in(self.hold), end])


def _even(name: str, slots: list[int], phases: Sequence[Phase]) -> Rhythm:
    least, most = sum(phase.least for phase in phases), sum(phase.most for phase in phases)
    return Rhythm(name, slots, least, most)


@dataclass(frozen=True)
class TenseAndLetGo:
    """A part of the body is named, tensed and let go; both last as long as the source allows."""

    parts: int
    tense: tuple[float, float]
    letting_go: tuple[float, float]
    go: str = "breathe in"

    def write(self, score: Score, act: int | None) -> int:
        named = score.add("a part is named", 1.0, 300.0, "tense") if act is None else act
        for number in range(1, self.parts + 1):
            name = f"tense: part {number}"
            start = score.add("breathe in", 3.0, 40.0, name)
            score.then("and tense", 0.4, 1.5, name)
            least, most = self.tense[0] - 1.5, self.tense[1] - 0.4
            released = score.then("and let go", least, most, name)
            named = score.then("a part is named", *self.letting_go, name)
            score.spans.append(Span(name, start, released, *self.tense))
            score.spans.append(Span(f"{name}, let go", released, named, *self.letting_go))
            score.closed.append((name, start + 1, named))
        return named


@dataclass(frozen=True)
class Breaks:
    """A long silence, then a chime and a break with words in it, over and over."""

    go: str
    silence: float
    lasts: float
    times: int

    def write(self, score: Score, act: int | None) -> int:
        start = score.add(self.go, 1.0, 300.0, self.go) if act is None else act
        for number in range(1, self.times + 1):
            name = f"{self.go}: {number}"
            # Where to look for the chime is not as sure as for a word: it has no vowel.
            chime = score.add("chime", self.silence - ROUGH, self.silence + ROUGH, self.go)
            score.measures.append(Measure(name, ((start, 0.0), (chime, self.silence))))
            following = self.go if number < self.times else "over"
            start = score.add(following, self.lasts - ROUGH, self.lasts + ROUGH, self.go)
            score.measures.append(Measure(f"{name}, break", ((chime, 0.0), (start, self.lasts))))
        return start


@dataclass(frozen=True)
class Poses:
    """One pose after the other, each begun by its words, with nothing else between them."""

    name: str
    poses: tuple[Phase, ...]
    """A bar stands where the voice pauses."""
    side: str = ""
    counted_in: bool = True
    """Else the first word follows the pose before."""

    @property
    def go(self) -> str:
        return self._first(self.poses[0])

    @staticmethod
    def _first(pose: Phase) -> str:
        return pose.word.split(" | ")[0]

    def write(self, score: Score, act: int | None) -> None:
        begun = score.count_in(self.name, self.go, self.side) if self.counted_in else act
        if begun is None:
            begun = score.add(self.go, 0.5, 12.0, self.name)
        first = begun
        for pose, following in zip(self.poses, (*self.poses[1:], None), strict=True):
            name = f"{self.name}: {pose.word}"
            *_, ends = (begun, *self._pieces(score, pose))
            if following:
                slot = score.then(self._first(following), 0.5, pose.most, name)
                score.spans.append(Span(name, begun, slot, pose.least, pose.most))
                begun = slot
            else:
                score.closed.append((self.name, first, ends))

    def _pieces(self, score: Score, pose: Phase) -> list[int]:
        return [score.then(piece, 0.3, 3.0, self.name) for piece in pose.word.split(" | ")[1:]]


# --- The table --------------------------------------------------------------------------------

DEFAULT_SILENCE = 20.0


@dataclass(frozen=True)
class Routine:
    """A bundled routine as its source prescribes it."""

    parts: tuple[Part | Rest, ...]
    silence: float | None = DEFAULT_SILENCE
    """The longest silence (s): after so long an orienting word, unless the routine wants none."""
    own_length: float | None = None
    """Seconds, where the routine names its length."""


RIGHT, LEFT = "right", "left"
STATION_REST = Rest(30, 30, tells=True)
CIRCUIT_REST = Rest(90, 120)
_CIRCUIT_ROUND = (
    Work("march", 30), STATION_REST, Work("squat", 30), STATION_REST,
    Work("press", 30), STATION_REST, Work("step", 30),
)  # fmt: skip
_SQUATS = Reps((Phase("down", 1.6, 3.0), Phase("up", 2.1, 3.0)), 10)
_PRESSES = Reps(
    (Phase("to the wall", 1.6, 3.0), Phase("push", 2.1, 3.0)), 10, finish=("hands down",)
)
_SUPERSET = (_SQUATS, Rest(10, 10), _PRESSES)
_HEEL_DROP = Reps(
    (
        Phase("lower", 2.5, 5.0),
        Phase("other foot on", 1.0, 3.0),
        Phase("push up", 1.0, 3.0),
        Phase("foot off", 2.5, 4.5),
    ),
    15,
    start=("move back", "until only the balls", "rise, and take the other foot off"),
)
_BENT_KNEE = replace(
    _HEEL_DROP, start=(*_HEEL_DROP.start[:2], "bend your knees a little", _HEEL_DROP.start[2])
)
_STAND = Holds(Phase("step in front", 3.0, 8.0), 10, Phase("feet apart", 2.0, 6.0))
_ONE_LEG = Holds(Phase("foot up", 1.5, 4.0), 5, Phase("foot down", 3.0, 8.0), 3)
_TO_THE_END = ("go to the other end", "the rest of it is on that side", "you step to")
_TURN = Holds(
    Phase("turn and lower your chin", 2.0, 5.0),
    10,
    Phase("back to the middle", 2.0, 5.0),
    start=("hold the seat with the other hand",),
)


_STEP_BY_STEP = Poses(
    "step by step",
    (
        Phase("breathe in | and raise your arms out | and up | past your ears", 6, 14),
        Phase("breathe out | bend your knees | fold forward | hands beside your feet", 7, 18),
        Phase("breathe in | take a long step back with the right foot | knee down", 7, 20),
        Phase("breathe out | left foot back too | body straight like a plank | breathe", 8, 20),
        Phase("breathe out | knees down | bend your elbows | and lie down on your front", 7, 20),
        Phase("breathe in | hips and feet stay down | hands press | chest lifts | cobra", 7, 18),
        Phase("breathe out | tuck your toes under | and push your hips up | and back", 7, 18),
        Phase(
            "this is downward dog | an upside-down v. bend your knees | if you like | breathe",
            8,
            24,
        ),
        Phase("breathe in | right foot forward between your hands | left knee down", 7, 20),
        Phase("breathe out | left foot forward too | and fold | knees soft", 7, 18),
        Phase("breathe in | press into your feet | and come up slowly | arms out | and up", 7, 18),
        Phase("breathe out | and lower your arms to your sides", 6, 14),
    ),
)


def _breath(words: str, breaths: int = 1) -> Phase:
    """A breath in or out lasts 3 to 6 s."""
    halves = 1 if breaths == 1 else 2 * breaths
    return Phase(words, 3.0 * halves, 6.0 * halves)


_PACED = (
    *("out", "in | four more", "out", "in | three more", "out", "in | two more", "out"),
    *("in | the last one", "out"),
)
"""The rest of five breaths."""


def _salutation(side: str, *, counted_in: bool) -> Poses:
    """A breath for each movement; the named foot goes back first, and comes forward first."""
    poses = (
        _breath("in | arms up"),
        _breath("out | fold forward"),
        _breath(f"in | {side} foot back"),
        _breath("out | other foot back | plank"),
        _breath("in | hold the plank"),
        _breath("out | knees down | lie down"),
        _breath("in | chest up | cobra"),
        _breath("out | hips up | downward dog"),
        _breath("stay for five breaths"),
        *(_breath(words) for words in _PACED),
        _breath(f"in | {side} foot forward"),
        _breath("out | other foot forward | fold"),
        _breath("in | rise | arms up"),
        _breath("out | arms down"),
    )
    ready = f"{side} foot" if counted_in else ""
    return Poses(f"salutation {side}", poses, ready, counted_in)


def _both(part: Holds | Counted | Reps, limb: str) -> tuple[Part, Part]:
    """First the right, then the left."""
    return replace(part, side=f"{RIGHT} {limb}"), replace(part, side=f"{LEFT} {limb}")


def _raises(go: str, reps: int) -> Cycles:
    """Three seconds up, five down; landmarks are announced in the phase before a rep.

    "Two to go" gives way to five seconds that are all counted.
    """
    said = [(rep - 1, announcement(rep, reps)) for rep in range(2, reps + 1)]
    landmarks = tuple(each for each in said if each[1] in ("halfway", "last one"))
    return Cycles(((go, 3.0), ("lower", 5.0)), reps, announced=landmarks)


def _balance(raises: int, stand: int) -> Routine:
    return Routine(
        (
            _raises("rise", raises),
            _raises("toes up", raises),
            *_both(_STAND, "foot"),
            *_both(replace(_ONE_LEG, hold=stand), "leg"),
            *_both(Counted("step", 10, 2.0, 5.0, start=_TO_THE_END), "side"),
        )
    )


def _pelvic_floor(hold: int) -> Routine:
    return Routine(
        (
            Holds(Phase("squeeze and lift", 1.2, 3.0), hold, Phase("and let go", 3.0, 10.0), 10),
            Holds(Phase("squeeze", 0.864, 2.0), 1, Phase("let go", 2.0, 5.0), 10),
        )
    )


ROUTINES = {
    # "20 seconds of all-out effort followed by 10 seconds of rest … repeat eight times"; no rest
    # after the last
    "tabata": Routine((*(Work("sprint", 20), Rest(10, 10)) * 7, Work("sprint", 20))),
    # "you could start a timer for 10 minutes … you begin an exercise at the start of a minute"
    "emom": Routine((EveryMinute("squat", 10),), silence=60.0),
    # "counting to four … hold … to four … exhale for 4 seconds … hold for 4 seconds", "aim for 4
    # minutes": 15 times 16 s
    "box-breathing": Routine(
        (
            Cycles(
                (("in", 4.0), ("hold", 4.0), ("out", 4.0), ("hold", 4.0)),
                15,
                announced=(
                    (8, "half of it is over"),
                    (11, "one minute to go"),
                    (14, "last one"),
                ),
            ),
        )
    ),
    # "inhale quietly … to 4 … hold … seven … exhale … eight"; "a total of four breaths"
    "four-seven-eight": Routine(
        (
            Cycles(
                (("in", 4.0), ("hold", 7.0), ("out", 8.0)),
                4,
                counted_in=False,
                every=True,
            ),
        )
    ),
    # "a brisk 5-minute walk, then alternate 1 minute of running and 1 and a half minutes of
    # walking", eight of them; "finish with a 5-minute walk"
    "couch-to-5k": Routine(
        (
            Work("walk", 5 * MINUTE, "keep walking"),
            Cycles(
                (("run", MINUTE), ("walk", 1.5 * MINUTE)),
                8,
                announced=(*((n, f"number {n + 1} of 8") for n in range(1, 7)), (7, "last one")),
            ),
            Work("walk slowly", 5 * MINUTE, "and stand still"),
        ),
        silence=None,
    ),
    # "every 20 minutes … for at least 20 seconds"
    "eye-rest": Routine(
        (Breaks("go on with your work", 20 * MINUTE, 20.0, 3),),
        silence=None,
    ),
    # "Beginner | 30–40 seconds | 30 seconds | 90–120 seconds", "the whole circuit three times"
    "circuit": Routine(
        (*_CIRCUIT_ROUND, CIRCUIT_REST, *_CIRCUIT_ROUND, CIRCUIT_REST, *_CIRCUIT_ROUND),
        silence=60.0,
    ),
    # "Perform 3 × 15 repetitions", knee straight, then bent, on each leg; the tempo is ours
    "heel-drops": Routine(_both(_HEEL_DROP, "leg") * 3 + _both(_BENT_KNEE, "leg") * 3),
    # "one minute on, one minute off, two …, three …, then work your way back down"; the easy
    # walks around it are ours
    "pyramid": Routine(
        (
            Work("walk", 5 * MINUTE, "keep walking"),
            Work("fast", 1 * MINUTE, "walk easily"),
            Rest(60, 60),
            Work("fast", 2 * MINUTE, "walk easily"),
            Rest(120, 120),
            Work("fast", 3 * MINUTE, "walk easily"),
            Rest(180, 180),
            Work("fast", 2 * MINUTE, "walk easily"),
            Rest(120, 120),
            Work("fast", 1 * MINUTE, "walk easily"),
            Work("walk easily", 5 * MINUTE, "and stand still"),
        ),
        silence=None,
    ),
    # "10 squats followed by 10 …", "rest 1-2 minutes after completing one round", three rounds
    "superset": Routine(
        (
            *(*_SUPERSET, Rest(60, 120)) * 2,
            *_SUPERSET[:-1],
            replace(_PRESSES, finish=("and stop", *_PRESSES.finish)),
        ),
        silence=60.0,
    ),
    # "21 repetitions of each …, 15 reps each …, 9 repetitions of each"; the pace is ours
    "ladder": Routine(
        tuple(
            Counted(go, reps, 2.2, 4.0, start=start)
            for reps in (21, 15, 9)
            for go, start in (
                ("squat", ()),
                ("press", ("hands flat on the wall", "at shoulder height")),
            )
        )
    ),
    # heel and toe raises: "lift for a slow count of 3 and lower for a slow count of 5"; "balance
    # for 10 seconds" with either foot in front; "3 lifts on each leg … 5 to 10 seconds"; "10
    # steps each way"; beginners do 5 raises and hold for 5 s
    "balance": _balance(raises=5, stand=5),
    # "as many seconds as you can (maximum 10)": beginners 3, "up to a maximum of 10" times; then
    # "for 1 second", "up to 10 times"
    "pelvic-floor": _pelvic_floor(hold=3),
    # "squeeze your muscles tightly for 5-10 seconds"; letting go, sources say 10 to 20
    "muscle-relaxation": Routine(
        (TenseAndLetGo(12, tense=(5.0, 10.0), letting_go=(10.0, 20.0)),), silence=None
    ),
    # shrugs: "Repeat 10 times"; neck: "Hold for 10 seconds … each side"; legs: "Hold for one
    # second … 5 times on each leg"; five minutes are ours
    "desk-break": Routine(
        (
            Counted("up and back", 10, 2.2, 4.0),
            *_both(_TURN, "side"),
            Holds(
                Phase("straighten", 1.0, 2.5),
                1,
                Phase("lower", 2.0, 4.0),
                10,
                side="right leg",
                by_turns=("right leg", "left leg"),
                numbered=((5, "number three"), (7, "right")),
            ),
        ),
        own_length=5 * MINUTE,
    ),
    # arms up, fold, "inhale and step the right leg back … exhale and step the left leg back into
    # plank position", lower, cobra, "Down Dog … five breaths", forward, fold, rise, stand; "Repeat
    # the sequence, stepping with the left leg"; a breath lasts 3 to 6 s in, and as long out
    "sun-salutation": Routine(
        (
            _STEP_BY_STEP,
            _salutation(RIGHT, counted_in=True),
            _salutation(LEFT, counted_in=False),
        ),
        silence=60.0,
    ),
}
"""The bundled routines but the feet's, which stand in `feet.py`."""

# "Repeat up to 10 times", "5 to 10 seconds", "maximum 10": the advanced do all of it
ADVANCED = {"balance": _balance(raises=10, stand=10), "pelvic-floor": _pelvic_floor(hold=10)}


def score_of(routine: Routine) -> Score:
    """What has to be heard in a session, by its text."""
    score = Score()
    parts = routine.parts
    ended: int | None = None
    for part, following in zip(parts, (*parts[1:], None), strict=True):
        if isinstance(part, Rest):
            assert following is not None
            assert not isinstance(following, Rest)
            ended = part.write(score, ended, following.go)
            continue
        ended = part.write(score, ended)
        if not isinstance(following, Rest):
            ended = None
    return score


IN_GENERAL = Grammar((*STOCK.short, "stop"), (*STOCK.long, *(f"{side} side" for side in SIDES)))
"""What is said in several routines."""

IN_POSES = Grammar(
    ("in", "out", "plank", "cobra", "fold", "rise"),
    (
        "arms up", "fold forward", "right foot back", "left foot back", "other foot back",
        "knees down", "lie down", "chest up", "hips up", "downward dog", "stay for five breaths",
        "right foot forward", "left foot forward", "other foot forward", "arms down",
        "breathe in", "breathe out", "four more", "three more", "two more", "the last one",
    ),
)  # fmt: skip
"""What is said in the sun salutation."""
