"""How much slower than its own pace a Piper voice is made to speak.

No description says how fast a voice is: joe speaks 209 words a minute in our sentences, and a coach
can be followed at 150 to 180. So each voice is measured once, on a sentence of its language. The
pauses in it do not count, as a sentence has few or many: without them joe says 235 words a minute
in forty of our sentences, and 234 in this one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from audiocoach.coaching.phrases import languages, phrases_for
from audiocoach.language import base

PACE: Final = 204.0
"""Words a minute, pauses left out, that a quicker voice is slowed to: with them 180."""
SLOWEST: Final = 1.4
"""Slower than that, any voice drawls."""
_PROBE: Final = 1.25
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def sentence(language: str) -> str:
    """The sentence a voice is measured on; English for a language without a catalogue."""
    known = language if base(language) in languages() else "en"
    return max(phrases_for(known).variants("calibration"), key=len)


def slowness(text: str, seconds: Callable[[float], float]) -> float:
    """How many times longer than its own a voice should make its sounds, 1.0 to `SLOWEST`.

    `seconds` is how long it sounds in the text at such a factor. Sounds last whole frames, so they
    grow by less than the factor says, and evenly: two points tell the line.
    """
    wanted = 60 * len(_WORD.findall(text)) / PACE
    natural = seconds(1.0)
    growth = (seconds(_PROBE) - natural) / (_PROBE - 1) if natural < wanted else 0.0
    if growth <= 0:
        return 1.0
    return min(SLOWEST, round(1 + (wanted - natural) / growth, 2))
