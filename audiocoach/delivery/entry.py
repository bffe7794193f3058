"""Where a file of a session may begin, by the moment (ms) that its address or its name says."""

from __future__ import annotations

from audiocoach.sound.link import uncut
from audiocoach.timeline.landing import landed, landings, taken_up
from audiocoach.timeline.script import SAMPLES_PER_MS
from audiocoach.timeline.timeline import Timeline


class Entries:
    """Those of one session: each cuts no sound, and no prescribed time."""

    def __init__(self, timeline: Timeline) -> None:
        self._landings = uncut(timeline, landings(timeline))
        self._reps = {ms(at): at for at in uncut(timeline, taken_up(timeline))}

    def at(self, moment: int) -> int:
        """The sample from which a moment is heard.

        Where it is told last; a rep only where the moment is its very start, as then it is meant.
        """
        return self._reps.get(moment) or landed(self._landings, moment * SAMPLES_PER_MS)

    def moment(self, at: int) -> int:
        """The moment that leads to a sample, or to the last thing told before it."""
        return ms(self.at(ms(at)))


def ms(at: int) -> int:
    """A sample in ms that are not before it."""
    return -(-at // SAMPLES_PER_MS)
