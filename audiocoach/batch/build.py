"""Builds a batch: plans sessions, gives their tasks to a crew, and collects the results.

Only this module knows how far the batch is. If a crew loses a task, it is given out again, a few
times.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Final, Protocol, TypeAlias

from audiocoach.batch.audience import Audience
from audiocoach.batch.crew import Crew, Doing, Here, LostError
from audiocoach.batch.graph import Graph, Link, Said, Speak, Task
from audiocoach.batch.planning import Order, Planner
from audiocoach.batch.variants import Variant
from audiocoach.batch.work import Linked, LinkWork, SpeakWork, Spoke, Work
from audiocoach.errors import AudiocoachError, LackError, VoiceError
from audiocoach.listener import SILENT, Listener
from audiocoach.pipeline import Prepared, Session
from audiocoach.settings.resolve import settled
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache, open_cache, size_limit
from audiocoach.voice.choice import SERVICES


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A session that already exists, made from the same inputs."""

    variant: Variant


Outcome: TypeAlias = Session | Unchanged | AudiocoachError
"""The outcome for a variant: its session, or why there is none."""


class Ledger(Protocol):
    """Knows what was built before, and records what is built now."""

    def unchanged(self, order: Order) -> bool:
        """Whether the files of a session already are what would be built."""

    def built(self, order: Order, session: Session) -> None:
        """A session was written."""


_POLL: Final = 0.2
"""Seconds; Windows sees Ctrl-C only between two waits."""
TRIES: Final = 3
"""How often a task is given out if it vanishes with whoever does it."""
_ALONE: Final = 2
"""After so many tries the utterances of a task are said one by one."""
_AHEAD: Final = 200
"""Sessions that wait for their utterances at most, so that memory is bounded."""


def build_all(  # noqa: PLR0913 - what may be handed in
    variants: Sequence[Variant],
    *,
    cache: Cache | None = None,
    listener: Listener = SILENT,
    surroundings: Surroundings | None = None,
    crew: Crew | None = None,
    ledger: Ledger | None = None,
) -> tuple[Outcome, ...]:
    """Make the sessions of all variants; one that fails does not stop the others.

    The crew is this process where none is given; it is closed at the end. The listener hears of all
    sessions together, and of each notice once. Raises UsageError, before anything is made, for a
    mistake that affects all variants.
    """
    where = surroundings or Surroundings.here()
    for variant in variants:
        settled(variant.options, surroundings=where)
    limit = size_limit(where.variable("CACHE_LIMIT"))
    cache = cache or open_cache(where.place("CACHE"))
    with _working(crew or Here(cache), Audience(listener, len(variants))) as (doers, audience):
        outcomes = _Batch(variants, cache, where, doers, audience, ledger).run()
    cache.trim(limit, SERVICES)
    return outcomes


@contextmanager
def _working(crew: Crew, audience: Audience) -> Iterator[tuple[Crew, Audience]]:
    """Whatever happens, nobody works on afterwards."""
    try:
        yield crew, audience
    finally:
        audience.gone.set()
        crew.close()


