"""The door: which requests come in at all. Pure.

On loopback, who asks must name this computer: else any web page could reach the server through
its visitor's browser, by a name that leads here (DNS rebinding). In the local network, every
address begins with a secret that nobody can guess; without it there is nothing here.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True, slots=True)
class Door:
    """What a request must have to come in."""

    hosts: frozenset[str] = LOOPBACK
    """The names under which the server is asked for, in lower case."""
    secret: str = ""
    """The first part of every path; none where it is empty."""
    outside: str = ""
    """The host, with its port, by which other devices ask; "" where none can."""

    @property
    def root(self) -> str:
        """What every path on the server begins with."""
        return f"/{self.secret}" if self.secret else ""

    def refused(self, headers: Mapping[str, str]) -> str:
        """Why a request with these headers (in lower case) stays outside; "" if it does not."""
        if _host(headers.get("host", "")) not in self.hosts:
            return "this server does not answer to that name"
        if headers.get("sec-fetch-site") == "cross-site" and (
            headers.get("sec-fetch-mode") != "navigate"
        ):
            return "this server answers no other site"
        return ""

    def inside(self, path: str) -> str | None:
        """The path behind the secret; None where it is not said."""
        if not self.secret:
            return path
        said, found, rest = path.removeprefix("/").partition("/")
        known = hmac.compare_digest(said.encode(errors="replace"), self.secret.encode())
        return f"/{rest}" if known and found else None


def _host(text: str) -> str:
    """A Host header without its port."""
    name, colon, port = text.strip().lower().rpartition(":")
    return name if colon and port.isdigit() else text.strip().lower()
