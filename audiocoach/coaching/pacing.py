"""What `--pace` does: it changes pauses and free movements within their limits."""

from __future__ import annotations

from typing import Final, NamedTuple

from audiocoach.routine.times import Source, Time
from audiocoach.settings.values import Pace
from audiocoach.timeline.script import Span


class _Factors(NamedTuple):
    """Percent of the natural time, and pauses after sentences (ms)."""

    gap: int
    tempo: int
    sentence_pause: int
    movement_pause: int


# Pauses between clauses help older listeners remember (Holland and Fletcher 2000,
# doi 10.1080/00049530008255382); their length and the factors are our judgement.
_FACTORS: Final = {
    Pace.SLOW: _Factors(gap=135, tempo=120, sentence_pause=792, movement_pause=1512),
    Pace.NORMAL: _Factors(gap=100, tempo=100, sentence_pause=504, movement_pause=1008),
    Pace.BRISK: _Factors(gap=75, tempo=85, sentence_pause=408, movement_pause=744),
}
SHORTENED_UP_TO: Final = 20_000
"""In a rest that may be as short as this (ms), what is said has shorter forms."""
TIGHT_UP_TO: Final = 8_000
"""A rest so short (ms) has the shortest pauses."""
QUICK: Final = 80
"""A quick voice takes so much (percent) of the time that is thought."""
TIGHT_PAUSE: Final = 240
"""Each pause (ms) in a very short rest."""
CHIMED: Final = 840
"""How long (ms) the word after a chime comes later for it."""
_LETTER_MS: Final = 75
_ONSET_MS: Final = 300
"""By measurement with eSpeak, and a tenth more: other voices take their time."""


_SILENCES: Final = ((60_000, 20_000), (300_000, 40_000))
"""Up to this length (ms) of a time, the longest silence (ms) in it by default."""
_LONGEST_SILENCE: Final = 60_000


def sentence_pause(pace: Pace) -> int:
    """Silence (ms) after a sentence."""
    return _FACTORS[pace].sentence_pause


def movement_pause(pace: Pace) -> int:
    """Silence (ms) after a sentence in which a movement or a position has to be understood."""
    return _FACTORS[pace].movement_pause


def longest_silence(asked: int | None, length: int) -> int:
    """The longest silence (ms) in a time of `length` ms; 0 means no limit.

    Unless a limit was asked for, a long time may have longer silences: 45 calls in fifteen minutes
    would not help.
    """
    if asked is not None:
        return asked
    fitting = (silence for longest, silence in _SILENCES if length <= longest)
    return next(fitting, _LONGEST_SILENCE)


def speaking_ms(text: str, rate: float) -> int:
    """About how long (ms) a text takes to say, at 150 words a minute and that rate."""
    return _ONSET_MS + round(_LETTER_MS * len(text) / rate)


def paced_gap(times: tuple[int, int, int], pace: Pace) -> Span:
    """A pause of a minimum, natural and maximum length (ms) at this pace."""
    return _scaled(*times, _FACTORS[pace].gap)


def paced(time: Time, pace: Pace) -> Span:
    """A time of the routine at this pace: only what is not prescribed moves."""
    match time.source:
        case Source.PRESCRIBED:
            return Span.exactly(time.natural)
        case Source.RANGE:
            brisk = pace is Pace.BRISK
            return Span(time.minimum, time.minimum if brisk else time.maximum, time.maximum)
        case Source.EDITORIAL:
            return _scaled(time.minimum, time.natural, time.maximum, _FACTORS[pace].tempo)


def _scaled(minimum: int, natural: int, maximum: int, percent: int) -> Span:
    return Span(minimum, min(max(natural * percent // 100, minimum), maximum), maximum)
