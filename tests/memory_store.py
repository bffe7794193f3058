"""fsspec's own memory as a kind of object storage."""

from __future__ import annotations

import fsspec

from audiocoach.store.bucket import Fault, Files


class Memory:
    """Never fails."""

    failures: tuple[type[Exception], ...] = (OSError,)

    def files(self) -> Files:
        files: Files = fsspec.filesystem("memory")
        return files

    def fault(self, reason: Exception) -> Fault | None:
        return None if isinstance(reason, FileNotFoundError) else Fault(str(reason), "")
