"""Which cache the user has, and how large it may grow."""

from __future__ import annotations

import re
from pathlib import Path

from audiocoach.errors import UsageError
from audiocoach.store.cache import Cache
from audiocoach.store.entry import key
from audiocoach.store.folder import Folder

LIMIT_ENVIRONMENT = "AUDIOCOACH_CACHE_LIMIT"
"""The name for messages; whoever opens the cache reads the variable."""
DEFAULT_LIMIT = 1_000_000_000
"""Bytes: about 30 sessions of 20 minutes, each with sentences of its own."""
SIZE_UNITS = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}


def open_cache(chosen: Path | str | None) -> Cache:
    """The user's cache: in the folder the user chose, or where the platform keeps caches.

    In front of a bucket, what was read from it is kept in a folder there. Raises UsageError for an
    address that is none of S3's, and LackError.
    """
    if isinstance(chosen, Path):
        return Cache(Folder(chosen, shared=True))
    from platformdirs import user_cache_path  # 13 ms, for those who did not choose a folder

    own = user_cache_path("audiocoach", appauthor=False)
    if chosen is None:
        return Cache(Folder(own))
    from audiocoach.store.s3 import open_bucket

    bucket = open_bucket(chosen)
    return Cache(bucket, Folder(own / "near" / key(bucket.where)[:16]))


def size_limit(text: str) -> int:
    """The most bytes the cache may hold: 500 million of `500MB`, 1 GB of "".

    Raises UsageError for a text that is no size.
    """
    if not text:
        return DEFAULT_LIMIT
    match = re.fullmatch(r"(\d{1,9})\s*([KMGT]?B)?", text, re.IGNORECASE)
    if match is None:
        raise UsageError(f"{LIMIT_ENVIRONMENT}={text!r} is not a size; write it as 500MB or 2GB")
    return int(match[1]) * SIZE_UNITS[(match[2] or "").upper()]
