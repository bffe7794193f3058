"""The server as an ASGI application: from a request to an answer, without files in between.

There is no framework: it only answers with a few pages and with byte ranges, whose rules are in
`ranges`; uvicorn speaks HTTP.
"""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping
from concurrent.futures import Future
from typing import Any, Final

from audiocoach.errors import AudiocoachError
from audiocoach.server.address import read
from audiocoach.server.answer import Answer, told
from audiocoach.server.desk import Desk, GoneError, House
from audiocoach.server.door import Door
from audiocoach.server.library import language_of
from audiocoach.server.ranges import plan
from audiocoach.server.recording import ENDINGS, PLAYER, Content, text_content
from audiocoach.server.refusals import (
    AddressError,
    BodyError,
    MethodError,
    NothingError,
    OutsideError,
    Refusal,
)
from audiocoach.server.site import FEED, PROGRESS, Site
from audiocoach.settings.resolve import Options

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
Post = Callable[[Mapping[str, str], bytes], tuple[int, str]]
"""From headers (in lower case) and a body to a status, and JSON or, but for 200, a line."""

_STALLED: Final = 600.0
"""Seconds after which who takes no more bytes is left; a player that goes on asks for the rest."""
_METHODS: Final = ("GET", "HEAD")
_POSTING: Final = 10.0
"""Seconds that the body of a request may take."""
_MOST_POSTED: Final = 131_072
"""Bytes of it."""
_NOTHING: Final = "there is nothing here"
_ONLY_READ: Final = "only GET and HEAD work here"
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""For what is no page: a picture has its colours in itself, and that is all."""
_PAGE_POLICY: Final = "frame-ancestors 'none'"
"""For a page, which says the rest itself."""
_ALWAYS: Final = {
    "cache-control": "private, no-cache",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


class App:
    """The application."""

    def __init__(self, house: House, door: Door, posts: Mapping[str, Post] | None = None) -> None:
        """`posts` are who answers what is posted, by their paths behind the door."""
        self.desk = Desk(house)
        self.posts = posts or {}
        self.door = door
        self.site = Site(self.desk, door)

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        """Answer a request, or begin and end with the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: _Receive, send: _Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                self.desk.close()
                await send({"type": "lifespan.shutdown.complete"})
                return
            await send({"type": "lifespan.startup.complete"})

    async def _answer(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        }
        try:
            answer = await self._answered(scope, receive, headers)
        except Exception as error:  # noqa: BLE001 - a defect ends one request, not the server
            _tell_of_defect(error)
            answer = told(500, "audiocoach has a bug here; its terminal says where")
        await _send(answer, scope["method"], headers, send)

    async def _answered(
        self, scope: _Message, receive: _Receive, headers: Mapping[str, str]
    ) -> Answer:
        try:
            path, query = self._let_in(scope, headers)
            if scope["method"] in _METHODS:
                return await self._found(path, query, headers)
            return await self._posted(path, headers, receive)
        except Refusal as refused:
            return told(refused.status, str(refused), refused.headers)

    def _let_in(self, scope: _Message, headers: Mapping[str, str]) -> tuple[str, str]:
        """The path behind the door, and the query. Raises a Refusal."""
        if scope["method"] not in (*_METHODS, *(["POST"] if self.posts else [])):
            raise MethodError(_ONLY_READ)
        if reason := self.door.refused(headers):
            raise OutsideError(reason)
        try:
            path = scope["raw_path"].decode("ascii").partition("?")[0]
            query = scope["query_string"].decode("ascii")
        except UnicodeDecodeError:
            raise AddressError("the address is not percent-encoded") from None
        inside = self.door.inside(path)
        if inside is None:
            raise NothingError(_NOTHING)
        return inside, query

    async def _posted(self, path: str, headers: Mapping[str, str], receive: _Receive) -> Answer:
        post = self.posts.get(path)
        if post is None:
            raise MethodError(_ONLY_READ)
        body = await _body(receive)
        status, text = await asyncio.to_thread(post, headers, body)
        return (
            Answer(text_content("application/json", text)) if status == 200 else told(status, text)
        )

    async def _found(self, path: str, query: str, headers: Mapping[str, str]) -> Answer:
        try:
            return await self._looked_up(path, query, headers)
        except Refusal as refused:
            if not path.endswith(PLAYER):
                raise
            language = language_of(Options(), headers.get("accept-language", ""))
            return self.site.failure(refused, language)

    async def _looked_up(self, path: str, query: str, headers: Mapping[str, str]) -> Answer:
        if path == "/":
            return await self.site.library(query, headers)
        if path == FEED:
            return await self.site.feed(query, headers)
        address = read(path, query, (*ENDINGS, PROGRESS))
        if address is None:
            raise NothingError(_NOTHING)
        if address.ending == PLAYER:
            return await self.site.player(address)
        if address.ending == PROGRESS:
            return await self.site.progress(address)
        return Answer(await self.desk.content(address))


async def _body(receive: _Receive) -> bytes:
    """The body of a request. Raises BodyError."""
    body = bytearray()
    try:
        async with asyncio.timeout(_POSTING):
            while True:
                message = await receive()
                body += message.get("body", b"")
                if len(body) > _MOST_POSTED:
                    raise BodyError(f"the request is longer than {_MOST_POSTED} bytes")
                if not message.get("more_body"):
                    return bytes(body)
    except TimeoutError:
        raise BodyError("the request did not arrive in time") from None


async def _send(answer: Answer, method: str, asked: Mapping[str, str], send: _Send) -> None:
    content = answer.content
    if answer.status == 200:
        planned = plan(content.size, content.tag, {} if method == "POST" else asked)
        status, start, stop = planned.status, planned.start, planned.stop
        headers = dict(planned.headers)
    else:
        status, start, stop = answer.status, 0, content.size
        headers = {"content-length": str(content.size)}
    headers |= {"content-type": content.media_type, **_ALWAYS, **answer.headers}
    page = content.media_type.startswith("text/html")
    headers["content-security-policy"] = _PAGE_POLICY if page else _POLICY
    pairs = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    if method != "HEAD":
        try:
            await _send_body(content, start, stop, send)
        except _UnmadeError:
            return  # then the connection is closed, short of the length that was promised
    await send({"type": "http.response.body", "body": b""})


class _UnmadeError(Exception):
    """The end of a content that was begun could not be made."""


async def _send_body(content: Content, start: int, stop: int, send: _Send) -> None:
    """Send bytes `start` to `stop`, those that are there at once. Raises _UnmadeError."""
    if content.whole:
        there = min(stop, len(content.head))
        await _send_chunks(content.between(start, there), send)
        start = max(start, there)
        if start < stop:
            content = await _whole(content.whole)
    await _send_chunks(content.between(start, stop), send)


async def _send_chunks(chunks: Iterator[bytes], send: _Send) -> None:
    for chunk in chunks:
        body = {"type": "http.response.body", "body": chunk, "more_body": True}
        await asyncio.wait_for(send(body), _STALLED)


async def _whole(made: Future[Content]) -> Content:
    try:
        return await asyncio.shield(asyncio.wrap_future(made))
    except (AudiocoachError, GoneError) as error:
        raise _UnmadeError from error
    except Exception as error:
        _tell_of_defect(error)
        raise _UnmadeError from error


def _tell_of_defect(error: Exception) -> None:
    """Where it is, on stderr: without its message, which may hold what is nobody's business."""
    where = "".join(traceback.format_tb(error.__traceback__))
    sys.stderr.write(f"audiocoach: a defect, {type(error).__name__}:\n{where}")
