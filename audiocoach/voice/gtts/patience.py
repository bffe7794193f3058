"""How long to wait for the service, and when to ask again."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Limits in seconds, and the randomness and the sleep that tests replace."""

    connect: float = 5.0
    read: float = 10.0
    """Between two pieces of an answer."""
    total: float = 25.0
    """For one request from start to end, however slowly it trickles in."""
    tries: int = 5
    first_wait: float = 1.0
    longest_wait: float = 60.0
    """If the service asks for a longer wait (Retry-After), it is not asked again in this build."""
    at_once: int = 3
    uniform: Callable[[float, float], float] = random.uniform
    sleep: Callable[[float], object] | None = None
    """None waits until the build ends, at most."""

    def wait(self, tries: int) -> float:
        """The wait after that many attempts: exponential, with full jitter."""
        most = min(self.longest_wait, self.first_wait * 2 ** (tries - 1))
        return self.uniform(0.0, most)
