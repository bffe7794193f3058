"""The content cache: whatever is made is kept under the hash of what it was made from.

`entry.py` says what an entry is, and distinguishes intact from damaged ones; a `Place` keeps the
bytes of entries (`folder.py`, `bucket.py`); `cache.py` is what everyone else uses.
"""

from audiocoach.store.cache import DECODED, Cache
from audiocoach.store.entry import key
from audiocoach.store.opening import open_cache, size_limit

__all__ = ["DECODED", "Cache", "key", "open_cache", "size_limit"]
