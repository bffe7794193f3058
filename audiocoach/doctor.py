"""What works on this computer, and how to mend what does not."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile

from audiocoach import __version__
from audiocoach.errors import AudiocoachError
from audiocoach.pipeline import settled, wish
from audiocoach.player import find_player
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import open_cache, size_limit
from audiocoach.voice.base import engine_names, find_engine, open_voice
from audiocoach.voice.choice import Wish, choose, probe_online, refuse_online


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    detail: str
    remedy: str = ""
    good: bool = field(default=True, kw_only=True)


def examine(language: str = "en", *, offline: bool | None = None) -> Iterator[Finding]:
    """Look at everything a build needs, one after the other.

    The network is asked once, and not at all where no text may leave (`offline`, or the
    user's config if that is None).
    """
    yield Finding(
        "audiocoach", f"{__version__} on Python {platform.python_version()}, {sys.platform}"
    )
    yield _config()
    for name in engine_names():
        yield _engine(name, language)
    network, failure = _network(offline=offline)
    yield network
    yield _chosen(language, failure, offline=offline)
    yield _cache()
    yield _player()


def _config() -> Finding:
    try:
        here = Surroundings.here()
        config = here.config
        settled(Options(), surroundings=here)
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
    if not offers:
        return Finding(name, f"has no voice for {language}", good=False)
    return Finding(name, f"not ready for {language}", offers[0].step, good=False)


def _network(*, offline: bool | None) -> tuple[Finding, str | None]:
    """Whether gTTS's service answers, and why not."""
    try:
        if _wish(offline=offline).stays_here:
            why = "not asked, as no text may leave this computer (--offline, or your config)"
            return Finding("network", why), why
        failure = probe_online()
    except (AudiocoachError, ImportError) as error:
        failure = str(error)
    if failure is None:
        return Finding("network", "gTTS's service answers"), None
    finding = Finding(
        "network",
        f"gTTS's service does not answer: {failure}",
        "other voices need no network; behind a proxy, set HTTPS_PROXY",
        good=False,
    )
    return finding, failure


def _wish(*, offline: bool | None) -> Wish:
    here = Surroundings.here()
    return wish(settled(Options(offline=offline), surroundings=here), here.config)


def _chosen(language: str, failure: str | None, *, offline: bool | None) -> Finding:
    """Who would speak if no `--voice` were given."""
    try:
        wanted, cache = _wish(offline=offline), open_cache()
        choice = choose(language, wanted, cache, probe=lambda: failure)
        voice = open_voice(choice.spec, language=language, rate=1.0, cache=cache)
        if wanted.stays_here:
            refuse_online(voice)
    except (AudiocoachError, ImportError) as error:
        return Finding("voice", str(error), good=False)
    return Finding("voice", f"{voice.name} speaks: {choice.why}", choice.how_to_choose_otherwise)


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
    """Whether files can be made in a folder, or the folder itself, and in those below."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    try:
        with TemporaryFile(dir=there):
            pass
    except OSError:
        return False
    below = (each for each in folder.glob("v*/**/") if each.is_dir())
    return all(os.access(each, os.W_OK) for each in below)


def _player() -> Finding:
    player = find_player()
    if player or sys.platform == "win32":
        return Finding("player", player[0] if player else "the one Windows picks")
    return Finding("player", "none found", "install mpv or ffmpeg to hear 'voices try'", good=False)
