"""A short word is spoken inside a sentence, and cut out of it at the pause.

Neural voices learn from read sentences. Asked for one word alone they often
garble it, and a session counts hundreds of them. So the word is put at the end
of a sentence, behind a colon, where a reader pauses:

    The next word is: one.
    ~~~~~~~~~~~~~~~~   ~~~~
         part 1       part 2, which is kept

Nobody hears the result before it is used, so a cut is believed only when the word begins where the
model says that it does (`cut_at`), or, if that can't be known, exactly the expected number of parts
is found and the last has about the length its letters let expect (`cut`); and when the word is
whole (`whole`). Else the next phrase is tried, and in the end the word alone. A short sentence
inside a longer text is not cut out: it is joined to its neighbour. Pure functions on text and
samples; what a voice does with them is `speech`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from audiocoach.voice.base import recommended

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

MOST_WORDS: Final = 2
_WORD: Final = r"[^\W_]+(?:['’-][^\W_]+)*"
_SHORT: Final = re.compile(rf"({_WORD}(?: {_WORD}){{0,{MOST_WORDS - 1}}})\s?([.!?…]*)")
"""One or two words and the mark that ends them; a pause inside would be cut at."""

_FULL_STOP: Final = re.compile(r"(?<=[^\W\d_])\.(?= [^\W_])")
_ABBREVIATIONS: Final = frozenset({"dr", "mr", "mrs", "ms", "nr", "sr", "sra", "st", "vs"})

# What is a pause, in seconds and in decibels below the speech around it. The longest and
# the quietest is tried first: the silence inside "eight", before its t, is shorter, and a
# soft f or th, 25 to 30 dB below the vowels, must not be taken for a pause.
PAUSES: Final = (0.20, 0.15, 0.12, 0.09)
DEPTHS: Final = tuple(range(45, 25, -3))
PAUSE, PAUSE_DB = PAUSES[1], 35
"""What counts as a pause if only its length matters."""
STEP: Final = 0.005
"""The seconds over which the level is measured."""
SHORTEST_SOUND: Final = 0.04
"""Anything shorter between two silences is a click of the tongue, not a word."""
LEAD_IN: Final = 0.02
"""Seconds kept before the word, for an onset softer than the pause was thought to be."""
ACTIVE_DB: Final = 20
"""Sound that is more than this far below the loudest does not count towards the loudness of speech.
"""
LONGER: Final = 2.5
"""How many times longer or shorter than its letters suggest the kept part may be."""
NEAR: Final = 0.1
"""The most seconds between where a word should begin by the voice's own count, and where it does.
"""
LEAST: Final = 0.3
"""The least share of what follows that must be sound: after the word a voice pauses."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence with the wanted word at its end."""

    sentence: str
    parts: int
    """How many stretches of speech, separated by pauses, it must have."""
    share: float
    """How much of all its speech the last part should be, going by the letters."""

    @property
    def mark(self) -> str:
        """The last of its kind stands before the word."""
        return ":" if self.parts == 2 else ";"


def lead_in(language: str) -> str:
    """What is said before a word; "" in a language without a catalogue: the word is repeated."""
    return recommended(language, "voice.lead")


def phrases(text: str, language: str) -> Sequence[Phrase]:
    """The sentences to try for a short text, the best first; none for a longer one."""
    match = _SHORT.fullmatch(text.strip())
    if match is None:
        return []
    words, mark = match[1], match[2] or "."
    repeated = Phrase(f"{words}; {words}; {words}{mark}", 3, 1 / 3)
    lead = lead_in(language)
    if not lead:
        return [repeated]
    share = len(words) / len(lead + words)
    return [Phrase(f"{lead}: {words}{mark}", 2, share), repeated]


def leaning(text: str) -> str:
    """The text with short sentences joined to those beside them, by semicolons.

    Piper gives its voice one sentence at a time; "Heels down. Rest." would be two
    of one or two words.
    """
    first, *others = _FULL_STOP.split(text)
    whole, before = first, first
    for after in others:
        abbreviated = before.split()[-1].casefold() in _ABBREVIATIONS
        short = any(_SHORT.fullmatch(each.strip()) for each in (before, after))
        whole += (";" if short and not abbreviated else ".") + after
        before = after
    return whole


