"""What is posted: read within bounds, and answered by whoever has its path."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from visiting import HOST, house

from audiocoach.server import app as asgi
from audiocoach.server.app import App
from audiocoach.server.door import Door


def posted(
    cache: Path, *chunks: bytes, path: str = "/ask", method: str = "POST", **headers: str
) -> tuple[int, str, str, list[bytes]]:
    """The status, the type and the text of the answer, and all that was asked."""
    asked: list[bytes] = []

    def answer(given: Mapping[str, str], body: bytes) -> tuple[int, str]:
        asked.append(body)
        return (200, f'{{"length": {len(body)}}}') if given.get("key") == "ours" else (400, "no")

    waiting = [{"type": "http.request", "body": each, "more_body": True} for each in chunks]
    sent: list[Any] = []

    async def receive() -> Any:
        if waiting:
            return waiting.pop(0)
        if "slow" in headers:
            await asyncio.sleep(60)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    named = {"host": HOST, "key": "ours", **headers}
    scope = {
        "type": "http",
        "method": method,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.encode(), text.encode()) for name, text in named.items()],
    }
    app = App(house(cache), Door(), {"/ask": answer})
    asyncio.run(app(scope, receive, send))
    app.desk.close()
    media = dict(sent[0]["headers"])[b"content-type"].decode()
    text = b"".join(each["body"] for each in sent[1:]).decode()
    return sent[0]["status"], media, text, asked


def test_a_body_in_pieces_is_answered_whole(cache: Path) -> None:
    status, media, text, asked = posted(cache, b"one ", b"two", range="bytes=0-2")
    assert (status, media, text) == (200, "application/json; charset=utf-8", '{"length": 7}')
    assert asked == [b"one two"]


def test_a_refusal_is_a_line(cache: Path) -> None:
    assert posted(cache, b"x", key="theirs")[:3] == (400, "text/plain; charset=utf-8", "no\n")


def test_what_is_too_long_or_too_slow_is_not_answered(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = asgi._MOST_POSTED
    assert posted(cache, b"x" * whole)[0] == 200
    status, _, text, asked = posted(cache, b"x" * whole, b"x")
    assert (status, text, asked) == (400, f"the request is longer than {whole} bytes\n", [])
    monkeypatch.setattr(asgi, "_POSTING", 0.01)
    status, _, text, asked = posted(cache, b"x", slow="yes")
    assert (status, text, asked) == (400, "the request did not arrive in time\n", [])


def test_only_its_path_is_posted_to(cache: Path) -> None:
    for path, method, status in (("/", "POST", 405), ("/ask", "GET", 404), ("/ask", "PUT", 405)):
        assert posted(cache, b"x", path=path, method=method)[0] == status