@dataclass(slots=True)
class _Batch:
    """A batch on its way."""

    variants: Sequence[Variant]
    cache: Cache
    surroundings: Surroundings
    crew: Crew
    audience: Audience
    ledger: Ledger | None
    planner: Planner = field(init=False)
    graph: Graph = field(init=False)
    carried: Surroundings = field(init=False)
    left: deque[int] = field(init=False)
    """The variants that are not planned yet, by number."""
    begun: dict[int, tuple[Order, Prepared]] = field(default_factory=dict)
    """Those that are planned, and have not ended."""
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    running: int = 0
    done: SimpleQueue[tuple[Task, Doing]] = field(default_factory=SimpleQueue)
    lost: deque[Task] = field(default_factory=deque)
    tries: Counter[Task] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.planner = Planner(self.variants, self.cache, self.surroundings)
        self.graph = Graph(self.crew.most)
        self.carried = self.surroundings.carried()
        self.left = deque(range(len(self.variants)))

    def run(self) -> tuple[Outcome, ...]:
        """The outcome of each variant, in their order."""
        while len(self.outcomes) < len(self.variants):
            while self.running < self.crew.room() and self._go_on():
                pass
            self.audience.busy(self.running, self.crew.workers())
            self._take_in()
        return tuple(self.outcomes[number] for number in range(len(self.variants)))

    def _go_on(self) -> bool:
        """Begin a task, or plan a session where no task can begin; False if neither can be."""
        task = self.lost.popleft() if self.lost else self.graph.take()
        if task:
            self._begin(task)
        elif self.left and self.graph.waiting < _AHEAD:
            self._plan(self.left.popleft())
        else:
            return False
        return True

    def _take_in(self) -> None:
        """Wait a little for a task to end, and take in what has."""
        try:
            task, doing = self.done.get(timeout=_POLL)
        except Empty:
            return
        self._ended(task, doing)
        while not self.done.empty():
            self._ended(*self.done.get())

    # -- from a variant to tasks -------------------------------------------------------

    def _plan(self, number: int) -> None:
        try:
            order = self.planner.order(self.variants[number])
            if self.ledger and self.ledger.unchanged(order):
                self._end(number, Unchanged(order.variant))
                return
            self._add(number, order, order.prepared())
        except AudiocoachError as error:
            self._end(number, error)

    def _add(self, number: int, order: Order, prepared: Prepared) -> None:
        order.role.announce(order.casting, self.audience)
        missing = self.planner.missing(order, prepared)
        self.begun[number] = order, prepared
        if error := self.graph.add(number, order.speaker, missing):
            self._fail(number, error)

    def _begin(self, task: Task) -> None:
        doing = self.crew.begin(self._work(task), self.audience.seat())
        self.running += 1
        if doing.done():  # nothing else of this crew can have ended before
            self._ended(task, doing)
        else:
            doing.add_done_callback(lambda ended: self.done.put((task, ended)))

    def _work(self, task: Task) -> Work:
        """All that a task needs."""
        if isinstance(task, Speak):
            return SpeakWork(task, self.carried)
        order, prepared = self.begun[task.session]
        return LinkWork(
            prepared.routine,
            prepared.script,
            order.chosen,
            order.casting.choice,
            order.speaker,
            order.variant.output,
            order.variant.beside,
            self.carried,
            self.crew.by_hand,
        )

    # -- what comes of them ------------------------------------------------------------

    def _ended(self, task: Task, doing: Doing) -> None:
        self.running -= 1
        try:
            result = doing.result()
        except LostError as error:
            self._vanished(task, error)
            return
        if isinstance(result, Spoke) and isinstance(task, Speak):
            self._warn(result.warning)
            self._said(task, result.said)
        elif isinstance(result, Linked) and isinstance(task, Link):
            self._linked(task.session, result)

    def _said(self, task: Speak, said: Said) -> None:
        for number, error in self.graph.spoke(task, said).items():
            self._fail(number, error)
        self.audience.spoken(self.graph.spoken, self.graph.to_speak)

    def _linked(self, number: int, linked: Linked) -> None:
        if isinstance(linked.outcome, VoiceError):
            # A clip was damaged in the cache, and could not be spoken again.
            self._fail(number, linked.outcome)
            return
        try:
            linked.write()
        except AudiocoachError as error:
            self._end(number, error)
            return
        if isinstance(linked.outcome, Session):
            self._warn(linked.outcome.warning)
            if self.ledger:
                self.ledger.built(self.begun[number][0], linked.outcome)
        self._end(number, linked.outcome)

    def _warn(self, warning: str | None) -> None:
        if warning:
            self.audience.notice(f"warning: {warning}")

    def _vanished(self, task: Task, error: LostError) -> None:
        """Give a task out again that was lost, unless it was so too often."""
        self.tries[task] += 1
        if isinstance(task, Speak) and len(task.utterances) > 1 and self.tries[task] == _ALONE:
            self.graph.lost(task)
        elif self.tries[task] < TRIES:
            self.lost.append(task)
        elif isinstance(task, Link):
            self._end(task.session, LackError(f"{error}, {TRIES} times; {_REMEDY}"))
        else:
            told = VoiceError(f"{error}, {TRIES} times; {_REMEDY}", voice=task.speaker.name)
            failed = dict.fromkeys(task.utterances, told)
            self._said(task, Said(frozenset(), failed, None if failed else told))

    def _fail(self, number: int, error: VoiceError) -> None:
        """A session can't be spoken: as a whole by the next voice, where that is allowed."""
        order, prepared = self.begun[number]
        other = self.planner.otherwise(order)
        if other is None:
            self._end(number, error)
            return
        spec = other.casting.choice.spec
        self.audience.notice(f"{spec} speaks the whole session instead: {error}")
        self._add(number, other, prepared)

    def _end(self, number: int, outcome: Outcome) -> None:
        self.begun.pop(number, None)
        self.outcomes[number] = outcome
        self.audience.ended(len(self.outcomes))


_REMEDY: Final = "see the log of the worker, or give it more memory or --time-limit"
