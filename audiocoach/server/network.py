"""Where a server can be reached: its socket, its addresses in the local network, its secret."""

from __future__ import annotations

import os
import secrets
import socket
from contextlib import suppress
from pathlib import Path
from typing import Final

from audiocoach.errors import DeliveryError, UsageError

PORT: Final = 8765
EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - only with --lan, and behind a secret
HERE: Final = "127.0.0.1"
_BACKLOG: Final = 256
_SECRET_BYTES: Final = 15
"""120 bits: 20 letters."""
_ELSEWHERE: Final = ("192.0.2.1", 9)
"""An address for examples (RFC 5737): nothing is sent to it, the system only says by which way."""


def listening(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 chooses a free one. Raises UsageError if that is impossible."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name != "nt":  # there it would let two servers have one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise UsageError(
            f"--port: {port} can't be used ({error.strerror}); name another one", place="--port"
        ) from error
    return listener


def lan_address() -> str | None:
    """This computer's address on the local network; None if there is none."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        asker.connect(_ELSEWHERE)
        address = str(asker.getsockname()[0])
        return None if address.startswith("127.") else address
    return None


def names(address: str | None) -> frozenset[str]:
    """The other names that this computer has on its network."""
    name = socket.gethostname().lower()
    return frozenset(filter(None, (address, name, f"{name.partition('.')[0]}.local")))


def kept_secret(file: Path, *, anew: bool) -> str:
    """The secret in a file that only its owner can read; created if there is none.

    It is kept, so that subscriptions to a feed keep working. Raises DeliveryError.
    """
    try:
        if not anew and file.is_file():
            kept = file.read_text("ascii").strip()
            if len(kept) >= _SECRET_BYTES:
                return kept
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as written:
            written.write(f"{secret}\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DeliveryError(f"cannot keep the secret path in {file}: {error}", file) from error
    return secret
