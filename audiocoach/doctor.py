"""What works on this computer, and how to fix what does not."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from typing import Final

from audiocoach import __version__
from audiocoach.casting import Role
from audiocoach.errors import AudiocoachError, DeliveryError
from audiocoach.installing import extra_command
from audiocoach.player import find_player
from audiocoach.settings.resolve import Options, settled
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import open_cache, size_limit
from audiocoach.store.cache import usage_of
from audiocoach.voice.base import engine_names, find_engine
from audiocoach.voice.choice import ONLINE, probe_online

_EXTRAS: Final = {
    "serve": ("uvicorn", "segno"),
    "m4b": ("av",),
    "play": ("miniaudio",),
    "alexa": ("cryptography",),
}
"""What extras bring, beside voices; the skill for OpenVoiceOS lives where that does."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    detail: str
    remedy: str = ""
    good: bool = field(default=True, kw_only=True)


def examine(
    surroundings: Surroundings, language: str = "en", *, offline: bool | None = None
) -> Iterator[Finding]:
    """Check everything a build needs, one after the other.

    The network is contacted once, or not at all if no text may leave (`offline`, or the user's
    config if that is None).
    """
    yield Finding(
        "audiocoach", f"{__version__} on Python {platform.python_version()}, {sys.platform}"
    )
    yield _looked_at("config", _config, surroundings)
    network, failure = _network(surroundings, offline=offline)
    for name in engine_names():
        silent = name == ONLINE and failure is not None
        yield _looked_at(name, _engine, name, language, surroundings, silent)
    yield network
    yield _looked_at("voice", partial(_casting, offline=offline), language, failure, surroundings)
    yield _looked_at("cache", _cache, surroundings)
    yield _player()
    yield _extras()


def _looked_at(what: str, look: Callable[..., Finding], *where: object) -> Finding:
    """What is found, or why one can't look."""
    try:
        return look(*where)
    except (AudiocoachError, ImportError) as error:
        return Finding(what, str(error), good=False)


def _config(surroundings: Surroundings) -> Finding:
    config = surroundings.config
    settled(Options(), surroundings=surroundings)
    there = "" if config.path.exists() else " (no such file: the defaults apply)"
    return Finding("config", f"{config.path}{there}")


def _engine(name: str, language: str, surroundings: Surroundings, silent: object) -> Finding:
    """Which voices of an engine are ready; none is where its service does not answer."""
    offers = find_engine(name, surroundings).offers(language)
    if silent:
        detail = f"{len(offers)} voices for {language}, none of which can speak now: see network"
        return Finding(name, detail, good=False)
    ready = [offer.spec for offer in offers if not offer.step]
    if ready:
        more = f" and {len(ready) - 1} more" if len(ready) > 1 else ""
        return Finding(name, f"ready for {language}: {ready[0]}{more}")
    if not offers:
        return Finding(name, f"has no voice for {language}", good=False)
    return Finding(name, f"not ready for {language}", offers[0].step, good=False)


def _network(surroundings: Surroundings, *, offline: bool | None) -> tuple[Finding, str | None]:
    """Whether gTTS's service answers, and why not."""
    try:
        if _role("en", surroundings, offline=offline).wish.stays_here:
            why = "not asked, as no text may leave this computer (--offline, or your config)"
            return Finding("network", why, good=False), why
        failure = probe_online(ONLINE, surroundings)
    except (AudiocoachError, ImportError) as error:
        failure = str(error)
    if failure is None:
        return Finding("network", "gTTS's service answers"), None
    remedy = "other voices need no network; behind a proxy, set HTTPS_PROXY"
    detail = f"gTTS's service does not answer: {failure}"
    return Finding("network", detail, remedy, good=False), failure


def _role(language: str, surroundings: Surroundings, *, offline: bool | None) -> Role:
    chosen = settled(Options(offline=offline, rate=1.0), surroundings=surroundings)
    return Role(language, chosen, open_cache(surroundings.place("CACHE")), surroundings)


def _casting(
    language: str, failure: str | None, surroundings: Surroundings, *, offline: bool | None
) -> Finding:
    """Who would speak if no `--voice` were given."""
    casting = _role(language, surroundings, offline=offline).cast(probe=lambda _: failure)
    choice = casting.choice
    detail = f"{casting.voice.name} speaks: {choice.why}"
    return Finding("voice", detail, choice.how_to_choose_otherwise)


def _cache(surroundings: Surroundings) -> Finding:
    cache = open_cache(surroundings.place("CACHE"))
    limit = size_limit(surroundings.variable("CACHE_LIMIT"))
    folder = cache.near or cache.place  # a bucket may take minutes to list
    total = sum(size for _, size in usage_of(folder).values())
    detail = f"{folder.where}: {total / 1e6:.1f} MB of {limit / 1e6:.0f} MB"
    if cache.near:
        detail = f"{cache.where}, and near it {detail}"
    try:
        cache.prove()
    except DeliveryError as error:
        return Finding("cache", detail, str(error), good=False)
    return Finding("cache", detail)


def _player() -> Finding:
    player = find_player()
    if player or sys.platform == "win32":
        return Finding("player", player[0] if player else "the one Windows picks")
    return Finding("player", "none found", "install mpv or ffmpeg to hear 'voices try'", good=False)


def _extras() -> Finding:
    """Which of what only some need is here; nothing of it is imported."""
    missing = [name for name, modules in _EXTRAS.items() if not all(map(find_spec, modules))]
    there = ", ".join(name for name in _EXTRAS if name not in missing) or "none"
    if not missing:
        return Finding("extras", there)
    remedy = extra_command(*missing)
    return Finding("extras", f"{there}; not here: {', '.join(missing)}", remedy, good=False)
