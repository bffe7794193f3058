"""The commands about the cache: info, clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from audiocoach.cli.output import put, say
from audiocoach.settings.surroundings import Surroundings

if TYPE_CHECKING:
    from audiocoach.store.place import Place

app = typer.Typer(help="What was spoken and encoded before.", no_args_is_help=True)


@app.command("info", epilog="Example: audiocoach cache info")
def info() -> None:
    """Where the cache is, what it holds, and how far it may grow."""
    from audiocoach.store import open_cache, size_limit

    here = Surroundings.here()
    cache, limit = open_cache(here.place("CACHE")), size_limit(here.variable("CACHE_LIMIT"))
    most = f" of at most {limit / 1e6:.0f} MB (set by AUDIOCOACH_CACHE_LIMIT)"
    if cache.near is None:
        _tell(cache.place, most)
        return
    _tell(cache.place, "; nothing is dropped, unless a lifecycle rule of the bucket does")
    put("near it, what this computer made or read of it:\n")
    _tell(cache.near, most)


def _tell(place: Place, limit: str) -> None:
    """Print what a place holds."""
    from audiocoach.store.cache import usage_of

    usage = usage_of(place)
    total = sum(size for _, size in usage.values())
    put(f"{place.where}\n")
    put(f"{total / 1e6:.1f} MB{limit}\n")
    for kind, (count, size) in sorted(usage.items()):
        put(f"  {kind:<10} {count:>6} entries {size / 1e6:>9.1f} MB\n")


@app.command("clear", epilog="Example: audiocoach cache clear")
def clear() -> None:
    """Remove all of it, also for others who share it; the next build speaks everything again."""
    from audiocoach.store import open_cache

    freed = open_cache(Surroundings.here().place("CACHE")).clear()
    say(f"freed {freed / 1e6:.1f} MB")
