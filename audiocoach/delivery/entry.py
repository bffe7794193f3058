"""Where a file of a session may begin, given the moment (ms) in its address or name."""

from __future__ import annotations

from audiocoach.sound.link import uncut
from audiocoach.timeline.landing import landed, landings, taken_up
from audiocoach.timeline.script import SAMPLES_PER_MS
from audiocoach.timeline.timeline import Timeline


class Entries:
    """The entries of one session: none cuts a sound or a prescribed time."""

    def __init__(self, timeline: Timeline) -> None:
        self._landings = uncut(timeline, landings(timeline))
        self._reps = {ms(at): at for at in uncut(timeline, taken_up(timeline))}

    def at(self, moment: int) -> int:
        """The sample from which a moment is heard.

        That is the last explanation before it; a rep only if the moment is exactly its start,
        because then the rep is meant.
        """
        return self._reps.get(moment) or landed(self._landings, moment * SAMPLES_PER_MS)

    def moment(self, at: int) -> int:
        """The moment that leads to a sample, or to the last thing explained before it."""
        return ms(self.at(ms(at)))


def ms(at: int) -> int:
    """A sample in ms, rounded up."""
    return -(-at // SAMPLES_PER_MS)
