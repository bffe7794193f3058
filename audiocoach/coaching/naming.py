"""Whether an exercise by the clock begins with its name."""

from __future__ import annotations

from typing import Final

from audiocoach.coaching.body import Body
from audiocoach.coaching.pacing import SHORTENED_UP_TO, TIGHT_PAUSE, speaking_ms
from audiocoach.coaching.rhythm import hands_over
from audiocoach.coaching.stations import Station, moving, needs, spare, speaking, speechless
from audiocoach.coaching.writer import Writer
from audiocoach.routine.phases import PhaseKind
from audiocoach.routine.unfold import Block

_NEAR: Final = 3_000
"""In one of up to so long (ms) its name and the work are too near for saying it twice."""
_NAMED_UP_TO: Final = 5_000
"""In a rest of up to so long (ms) one can't be sure to have heard the name."""


def named_at_work(writer: Writer, station: Station) -> bool:
    """Whether the work begins with the name, as the rest before it is so short.

    In place of "go", unless one name from the other is too near: `start` comes between them, or no
    more than the words of a rest that is shorter still. Before a word of its own, and behind a
    longer rest, only if that has hardly time for the name beside what matters more.
    Where there is no rest, the last rep before has just said it, if it had room for that.
    """
    rest, before, body = station.turn.rest, station.before, Body.of(writer, station.exercise)
    if rest is None:
        return False
    if before and speechless(rest) and not before.way.whole_set:
        return not hands_over(Body.of(writer, before), body.announced(body.blocks[0]))
    if rest.minimum > SHORTENED_UP_TO:
        return False
    near = rest.minimum <= _NEAR or body.start(body.blocks[0])
    if near or rest.minimum > _NAMED_UP_TO:
        return not _tells_name(writer, station, body)
    if _names_itself(body.blocks[0]):
        return True
    left = spare(writer, station, short=True, counted=False)
    briefly = (line._replace(text=line.shorter[-1]) for line in moving(writer, station))
    return speaking(writer, briefly) > left


def _names_itself(block: Block) -> bool:
    """Whether what is done begins with "go", in place of which it can say what it is."""
    return block.phases[0].kind in (PhaseKind.WORK, PhaseKind.REP)


def _tells_name(writer: Writer, station: Station, body: Body) -> bool:
    """Whether the rest before an exercise has time for its name, beside what matters more."""
    rest, before = station.turn.rest, station.before
    done = Body.of(writer, before) if before else None
    start = body.start(body.blocks[0])
    told = (
        [before.stop or "", *(each.say for each in done.leaving(done.blocks[-1]))]
        if before and done
        else []
    )
    told += [each.say for each in (*station.turn.tasks, *start)]
    told += [line.shorter[-1] for line in moving(writer, station)]
    told += [line.text for line in needs(writer, station) if line.rule == "support-again"]
    texts = (*told, writer.phrases("exercise.only", name=station.exercise.name))
    rate = writer.settings.rate
    lasts = sum(speaking_ms(text, rate) + TIGHT_PAUSE for text in texts)
    lasts += sum(each.time.minimum for each in start if each.time)
    return rest is not None and lasts <= rest.minimum
