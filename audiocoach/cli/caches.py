"""The commands about the cache: info, clear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from audiocoach.cli.helping import Command, alone
from audiocoach.cli.options import JsonOption
from audiocoach.cli.output import put_json, say, tell
from audiocoach.settings.surroundings import Surroundings

if TYPE_CHECKING:
    from audiocoach.store.place import Place

app = typer.Typer(help="Show or empty the cache: what has been spoken and encoded before.")


@app.callback(invoke_without_command=True, epilog="audiocoach cache")
def cache(context: typer.Context, json: JsonOption = False) -> None:
    """Show or empty the cache: what has been spoken and encoded before."""
    alone(context, info, json=json)


@app.command("info", cls=Command, epilog="audiocoach cache info")
def info(json: JsonOption = False) -> None:
    """Show where the cache is, what it holds, and its limit."""
    from audiocoach.store import open_cache, size_limit

    here = Surroundings.here()
    cache, limit = open_cache(here.place("CACHE")), size_limit(here.variable("CACHE_LIMIT"))
    if json:
        places = [place for place in (cache.place, cache.near) if place]
        put_json({"limit": limit, "places": [_as_json(place) for place in places]})
        return
    most = f" of at most {limit / 1e6:.0f} MB (set by AUDIOCOACH_CACHE_LIMIT)"
    if cache.near is None:
        _tell(cache.place, most)
        return
    _tell(cache.place, "; nothing is removed, except by a lifecycle rule of the bucket")
    tell("local copy of what this computer has read or made:")
    _tell(cache.near, most)


def _as_json(place: Place) -> dict[str, Any]:
    from audiocoach.store.cache import usage_of

    usage = usage_of(place)
    return {
        "place": str(place.where),
        "bytes": sum(size for _, size in usage.values()),
        "kinds": {kind: {"entries": n, "bytes": size} for kind, (n, size) in sorted(usage.items())},
    }


def _tell(place: Place, limit: str) -> None:
    """Print what a place holds."""
    from audiocoach.store.cache import usage_of

    usage = usage_of(place)
    total = sum(size for _, size in usage.values())
    tell(str(place.where))
    tell(f"{total / 1e6:.1f} MB{limit}")
    for kind, (count, size) in sorted(usage.items()):
        entries = "entry  " if count == 1 else "entries"
        tell(f"  {kind:<10} {count:>6} {entries} {size / 1e6:>9.1f} MB")


@app.command("clear", cls=Command, epilog="audiocoach cache clear")
def clear() -> None:
    """Empty the cache, for everyone who shares it; the next build speaks everything again."""
    from audiocoach.store import open_cache

    freed = open_cache(Surroundings.here().place("CACHE")).clear()
    say(f"freed {freed / 1e6:.1f} MB")
