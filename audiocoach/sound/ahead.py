"""Makes the next piece while the current one is used, on two cores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Piece = TypeVar("_Piece")


def ahead(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """The same pieces, each made on a thread of its own while the one before it is used."""
    iterator, end = iter(pieces), object()
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, iterator, end)
        while (piece := coming.result()) is not end:
            coming = pool.submit(next, iterator, end)
            yield piece  # type: ignore[misc]  # no piece is the end
