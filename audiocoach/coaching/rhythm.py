"""The rhythm of a rep: which of its phases are counted, whether it is a breath, how fast it is.

Announcing and counting both use it, so that a rep is counted in one direction, and no number can be
taken for another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from audiocoach.coaching.body import Body
from audiocoach.coaching.counting import BEAT_MS, Counter
from audiocoach.coaching.lasting import tells_of_breath
from audiocoach.coaching.pacing import speaking_ms
from audiocoach.coaching.writer import sentence
from audiocoach.routine.phases import SHORT_MS, Phase, PhaseKind
from audiocoach.routine.times import Source
from audiocoach.routine.unfold import Block
from audiocoach.routine.values import Side, of_side
from audiocoach.settings.values import Count

ROOM_MS: Final = 2_000
"""A phase that can last this long has room for its own word and for the number of the rep."""
NUMBERS_MATTER_FROM: Final = 3_000
"""In a last phase at least this long (ms) only a landmark takes the place of numbers."""
AFTER_WORD: Final = 480
"""The silence (ms) between the word of a phase and the announcement of the next rep."""
ANY: Final = 7
"""A number that is neither short nor long to say."""
_REST_MS: Final = 10_000
"""What leads into a hold or out of it is movement, not counted, unless it is longer than this."""
_BREATH_MS: Final = 3_000
"""In less than this, "in" and "out" may mean something else, if the name has no word for breath."""
_UNCLEAR: Final = len("out")
"""Letters of the longest word that has other meanings than a breath."""
_LEADING: Final = (PhaseKind.ACT, PhaseKind.RELEASE)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How the reps of a block go."""

    phases: tuple[Phase, ...]
    """The phases that take time."""
    breathing: bool
    """Whether a rep is a breath: nobody wants those numbered."""
    fast: bool
    """Whether its last phase has no room to announce the next rep."""
    counted: tuple[Phase, ...]
    """Those in which seconds are counted."""

    @classmethod
    def of(cls, body: Body, block: Block) -> Rhythm:
        """The rhythm of the reps of a block."""
        phases = tuple(phase for phase in block.phases if phase.time.maximum)
        breathing = _breathes(body, phases)
        short = all(phase.time.natural <= SHORT_MS for phase in phases)
        *_, last = phases
        fast = short and not breathing and last.kind is not PhaseKind.RELEASE
        least = max(ROOM_MS, _to_say(body, last))
        if _is_counted(last):
            least = min(least, NUMBERS_MATTER_FROM)
        fast = fast and room(last) < least
        several = any(body.total_reps(each) > 1 for each in body.in_all_rounds)
        numbered = fast and body.writer.settings.count is Count.AUTO and several
        counted = tuple(filter(_is_wordless if numbered else _is_counted, phases))
        if numbered and len(phases) == 1:
            counted = ()
        return cls(phases, breathing, fast, counted)

    def counts(self, phase: Phase) -> bool:
        """Whether the seconds of a phase are counted.

        Where reps are too fast for that and for their numbers, only those of a phase without a
        word, which else nobody would hear.
        """
        return any(phase is each for each in self.counted)

    def counts_in(self, body: Body, index: int, *, last: bool, sided: bool = False) -> bool:
        """Whether the seconds of phase `index` are counted, in the `last` rep or another.

        Not up to a phase that begins with "one", where it would be taken for a lower number; and of
        several phases of two seconds each has its "two", or none. Where reps are `sided`, the side
        takes the place of the "one" that tells where a count without words begins.
        """
        phase = self.phases[index]
        if not self.counts(phase) or phase.time.natural < BEAT_MS or self._is_marked(body, index):
            return False
        begins = sided and index == 0
        if begins and self._is_marked(body, (index + 1) % len(self.phases)):
            return False
        if self.opens_with_number(body, phase) and not begins:
            return True
        if self._is_two(phase):
            return all(self._has_its_two(body, place) for place in range(len(self.phases)))
        return (last and phase is self.phases[-1]) or not self._leads_to_one(body, index)

    def _has_its_two(self, body: Body, index: int) -> bool:
        """Whether a phase is no two seconds, or has the room for a "two" behind its word."""
        phase = self.phases[index]
        if not self._is_two(phase) or self.opens_with_number(body, phase):
            return True
        word = sentence(word_of(body, phase, "right", known=True))
        roomy = speaking_ms(word, body.writer.settings.rate) <= BEAT_MS
        return roomy and not self._leads_to_one(body, index)

    def _is_two(self, phase: Phase) -> bool:
        """Whether one number follows its word."""
        return self.counts(phase) and ROOM_MS <= phase.time.natural < ROOM_MS + BEAT_MS

    def _leads_to_one(self, body: Body, index: int) -> bool:
        """Whether a phase is counted, and the next one begins with "one"."""
        phase, following = self.phases[index], self.phases[(index + 1) % len(self.phases)]
        return self.has_numbers(body, phase) and self.opens_with_number(body, following)

    def mark(self, body: Body, index: int) -> str:
        """What begins a second without a word right behind a count: "six, one" would be none."""
        return body.writer.phrases("cue.act") if self._is_marked(body, index) else ""

    def _is_marked(self, body: Body, index: int) -> bool:
        """Whether a phase is a second without a word, behind another that is counted without one.

        Of two such seconds, the one that begins a rep stays "one".
        """
        phase, before = self.phases[index], self.phases[index - 1]
        if len(self.phases) == 1 or not _is_one_second(phase) or _has_word(before):
            return False
        return self.has_numbers(body, before) and not (index == 0 and _is_one_second(before))

    def counter(self, body: Body) -> Counter:
        """Counts the seconds of its phases, all in one direction."""
        return body.counter("hold", tuple(phase.time.natural for phase in self.counted))

    def has_numbers(self, body: Body, phase: Phase) -> bool:
        """Whether a number is heard in a phase, after its first word."""
        return self.counts(phase) and self.counter(body).counts(phase.time.natural)

    def ends_breaths(self, body: Body, index: int, *, once: bool, last: bool) -> bool:
        """Whether no breath follows those of phase `index`, of which the last one is told.

        In reps that are done more than once none may follow in this one, nor in another; in the
        only one a movement may, for that the last one leads to.
        """
        later = self.phases[index + 1 :]
        if once:
            return not (later and _is_plain_breath(body, later[0]))
        return last and not any(
            any(phase.time.breath) or _breath_words(body, phase) for phase in later
        )

    def opens_with_number(self, body: Body, phase: Phase) -> bool:
        """Whether a phase has no word of its own, and a second or more is counted from "one"."""
        if not self.counts(phase) or _has_word(phase) or phase.time.natural < BEAT_MS:
            return False
        place = next(index for index, each in enumerate(self.phases) if each is phase)
        if self._is_marked(body, place):
            return False
        return self.counter(body).counts_all(phase.time.natural)


