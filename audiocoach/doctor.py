"""What works on this computer, and how to mend what does not."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from audiocoach import __version__
from audiocoach.config import load_config
from audiocoach.delivery.player import find_player
from audiocoach.errors import AudiocoachError
from audiocoach.voice.base import engine_names, find_engine
from audiocoach.voice.cache import open_cache, size_limit
from audiocoach.voice.choice import probe_online


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    detail: str
    remedy: str = ""
    good: bool = field(default=True, kw_only=True)


def examine(language: str = "en") -> Iterator[Finding]:
    """Look at everything a build needs, one after the other; asks the network once."""
    yield Finding(
        "audiocoach", f"{__version__} on Python {platform.python_version()}, {sys.platform}"
    )
    yield _config()
    for name in engine_names():
        yield _engine(name, language)
    yield _network()
    yield _cache()
    yield _player()


def _config() -> Finding:
    try:
        config = load_config()
    except AudiocoachError as error:
        return Finding("config", str(error), good=False)
    there = "" if config.path.exists() else " (none there: the defaults hold)"
    return Finding("config", f"{config.path}{there}")


def _engine(name: str, language: str) -> Finding:
    try:
        offers = find_engine(name).offers(language)
    except (AudiocoachError, ImportError) as error:
        return Finding(name, str(error), good=False)
    ready = [offer.spec for offer in offers if not offer.step]
    if ready:
        more = f" and {len(ready) - 1} more" if len(ready) > 1 else ""
        return Finding(name, f"ready for {language}: {ready[0]}{more}")
    step = offers[0].step if offers else f"nothing for {language}"
    return Finding(name, "not ready", step, good=False)


def _network() -> Finding:
    try:
        failure = probe_online()
    except (AudiocoachError, ImportError) as error:
        failure = str(error)
    if failure is None:
        return Finding("network", "gTTS's service answers")
    return Finding(
        "network",
        f"gTTS's service does not answer: {failure}",
        "other voices need no network",
        good=False,
    )


def _cache() -> Finding:
    try:
        cache, limit = open_cache(), size_limit()
    except AudiocoachError as error:
        return Finding("cache", str(error), good=False)
    total = sum(size for _, size in cache.usage().values())
    detail = f"{cache.root}: {total / 1e6:.1f} MB of {limit / 1e6:.0f} MB"
    if _writable(cache.root):
        return Finding("cache", detail)
    remedy = "name another with AUDIOCOACH_CACHE=/a/folder"
    return Finding("cache", f"{detail}, not writable", remedy, good=False)


def _writable(folder: Path) -> bool:
    """Whether files can be made in a folder, or the folder itself."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    return there.is_dir() and os.access(there, os.W_OK)


def _player() -> Finding:
    player = find_player()
    if player or sys.platform == "win32":
        return Finding("player", player[0] if player else "the one Windows picks")
    return Finding("player", "none found", "install mpv or ffmpeg to hear 'voices try'", good=False)
