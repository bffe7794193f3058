"""Ten seconds of real coaching, to judge a voice by: an instruction, a count-in, a hold."""

from __future__ import annotations

from audiocoach.coaching.counting import Counter
from audiocoach.coaching.phrases import phrases_for
from audiocoach.coaching.writer import Writer
from audiocoach.settings.table import Settings
from audiocoach.timeline.script import Address, IntervalKind, MarkerKind, Script

_COUNT_IN_MS = 3_000
_HOLD_MS = 3_000


def sample_script(language: str, text: str = "") -> Script:
    """A short session in `language`; with a text of the user's own it is just that.

    Raises RoutineError if the language has no phrases.
    """
    phrases = phrases_for(language)
    writer = Writer(phrases, Settings(), language)
    writer.mark(MarkerKind.SECTION, "Voice sample", Address())
    if text:
        writer.say("movement", text)
    else:
        writer.say("movement", phrases.variants("calibration")[0])
        counter = Counter(writer)
        writer.breathe()
        writer.exactly(_COUNT_IN_MS, IntervalKind.COUNT_IN, counter.countdown(3))
        writer.exactly(_HOLD_MS, IntervalKind.HOLD, counter.held(_HOLD_MS, ""))
        writer.say("action", f"{phrases('cue.release')}.")
    return Script("Voice sample", language, tuple(writer.items))
