"""An answer begins before its sound is encoded: what is told first is true, or the line is cut."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from running import TINY
from visiting import Visitor, visitor

from audiocoach.errors import VoiceError
from audiocoach.server import run
from audiocoach.sound import mp3

SLOW = "/s/short/pace=slow.mp3"


@pytest.fixture
def someone(tmp_path: Path) -> Iterator[Visitor]:
    """Of a server that has encoded nothing yet."""
    folder = tmp_path / "routines"
    folder.mkdir()
    (folder / "short.yaml").write_text(TINY, encoding="utf-8")
    visits = visitor(tmp_path / "empty", folder)
    yield visits
    visits.close()


@pytest.fixture
def let_go(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Until it is set nothing is encoded."""
    event = threading.Event()
    encode = mp3.Lame.encode

    def waits(lame: mp3.Lame, samples: Any) -> bytes:
        event.wait(60)
        return encode(lame, samples)

    monkeypatch.setattr(mp3.Lame, "encode", waits)
    yield event
    event.set()


@pytest.mark.parametrize("path", [SLOW, "/s/short/bed=rain,pace=slow.mp3"])
def test_what_needs_no_sound_is_answered_before_any_is_encoded(
    someone: Visitor, let_go: threading.Event, path: str
) -> None:
    head = someone.get(path, "HEAD")
    tag = someone.get(path, range="bytes=0-2999")
    captions = someone.get(path.replace(".mp3", ".vtt"))
    assert [each.status for each in (head, tag, captions)] == [200, 206, 200]
    assert len(tag.body) == 3000
    assert tag.body.startswith(b"ID3")
    assert captions.text.startswith("WEBVTT")

    let_go.set()
    whole = someone.get(path, if_range=head.headers["etag"])
    assert whole.complete
    assert whole.headers == head.headers
    assert len(whole.body) == int(head.headers["content-length"])
    assert whole.body[:3000] == tag.body
    assert someone.get(path.replace(".mp3", ".vtt")) == captions


def test_sessions_over_other_beds_are_known_apart(someone: Visitor) -> None:
    """By what is told before there is a byte of them."""
    chosen = ("bed=off", "bed=rain", "bed=brook", "bed=rain,bed_level=30")
    tags = {someone.get(f"/s/short/{each}.mp3", "HEAD").headers["etag"] for each in chosen}
    assert len(tags) == len(chosen)


def test_a_page_and_a_part_wait_until_the_sound_is_there(
    someone: Visitor, let_go: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert someone.get(SLOW, "HEAD").status == 200
    monkeypatch.setattr(someone.app.desk, "sound_patience", 0.05)
    monkeypatch.setattr("audiocoach.server.site._AT_ONCE", 0.05)
    assert someone.get(SLOW.replace(".mp3", ".html")).status == 202
    assert someone.get("/s/short/pace=slow/from/10000.mp3").status == 503
    let_go.set()
    whole = someone.get(SLOW)
    monkeypatch.setattr("audiocoach.server.site._AT_ONCE", 60.0)
    assert someone.get(SLOW.replace(".mp3", ".html")).status == 200
    part = someone.get("/s/short/pace=slow/from/10000.mp3")
    assert part.status == 200
    assert 0 < len(part.body) < len(whole.body)


def fails(*_region: Any) -> bytes:
    raise VoiceError("a clip is damaged, and can't be spoken again")


def test_an_end_that_can_not_be_made_is_never_told_as_one(
    someone: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mp3, "encode_region", fails)
    someone.may_break = True
    reply = someone.get(SLOW)
    assert reply.status == 200
    assert not reply.complete
    assert len(reply.body) < int(reply.headers["content-length"])
    assert someone.get(SLOW).status == 503  # what failed is known
    while someone.app.desk._builds:  # until it has ended
        someone.get("/nothing")
    monkeypatch.undo()
    monkeypatch.setattr("audiocoach.server.desk._REMEMBERED", 0.0)  # as if a while were over
    whole = someone.get(SLOW)
    assert whole.complete
    assert whole.headers["etag"] == reply.headers["etag"]
    assert whole.body.startswith(reply.body)


def test_a_client_sees_that_the_end_is_missing(
    someone: Visitor, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(mp3, "encode_region", fails)
    server = run.server(someone.app)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        serving.start()
        try:
            with closing(http.client.HTTPConnection("localhost", port, timeout=60)) as asking:
                asking.request("GET", SLOW)
                with pytest.raises(http.client.IncompleteRead):
                    asking.getresponse().read()
        finally:
            server.should_exit = True
            serving.join(60)
    assert "damaged" not in "".join(capfd.readouterr())
