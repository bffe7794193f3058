"""The graph of a batch, as pure data: turns what sessions need into tasks, each given out once.

There are two kinds of task. *Speak*: one voice says a few utterances that the cache lacks. *Link*:
a session whose utterances have all been spoken is written. An utterance is spoken once, however
many need it; the graph doesn't know who runs a task, or how often it was lost.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from audiocoach.errors import VoiceError
from audiocoach.timeline.script import Utterance


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice as a session needs it: equal ones share every clip."""

    name: str
    """In full, as after `--voice`."""
    language: str
    rate: float
    fingerprint: str
    """What the voice sounds like here; a worker with another one must not speak."""
    service: str = ""
    """The engine, if it is online: two tasks never use it at once."""
    stays_here: bool = False
    """Whether no text may leave the computer."""


@dataclass(frozen=True, slots=True)
class Speak:
    """A voice speaks some utterances; without any, it is only measured."""

    speaker: Speaker
    utterances: tuple[Utterance, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A session, whose clips are all there, is assembled and written."""

    session: int


Task: TypeAlias = Speak | Link


@dataclass(frozen=True, slots=True)
class Said:
    """What became of a task of speaking."""

    spoken: frozenset[Utterance]
    failed: Mapping[Utterance, VoiceError] = field(default_factory=dict)
    mute: VoiceError | None = None
    """Why the voice won't speak anything else either."""


@dataclass(slots=True)
class _Line:
    """What a speaker still has to say."""

    levelled: bool
    levelling: bool = False
    queue: deque[Utterance] = field(default_factory=deque)
    wanted_by: defaultdict[Utterance, list[int]] = field(default_factory=lambda: defaultdict(list))
    """The sessions that wait for an utterance, until it has been spoken or can't be."""
    failed: dict[Utterance, VoiceError] = field(default_factory=dict)
    alone: set[Utterance] = field(default_factory=set)
    """What was lost with others, and is now said in a task of its own."""
    mute: VoiceError | None = None
    """Why this speaker can say nothing at all."""


class Graph:
    """What there is to do for the added sessions, and what can begin now."""

    def __init__(self, most: int | None) -> None:
        """A task speaks at most so many utterances; None is for one who speaks alone, at once."""
        self._most: Final = most
        self._lines: dict[Speaker, _Line] = {}
        self._lacking: dict[int, int] = {}
        self._ready: deque[Link] = deque()
        self._busy: set[str] = set()
        self.spoken = 0
        self.to_speak = 0

    @property
    def waiting(self) -> int:
        """How many sessions still lack an utterance."""
        return len(self._lacking)

    def add(
        self, session: int, speaker: Speaker, missing: Iterable[Utterance]
    ) -> VoiceError | None:
        """Add a session, to be linked once these are spoken; returns why that is no longer
        possible, if so."""
        needed = list(dict.fromkeys(missing))
        if not needed:
            self._ready.append(Link(session))
            return None
        line = self._lines.setdefault(speaker, _Line(levelled=self._most is None))
        hindered = line.mute or next((line.failed[u] for u in needed if u in line.failed), None)
        if hindered:
            return hindered
        for utterance in needed:
            if utterance not in line.wanted_by:
                line.queue.append(utterance)
                self.to_speak += 1
            line.wanted_by[utterance].append(session)
        self._lacking[session] = len(needed)
        return None

    def take(self) -> Task | None:
        """The next task that can begin; a session needs its speaking longer than its linking."""
        for speaker, line in self._lines.items():
            if line.levelling or speaker.service in self._busy:
                continue
            if task := self._next(speaker, line):
                self._busy.update([speaker.service] if speaker.service else [])
                return task
        return self._ready.popleft() if self._ready else None

    def _next(self, speaker: Speaker, line: _Line) -> Speak | None:
        """What a speaker says next, of what a session still waits for."""
        utterances: list[Utterance] = []
        while line.queue and len(utterances) != self._most:
            if line.queue[0] in line.alone and utterances:
                break
            utterance = line.queue.popleft()
            if any(session in self._lacking for session in line.wanted_by[utterance]):
                utterances.append(utterance)
            else:
                del line.wanted_by[utterance]
                self.to_speak -= 1
            if utterance in line.alone:
                break
        if not utterances:
            return None
        if not line.levelled:
            line.queue.extendleft(reversed(utterances))
            line.levelling, utterances = True, []
        return Speak(speaker, tuple(utterances))

    def lost(self, task: Speak) -> None:
        """A task vanished more than once, perhaps because of one of its utterances: each is now
        spoken alone."""
        line = self._lines[task.speaker]
        self._busy.discard(task.speaker.service)
        line.queue.extendleft(reversed(task.utterances))
        line.alone.update(task.utterances)

    def spoke(self, task: Speak, said: Said) -> dict[int, VoiceError]:
        """A task has ended; returns which sessions can't be made now, and why."""
        line = self._lines[task.speaker]
        self._busy.discard(task.speaker.service)
        line.levelled, line.levelling = line.levelled or not task.utterances, False
        line.mute = line.mute or said.mute
        ended = list(task.utterances)
        if line.mute:
            ended += line.queue
            line.queue.clear()
        lost: dict[int, VoiceError] = {}
        for utterance in ended:
            error = said.failed.get(utterance) or (
                line.mute if utterance not in said.spoken else None
            )
            lost |= self._ended(line, utterance, error)
        return lost

    def _ended(
        self, line: _Line, utterance: Utterance, error: VoiceError | None
    ) -> dict[int, VoiceError]:
        """An utterance was spoken, or can't be; the sessions that can't be made without it."""
        waiting = [each for each in line.wanted_by.pop(utterance) if each in self._lacking]
        if error:
            self.to_speak -= 1
            line.failed[utterance] = error
            for session in waiting:
                del self._lacking[session]
            return dict.fromkeys(waiting, error)
        self.spoken += 1
        for session in waiting:
            self._lacking[session] -= 1
            if not self._lacking[session]:
                del self._lacking[session]
                self._ready.append(Link(session))
        return {}
