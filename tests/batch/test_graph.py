"""The graph of a batch, whatever sessions need and in whatever order tasks end."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiocoach.batch.graph import Graph, Link, Said, Speak, Speaker, Task
from audiocoach.errors import VoiceError
from audiocoach.timeline.script import Utterance

SPEAKERS = [
    Speaker("espeak:en-us", "en", 1.0, "a"),
    Speaker("kokoro:af_heart", "en", 1.0, "b"),
    Speaker("gtts:en", "en", 1.0, "c", "gtts"),
    Speaker("gtts:de", "de", 1.0, "d", "gtts"),
]
TEXTS = [Utterance(text, "en") for text in ("one", "two", "three", "four", "five", "six")]
NEEDS = st.lists(
    st.tuples(st.sampled_from(SPEAKERS), st.sets(st.sampled_from(TEXTS))), min_size=1, max_size=12
)


@dataclass
class Run:
    """What a crew did that ends tasks in any order, and of which some texts can't be said."""

    needs: list[tuple[Speaker, set[Utterance]]]
    bad: set[Utterance]
    mute: set[Speaker]
    spoken: Counter[tuple[Speaker, Utterance]] = field(default_factory=Counter)
    linked: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)

    def go(self, graph: Graph, chance: random.Random, *, losing: bool = False) -> None:
        running: list[Task] = []
        left = list(enumerate(self.needs))
        while left or running or graph.waiting:
            task = graph.take()
            if task:
                running.append(task)
                self.check(running)
            if left and (task is None or chance.random() < 0.3):
                number, (speaker, texts) = left.pop()
                missing = [each for each in texts if not self.spoken[speaker, each]]
                if graph.add(number, speaker, missing):
                    self.failed.append(number)
            if running and chance.random() < 0.5:
                self.end(graph, running.pop(chance.randrange(len(running))), chance, losing=losing)
        while task := graph.take():
            self.end(graph, task, chance, losing=False)

    def check(self, running: list[Task]) -> None:
        services = Counter(
            each.speaker.service
            for each in running
            if isinstance(each, Speak) and each.speaker.service
        )
        assert all(count == 1 for count in services.values())
        if isinstance(running[-1], Link):
            speaker, texts = self.needs[running[-1].session]
            assert all(self.spoken[speaker, text] for text in texts)

    def end(self, graph: Graph, task: Task, chance: random.Random, *, losing: bool) -> None:
        if isinstance(task, Link):
            self.linked.append(task.session)
            return
        if losing and len(task.utterances) > 1 and chance.random() < 0.3:
            graph.lost(task)
            return
        error = VoiceError("no")
        mute = error if task.speaker in self.mute else None
        failed = {each: error for each in task.utterances if each in self.bad}
        said = frozenset() if mute else frozenset(task.utterances) - failed.keys()
        self.spoken.update((task.speaker, each) for each in said)
        self.failed += graph.spoke(task, Said(said, failed, mute))


@given(NEEDS, st.sets(st.sampled_from(TEXTS), max_size=2), st.sampled_from([None, 1, 3]), st.data())
def test_each_utterance_is_spoken_once_and_each_session_ends_once(
    needs: list[tuple[Speaker, set[Utterance]]],
    bad: set[Utterance],
    most: int | None,
    data: st.DataObject,
) -> None:
    mute = data.draw(st.sets(st.sampled_from(SPEAKERS), max_size=1))
    run = Run(needs, bad, mute)
    run.go(Graph(most), data.draw(st.randoms(use_true_random=False)), losing=most == 3)
    assert sorted(run.linked + run.failed) == list(range(len(needs)))
    assert set(run.spoken.values()) <= {1}
    for number, (speaker, texts) in enumerate(needs):
        hindered = bool(texts) and (bool(texts & bad) or speaker in mute)
        assert (number in run.failed) == hindered


def test_a_voice_is_levelled_before_two_tasks_of_it_run() -> None:
    graph = Graph(1)
    graph.add(0, SPEAKERS[0], TEXTS[:3])
    level = graph.take()
    assert level == Speak(SPEAKERS[0], ())
    assert graph.take() is None
    graph.spoke(level, Said(frozenset()))
    assert [graph.take() for _ in range(4)] == [
        *(Speak(SPEAKERS[0], (each,)) for each in TEXTS[:3]),
        None,
    ]


def test_what_only_a_failed_session_needed_is_not_spoken() -> None:
    graph = Graph(1)
    graph.add(0, SPEAKERS[0], TEXTS[:3])
    level = graph.take()
    assert isinstance(level, Speak)
    graph.spoke(level, Said(frozenset()))
    first = graph.take()
    assert isinstance(first, Speak)
    error = VoiceError("no")
    assert graph.spoke(first, Said(frozenset(), {TEXTS[0]: error})) == {0: error}
    assert graph.take() is None
    assert (graph.spoken, graph.to_speak) == (0, 0)


@pytest.mark.parametrize("most", [None, 2])
def test_a_session_that_lacks_nothing_is_linked_at_once(most: int | None) -> None:
    graph = Graph(most)
    graph.add(7, SPEAKERS[0], [])
    assert graph.take() == Link(7)
    assert graph.take() is None
