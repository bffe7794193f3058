"""Tasks between exercises, which have no dose, with the time for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from audiocoach.coaching.writer import Writer
from audiocoach.routine.model import Task
from audiocoach.routine.times import Time
from audiocoach.timeline.script import Address, Glue, MarkerKind, Origin, Wait

_DONE: Final = Time.editorial(4_000, 10_000, 30_000)
"""For a task whose time nobody wrote."""


def write_tasks(writer: Writer, tasks: Iterable[Task]) -> None:
    """Append each: what is said, the invitation to pause where it has one, and its time."""
    for task in tasks:
        if task.name:
            writer.mark(MarkerKind.SECTION, task.name, Address(), Origin(task.line("name"), "name"))
        writer.say("task", task.say, Origin(task.line("say"), "task"))
        if task.pause:
            writer.say("pause", writer.vary("task.pause"), Origin(task.line("pause"), "pause"))
        time, origin = task.time or _DONE, Origin(task.line("time"))
        times = (time.minimum, time.natural, time.maximum)
        writer.gap(times, Glue.MOVE, Wait.DO, task.orient, origin)
