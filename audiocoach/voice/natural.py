"""`voices add natural`: which voice is best for a language and this computer.

The engines whose voices can be added are asked, the most intelligible first. A voice with a
doubtful licence is not chosen, nor one that would take this computer too long.
"""

from __future__ import annotations

import timeit
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

from audiocoach.errors import VoiceError
from audiocoach.settings.surroundings import Surroundings
from audiocoach.voice.base import find_engine
from audiocoach.voice.choice import ADDED

NAME: Final = "natural"
SPEECH: Final = 320.0
"""Seconds of different speech in a session of 20 minutes (foot-relief has 323)."""
PATIENCE: Final = 600.0
"""Seconds that a voice may take for that, once."""
_REFERENCE: Final = 0.0036
"""Seconds for the sum below where our real-time factors were measured (AMD EPYC, Python 3.11)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A voice worth adding."""

    spec: str
    why: str
    """Its quality and its licence."""
    factor: float
    """Seconds of processor time for a second of speech, on the computer where it was measured."""
    step: str = ""
    """What has to be installed first."""


@runtime_checkable
class Natural(Protocol):
    """An engine that knows the best of its voices."""

    def candidate(self, language: str) -> Candidate | None:
        """The best for a language whose licence allows any use; None if there is none."""


def best(language: str, surroundings: Surroundings, slower: float | None = None) -> Candidate:
    """The voice to add, and why. `slower` is how many times slower this computer is.

    Raises VoiceError when no engine has one, or this computer would take too long for each.
    """
    slower = slowness() if slower is None else slower
    passed: list[str] = []
    for name in ADDED:
        engine = find_engine(name, surroundings)
        found = engine.candidate(language) if isinstance(engine, Natural) else None
        if found is None:
            continue
        seconds = found.factor * slower * SPEECH
        minutes = max(1, round(seconds / 60))
        time = f"about {minutes} min for a session of 20 min, once"
        if seconds <= PATIENCE:
            why = "; ".join([f"{found.why}; this computer takes {time}", *passed])
            return Candidate(found.spec, why, found.factor, found.step)
        passed.append(f"{found.spec} would take {time}")
    if passed:
        raise VoiceError(
            f"{'; '.join(passed)}; add it by its name anyway, or see "
            f"audiocoach voices --language {language} for faster ones"
        )
    raise VoiceError(
        f"no natural voice for '{language}' is free of doubts about its licence; "
        f"audiocoach voices --language {language} lists what there is"
    )


def ready(language: str, surroundings: Surroundings) -> str:
    """The voice of these engines that can already speak a language here; "" if there is none."""
    offers = (find_engine(name, surroundings).offers(language) for name in ADDED)
    return next((offer.spec for some in offers for offer in some if not offer.step), "")


def slowness() -> float:
    """How many times slower a core of this computer is than the one of our measurements."""
    return min(timeit.repeat(lambda: sum(range(300_000)), number=1, repeat=7)) / _REFERENCE
