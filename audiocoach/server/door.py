"""The door: which requests are let in. Pure.

On loopback, a request must name this computer: otherwise any web page could reach the server
through its visitor's browser, with a name that leads here (DNS rebinding). On the local network,
every address begins with a secret that nobody can guess; without it there is nothing to find.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True, slots=True)
class Door:
    """What a request needs to be let in."""

    hosts: frozenset[str] = LOOPBACK
    """The names under which the server is asked for, in lower case."""
    secret: str = ""
    """The first part of every path; no secret if it is empty."""
    outside: str = ""
    """The host and port that other devices use; "" if none can."""

    @property
    def root(self) -> str:
        """What every path on the server begins with."""
        return f"/{self.secret}" if self.secret else ""

    def refused(self, headers: Mapping[str, str]) -> str:
        """Why a request with these headers (in lower case) is refused; "" if it isn't."""
        if _host(headers.get("host", "")) not in self.hosts:
            return "this server does not answer to that name"
        if headers.get("sec-fetch-site") == "cross-site" and (
            headers.get("sec-fetch-mode") != "navigate"
        ):
            return "this server answers no other site"
        return ""

    def inside(self, path: str) -> str | None:
        """The path after the secret; None if the secret is missing."""
        if not self.secret:
            return path
        said, found, rest = path.removeprefix("/").partition("/")
        known = hmac.compare_digest(said.encode(errors="replace"), self.secret.encode())
        return f"/{rest}" if known and found else None


def _host(text: str) -> str:
    """A Host header without its port."""
    name, colon, port = text.strip().lower().rpartition(":")
    return name if colon and port.isdigit() else text.strip().lower()
