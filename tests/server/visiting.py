"""Asks a server's application without a socket, as uvicorn would."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from audiocoach.server.app import App
from audiocoach.server.desk import House
from audiocoach.server.door import LOOPBACK, Door
from audiocoach.server.memory import MemoryCache
from audiocoach.server.shelf import Shelf
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store.folder import Folder

HOST: Final = "localhost:8765"
OUTSIDE: Final = "192.0.2.5:8765"
"""By which other devices would ask."""


@dataclass(frozen=True)
class Reply:
    """An answer as it was sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    complete: bool = True
    """Whether it came to its end, and the connection stays."""

    @property
    def text(self) -> str:
        return self.body.decode()


class JumpingClock(asyncio.SelectorEventLoop):
    """A loop in which nobody waits: where nothing happens, it is at once as late as the next timer.

    Its time stands still otherwise, however long the computer takes.
    """

    def __init__(self) -> None:
        self.now, self.jumps = 0.0, True
        watching = selectors.DefaultSelector()
        self._look = watching.select
        watching.select = self._select  # type: ignore[method-assign]
        super().__init__(watching)

    def time(self) -> float:
        return self.now

    def _select(self, timeout: float | None = None) -> list[Any]:
        if not self.jumps or not timeout:
            return self._look(timeout)
        happened = self._look(0)
        if not happened:
            self.now += timeout
        return happened


class Visitor:
    """Someone who asks an application, again and again."""

    def __init__(self, app: App, clock: JumpingClock | None = None) -> None:
        self.app = app
        if clock is None:  # however busy the computer is, a request waits for its session
            app.desk.patience = app.desk.sound_patience = 600.0
        self.may_break = False
        """Whether an answer may end before its end."""
        self._runner = asyncio.Runner(loop_factory=(lambda: clock) if clock else None)

    def get(self, path: str, method: str = "GET", **headers: str) -> Reply:
        return self.all([path], method, **headers)[0]

    def all(self, paths: list[str], method: str = "GET", **headers: str) -> list[Reply]:
        """What comes back when all these are asked for at once."""
        named = {"host": HOST} | {name.replace("_", "-"): text for name, text in headers.items()}

        return self.together([(path.encode(), method, list(named.items())) for path in paths])

    def together(self, requests: list[tuple[bytes, str, list[tuple[str, str]]]]) -> list[Reply]:
        """What comes back for targets with methods and headers, all asked at once."""

        async def ask() -> list[Reply]:
            return await asyncio.gather(*(self.ask(*each) for each in requests))

        return self._runner.run(ask())

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """What comes back when a body is sent."""
        named = {"Host": HOST} | dict(headers)
        return self._runner.run(self.ask(path.encode(), "POST", list(named.items()), body))

    async def ask(
        self, target: bytes, method: str, headers: list[tuple[str, str]], body: bytes | None = None
    ) -> Reply:
        path, _, query = target.partition(b"?")
        scope = {
            "type": "http",
            "method": method,
            "raw_path": path,
            "query_string": query,
            "headers": [(name.encode(), text.encode("latin-1")) for name, text in headers],
        }
        sent: list[Any] = []

        async def receive() -> Any:
            assert body is not None, "the body of a request is not read"
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        start, *rest = sent
        complete = bool(rest) and not rest[-1].get("more_body", False)
        assert complete or self.may_break
        return Reply(
            start["status"],
            {name.decode(): value.decode("latin-1") for name, value in start["headers"]},
            b"".join(each["body"] for each in rest),
            complete,
        )

    def close(self) -> None:
        self.app.desk.close()
        self._runner.close()


def house(cache: Path, folder: Path | None = None) -> House:
    """What a server of our own is started with: eSpeak speaks, and no text leaves."""
    options = Options(voice="espeak", offline=True)
    kept = MemoryCache(Folder(cache, shared=True))
    return House(Shelf(folder), options, kept, Surroundings.here())


def visitor(
    cache: Path, folder: Path | None = None, secret: str = "", clock: JumpingClock | None = None
) -> Visitor:
    door = Door(LOOPBACK, secret, OUTSIDE if secret else "")
    return Visitor(App(house(cache, folder), door), clock)