def cut(samples: Samples, rate: int, phrase: Phrase) -> Samples | None:
    """The last part of a spoken phrase, up to its end, or None if that is not certain."""
    for found in _readings(samples, rate, phrase.parts):
        lengths = [end - start for start, end in found]
        measured = lengths[-1] / sum(lengths)
        if not phrase.share / LONGER <= measured <= phrase.share * LONGER:
            continue
        return _kept(samples, rate, found[-2][1], found[-1][0])
    return None


def cut_at(samples: Samples, rate: int, expected: int) -> Samples | None:
    """The word at the end of a phrase; None if it does not begin at about the sample `expected`.

    Nothing else is in these samples but the pause before it.
    """
    for [(start, end)] in _readings(samples, rate, 1):
        if abs(start - expected) > NEAR * rate:
            continue
        if end - start >= LEAST * (len(samples) - expected):
            return _kept(samples, rate, 0, start)
    return None


def _kept(samples: Samples, rate: int, before: int, start: int) -> Samples:
    """From a little before the sound that begins at `start`, softly, but not from `before`."""
    import numpy as np

    first = max(start - round(LEAD_IN * rate), before)
    kept = samples[first:].copy()
    fade = min(start - first, len(kept))
    kept[:fade] *= np.linspace(0, 1, fade, endpoint=False, dtype=np.float32)
    return kept


def levelled(word: Samples, rate: int, level: float) -> Samples:
    """The word at that loudness (`loudness`): at the end of a sentence it drops by up to 9 dB."""
    import numpy as np

    loud, peak = loudness(word, rate), float(np.abs(word).max(initial=0.0))
    if not peak or not loud:
        return word
    return np.asarray(word * min(level / loud, 1 / peak), np.float32)


def sounding(samples: Samples, rate: int) -> float:
    """How many seconds of it are sound: pauses left out."""
    import numpy as np

    level = _decibels(samples, max(1, round(STEP * rate)))
    if not len(level):
        return 0.0
    loud = level > float(np.percentile(level, 90)) - PAUSE_DB
    found = _sounds(loud, round(PAUSE / STEP), round(SHORTEST_SOUND / STEP))
    return STEP * sum(end - start for start, end in found)


def loudness(samples: Samples, rate: int) -> float:
    """The root mean square of what is spoken, pauses left out."""
    import numpy as np

    level = _decibels(samples, max(1, round(STEP * rate)))
    active = level[level > level.max(initial=-120.0) - ACTIVE_DB]
    return float(np.sqrt(np.mean(10 ** (active / 10)))) if len(active) else 0.0


def _readings(samples: Samples, rate: int, parts: int) -> Iterator[list[tuple[int, int]]]:
    """Every way of seeing exactly `parts` stretches of sound, the most certain first."""
    import numpy as np

    step = max(1, round(STEP * rate))
    level = _decibels(samples, step)
    if not len(level):
        return
    speech = float(np.percentile(level, 90))
    for pause in PAUSES:
        for depth in DEPTHS:
            loud = level > speech - depth
            found = _sounds(loud, round(pause / STEP), round(SHORTEST_SOUND / STEP))
            if len(found) == parts:
                yield [(start * step, min(end * step, len(samples))) for start, end in found]


def _sounds(loud: NDArray[np.bool_], pause: int, shortest: int) -> list[tuple[int, int]]:
    """Where it is loud: clicks left out, silences shorter than `pause` bridged (in steps)."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate(([False], loud, [False])).astype(np.int8)))
    runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    runs = [(start, end) for start, end in runs if end - start >= shortest]
    if not runs:
        return []
    breaks = [(a, b) for (_, a), (b, _) in pairwise(runs) if b - a >= pause]
    starts = [runs[0][0], *(b for _, b in breaks)]
    ends = [*(a for a, _ in breaks), runs[-1][1]]
    return list(zip(starts, ends, strict=True))


def _decibels(samples: Samples, step: int) -> Samples:
    """The level of each step, taken with its neighbours so that a single period does not count."""
    import numpy as np

    power = np.square(samples.astype(np.float64))
    whole = np.pad(power, (0, -len(power) % step)).reshape(-1, step).mean(axis=1)
    if len(whole) < 3:
        return np.zeros(0, np.float32)
    smooth = np.convolve(whole, np.full(3, 1 / 3), mode="same")
    return np.asarray(10 * np.log10(smooth + 1e-12), np.float32)
