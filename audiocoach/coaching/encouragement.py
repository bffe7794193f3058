"""Which encouraging line comes when: varied, never the same twice in a row, repeatable."""

from __future__ import annotations

from hashlib import sha256

from audiocoach.coaching.phrases import Phrases


def well_done(phrases: Phrases, seed: int, index: int, name: str) -> str:
    """The line after exercise number `index` (from 0), which is called `name`.

    The lines come in an order that the seed decides, from the first one again; with the
    seed 0 it is that of the catalogue.
    """
    lines = phrases.variants("exercise.done", name=name)
    order = range(len(lines))
    shuffled = sorted(order, key=lambda each: sha256(f"{seed} {each}".encode()).digest())
    return lines[(shuffled if seed else order)[index % len(lines)]]