def room(phase: Phase) -> int:
    """How long (ms) a phase can get, to make room for what is said in it."""
    time = phase.time
    return time.maximum if time.source is Source.EDITORIAL else time.minimum


def hands_over(body: Body, text: str) -> bool:
    """Whether the last rep of an exercise has room, behind its word, for what follows at once."""
    block = body.blocks[-1]
    *_, last = Rhythm.of(body, block).phases
    word = word_of(body, last, body.side_of(block, body.total_reps(block)), known=True, last=True)
    rate = body.writer.settings.rate
    return room(last) >= AFTER_WORD + sum(speaking_ms(each, rate) for each in (word, text))


def word_of(body: Body, phase: Phase, side: Side | None, *, known: bool, last: bool = False) -> str:
    """The word of a phase for one side: the one for the last rep, the brief one once it is known,
    or none."""
    word: str | None = of_side((last and phase.last) or (known and phase.brief) or phase.say, side)
    if word:
        return word
    if key := phase.kind.cue:
        return body.writer.phrases(key)
    name = phase.heard_name or ""
    return f"{name[:1].upper()}{name[1:]}"


def _to_say(body: Body, phase: Phase) -> int:
    """About how long (ms) it takes to say the word of a phase, and which rep is next."""
    phrases, rate = body.writer.phrases, body.writer.settings.rate
    word = of_side(phase.say, None) or (phrases(phase.kind.cue) if phase.kind.cue else "")
    number = phrases("cue.number", number=ANY)
    return AFTER_WORD + speaking_ms(word, rate) + speaking_ms(number, rate)


def _is_one_second(phase: Phase) -> bool:
    """Whether a phase of the routine's own has no word, and but one second to count."""
    own = phase.kind is PhaseKind.OWN and not _has_word(phase)
    return own and _is_counted(phase) and BEAT_MS <= phase.time.natural < ROOM_MS


def _has_word(phase: Phase) -> bool:
    """Whether a phase begins with a word."""
    return bool(phase.say or phase.kind.cue or phase.heard_name)


def _is_wordless(phase: Phase) -> bool:
    """Whether only its count tells that a phase has begun."""
    return could_be_counted(phase) and not _has_word(phase)


def could_be_counted(phase: Phase) -> bool:
    """Whether a phase is long enough for more than its first second to be counted."""
    return _is_counted(phase) and phase.time.natural >= ROOM_MS


def _is_counted(phase: Phase) -> bool:
    time = phase.time
    if time.source is not Source.PRESCRIBED or time.breaths:
        return False
    return phase.kind not in _LEADING or time.natural > _REST_MS


def _breathes(body: Body, phases: tuple[Phase, ...]) -> bool:
    """Whether phases are written in breaths, or two of them begin with a word for one."""
    if any(any(phase.time.breath) for phase in phases):
        return True
    return sum(_breath_words(body, phase) for phase in phases) > 1


def _is_plain_breath(body: Body, phase: Phase) -> bool:
    """Whether a phase says nothing but to breathe in, or out."""
    first, *others = _words(phase) or [""]
    breath = any(phase.time.breath) if not first else _breath_words(body, phase) > 0
    return breath and not others


def _words(phase: Phase) -> list[str]:
    """The words of a phase."""
    said = of_side(phase.say, None) or phase.heard_name or ""
    return re.findall(r"\w+", said.lower())


def _breath_words(body: Body, phase: Phase) -> int:
    """How many words for a breath a phase begins with, or has in an exercise named after it."""
    phrases = body.writer.phrases
    known = set(phrases.inline("words.breath").lower().split())
    named, words = tells_of_breath(phrases, body.exercise.name), _words(phase)
    clear = named or phase.time.natural >= _BREATH_MS
    return sum(
        (clear or len(word) > _UNCLEAR) and word in known
        for word in (words if named else words[:1])
    )
