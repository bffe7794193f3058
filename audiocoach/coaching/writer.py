"""The pen of the compiler: appends cues, gaps and markers to a growing script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import Final, Self, TypeVar

from audiocoach.coaching.pacing import movement_pause, paced_gap, sentence_pause, speaking_ms
from audiocoach.coaching.phrases import Phrases, phrases_for
from audiocoach.coaching.rules import RULES, says, telling_of
from audiocoach.errors import RoutineError
from audiocoach.readings.text import read_aloud, sentences
from audiocoach.routine.model import Exercise, Instruction, Routine
from audiocoach.routine.recordings import Recording
from audiocoach.routine.times import Source
from audiocoach.routine.told import TurnInstruction
from audiocoach.settings.resolve import in_exercise, resolve
from audiocoach.settings.table import Settings
from audiocoach.settings.values import Telling
from audiocoach.timeline.script import (
    Address,
    Chime,
    Cue,
    CueKind,
    Gap,
    Glue,
    Interval,
    IntervalKind,
    Item,
    Marker,
    MarkerKind,
    Origin,
    Placement,
    Sound,
    Span,
    Utterance,
    Wait,
)

_T = TypeVar("_T")
RINGING: Final = 1_488
"""How long (ms) a bell sounds."""
MOST_ITEMS: Final = 40_000
"""Cues, pauses and markers of a session: about one every two seconds for a whole day."""


def sentence(words: str) -> str:
    """A few words as a sentence, so that a voice lets its pitch fall at the end."""
    return words if words.endswith((".", "!", "?")) else f"{words}."


class Writer:
    """Collects the items of a script; knows the phrases, the pace and how much to explain."""

    def __init__(self, phrases: Phrases, settings: Settings, language: str) -> None:
        self.phrases = phrases
        self.settings = settings
        self._whole = settings
        self.language = language
        self.telling = telling_of(settings, 0)
        self._entered = False
        self.items: list[Item] = []
        self.address = Address()
        """Where in the routine the pen is: what it appends stands there."""
        self.closing = False
        """Whether all exercises are done: in a long pause, nothing "goes on in a moment"."""
        self._size = 0
        self._turns: Counter[str] = Counter()
        self._pictured = False

    @classmethod
    def of(cls, routine: Routine) -> Self:
        """A pen as one has it where nothing else is asked for."""
        settings = resolve({}, {}, routine).settings
        return cls(phrases_for(routine.language), settings, routine.language)

    def fade(self, times_before: int) -> None:
        """From here on, explain as much as for something that was done `times_before`."""
        self.telling = telling_of(self.settings, times_before)

    def obey(self, exercise: Exercise | None) -> None:
        """From here on, use an exercise's own settings; without one, those of the whole session."""
        self.settings = in_exercise(self._whole, exercise) if exercise else self._whole
        self._entered = bool(exercise and exercise.start)

    def says(self, rule: str) -> bool:
        """Whether a rule applies now."""
        return says(rule, self.settings, self.telling)

    def utterance(self, text: str) -> Utterance:
        """A text as it is read aloud, in the session's language."""
        return Utterance(read_aloud(text, self.language), self.language)

    def vary(self, key: str, **values: object) -> str:
        """The phrase at `key` in the next wording."""
        return self.wording(key)(**values)

    def shortest(self, key: str, **values: object) -> str:
        """The phrase at `key` in its shortest wording."""
        names = self.phrases.wordings(key)
        return min((self.phrases.worded(key, name, **values) for name in names), key=len)

    def wording(self, key: str) -> Callable[..., str]:
        """The next wording of a phrase, to be filled in: never the same twice in a row.

        They come in an order that the seed decides, from the first one again; with the seed 0
        it is that of the catalogue.
        """
        names: Sequence[str] = self.phrases.wordings(key)
        if seed := self.settings.seed:
            names = sorted(names, key=lambda name: sha256(f"{seed} {key} {name}".encode()).digest())
        return partial(self.phrases.worded, key, self.next_of(key, names))

    def next_of(self, key: str, choices: Sequence[_T]) -> _T:
        """The next of some choices, one after the other; `key` tells the lists apart."""
        turn = self._turns[key]
        self._turns[key] += 1
        return choices[turn % len(choices)]

    def unsaid(self, key: str) -> None:
        """Take back the turn of a wording that is not heard after all."""
        self._turns[key] -= 1

    def cue(self, rule: str, sound: str | Sound, origin: Origin = Origin()) -> Cue:
        """A cue of that rule, not yet placed; a text is spoken in the session's language."""
        row = RULES[rule]
        # A chime is a str as well.
        if not isinstance(sound, Chime | Utterance | Recording):
            sound = self.utterance(sound)
        return Cue(sound, row.kind, origin, priority=row.priority)

    def or_less(self, cue: Cue, *texts: str) -> Cue:
        """The cue or, if there is no room for all of it, one of some shorter and shorter texts.

        A text that is "" is none.
        """
        less = (self.utterance(text) for text in texts if text)
        return replace(cue, shorter=tuple(each for each in less if each != cue.sound))

    def since(self, kind: CueKind) -> int:
        """About how long ago (ms) the last cue of a kind ended."""
        spent = 0
        for item in reversed(self.items):
            if isinstance(item, Cue):
                if item.kind is kind:
                    break
                spent += self.lasts(item)
            elif isinstance(item, Gap | Interval):
                spent += item.span.natural
        return spent

    def lasts(self, cue: Cue) -> int:
        """About how long (ms) a cue is."""
        match cue.sound:
            case Utterance(text=text):
                return speaking_ms(text, self.settings.rate)
            case Recording(ms=ms):
                return ms
        return RINGING if cue.sound is Chime.BELL else speaking_ms("", self.settings.rate)

    def add(self, item: Item) -> None:
        """Append an item. Raises RoutineError when there are too many for any session."""
        self._size += 1 + (len(item.placements) if isinstance(item, Interval) else 0)
        if self._size > MOST_ITEMS:
            raise RoutineError(
                f"the session grows beyond {MOST_ITEMS:,} cues and pauses; "
                "lower rounds, sets, reps or times, or say less"
            )
        self.items.append(item)
        self._pictured = False

    def say(self, rule: str, text: str, origin: Origin = Origin()) -> None:
        """Speak a text, if the rule applies, with a pause between any two spoken cues."""
        if not self.says(rule):
            return
        for sentence in sentences(text, self.language):
            self.breathe()
            self.add(self.cue(rule, sentence, origin))
            self._pictured = RULES[rule].pictured

    def chime(self, chime: Chime) -> None:
        """Sound a chime, with a pause before and after, unless chimes are off."""
        if not self.says("chime"):
            return
        self.breathe()
        self.add(self.cue("chime", chime))
        self.pause(sentence_pause(self.settings.pace))

    def breathe(self) -> None:
        """Add the pause after a sentence, if the last item was one."""
        if self.items and isinstance(self.items[-1], Cue):
            pause = movement_pause if self._pictured else sentence_pause
            self.pause(pause(self.settings.pace))

    @property
    def paused_for(self) -> int:
        """The natural length (ms) of the pause that came last; 0 if it was not a pause."""
        last = self.items[-1] if self.items else None
        return last.span.natural if isinstance(last, Gap) else 0

    def pause(self, ms: int) -> None:
        """A short pause that belongs to the speech and does not stretch."""
        self.add(Gap(Span.exactly(ms), Glue.RIGID, Wait.PAUSE))

    def gap(
        self,
        times: tuple[int, int, int],
        glue: Glue,
        wait: Wait,
        orient: Iterable[str] = (),
        origin: Origin = Origin(),
    ) -> None:
        """A pause that stretches between its minimum and maximum (ms)."""
        key = "close.orient" if self.closing else "exercise.orient"
        stock = self.phrases.variants(key)
        first = self.next_of(key, range(len(stock)))
        lines = dict.fromkeys((*orient, *stock[first:], *stock[:first]))
        fillers = tuple(self.cue("orient", line, origin) for line in lines)
        self.add(Gap(paced_gap(times, self.settings.pace), glue, wait, fillers, origin))

    def instruct(self, rule: str, instructions: Iterable[Instruction], set_number: int = 1) -> None:
        """Say each instruction needed before a set, and give the listener time for it."""
        for instruction in self.needed(rule, instructions, set_number):
            self.say(rule, instruction.say, Origin(instruction.line("say"), rule))
            if instruction.time:
                time = instruction.time
                self.gap(
                    (time.minimum, time.natural, time.maximum),
                    Glue.MOVE,
                    Wait.DO,
                    instruction.orient,
                    Origin(instruction.line("time")),
                )

    def needed(
        self, rule: str, instructions: Iterable[Instruction], set_number: int = 1
    ) -> Iterator[Instruction]:
        """Those that are told now, before a set.

        With minimal coaching, a regular is reminded of how to stand and of what takes time; as it
        fades, only of that, and of how to stand before a position that is tiring or unsafe.
        """
        faded = self.settings.coaching is Telling.FADE and not self._entered
        always = _ALWAYS if faded else _ALWAYS | _SET_UP
        for instruction in instructions if self.says(rule) else ():
            if isinstance(instruction, TurnInstruction) and (instruction.set or 1) != set_number:
                continue
            if self.telling is not Telling.MINIMAL or rule in always or instruction.time:
                yield instruction

    def mark(
        self, kind: MarkerKind, title: str, address: Address, origin: Origin = Origin()
    ) -> None:
        """Mark an instant, from which on the pen is at `address`.

        It lies behind the sentence pause, where the next sound begins.
        """
        self.breathe()
        self.address = address
        self.add(Marker(kind, title, origin, address))

    def exactly(self, ms: int, kind: IntervalKind, placements: Iterable[Placement]) -> None:
        """Append a time of our own that does not stretch."""
        span, source, cues = Span.exactly(ms), Source.EDITORIAL, tuple(placements)
        self.add(Interval(span, Glue.RIGID, source, kind, cues, address=self.address))


_ALWAYS: Final = frozenset(
    {"session-safety", "support", "start", "finish", "side-change", "brief", "task"}
)
"""Rules whose instructions a regular needs, too."""
_SET_UP: Final = frozenset({"place", "setup"})
"""So are these, unless they were told in the round or set before."""
