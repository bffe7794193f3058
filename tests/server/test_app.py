"""Sessions by their addresses: the bytes of a build, in parts, from a mark on, within bounds."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from running import TINY
from visiting import JumpingClock, Visitor, visitor

from audiocoach import pipeline
from audiocoach.delivery.beside import wanted
from audiocoach.server import desk, site
from audiocoach.server.recording import ENDINGS
from audiocoach.settings.resolve import Options
from audiocoach.store import Cache
from audiocoach.store.folder import Folder

SLOW = "/s/short/pace=slow.mp3"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "short.yaml").write_text(TINY, encoding="utf-8")
    return tmp_path


@pytest.fixture
def someone(cache: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    monkeypatch.setattr(site, "_AT_ONCE", 60.0)  # a page waits, however busy the computer is
    visits = visitor(cache, folder)
    yield visits
    visits.close()


def built(folder: Path, cache: Path, also: str, **options: Any) -> dict[str, bytes]:
    """What `build` writes, by its endings."""
    session = pipeline.build(
        folder / "short.yaml",
        folder / "built.mp3",
        Options(voice="espeak", **options),
        cache=Cache(Folder(cache, shared=True)),
        beside=wanted(also, bundle=False),
    )
    return {path.suffix: path.read_bytes() for path in (session.path, *session.beside)}


def test_a_session_is_the_bytes_of_a_build_whether_it_was_known_or_not(
    folder: Path, cache: Path, tmp_path: Path
) -> None:
    visits = visitor(tmp_path / "empty", folder)
    cold, warm = visits.get(SLOW), visits.get("/sessions/short.mp3?pace=slow")
    visits.close()
    assert cold == warm
    assert cold.status == 200
    assert cold.body == built(folder, cache, "vtt", pace="slow")[".mp3"]
    assert int(cold.headers["content-length"]) == len(cold.body)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_first_answer_may_be_a_part(folder: Path, tmp_path: Path, method: str) -> None:
    visits = visitor(tmp_path / "empty", folder)
    cold = visits.get(SLOW, method, range="bytes=-1000")
    whole = visits.get(SLOW)
    again = visits.get(SLOW, method, range="bytes=-1000", if_range=whole.headers["etag"])
    visits.close()
    assert cold == again
    assert cold.status == 206
    assert cold.body == (whole.body[-1000:] if method == "GET" else b"")
    assert cold.headers["content-length"] == "1000"
    assert cold.headers["etag"] == whole.headers["etag"]


def test_any_part_is_that_part(someone: Visitor) -> None:
    whole = someone.get(SLOW).body
    edges = [0, 1, 5_000, 20_000, 65_535, 65_536, 65_537, len(whole) // 2, len(whole) - 1]
    for start in edges:
        for last in edges:
            if start <= last:
                reply = someone.get(SLOW, range=f"bytes={start}-{last}")
                assert reply.body == whole[start : last + 1], (start, last)
    assert someone.get(SLOW, range=f"bytes={len(whole)}-").status == 416


def test_what_is_kept_by_a_client_is_not_sent_again(someone: Visitor) -> None:
    first = someone.get(SLOW)
    again = someone.get(SLOW, if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    other = someone.get("/s/short/pace=brisk.mp3")
    assert other.headers["etag"] != first.headers["etag"]


def test_the_sheets_are_those_of_a_build(someone: Visitor, folder: Path, cache: Path) -> None:
    also = [ending[1:] for ending in ENDINGS if ending not in (".mp3", ".html", ".png")]
    files = built(folder, cache, ",".join(each for each in also if "." not in each))
    for ending, content in files.items():
        reply = someone.get(f"/s/short{ending}")
        assert reply.body == content, ending
        assert "charset=utf-8" in reply.headers["content-type"] or ending == ".mp3"


def test_chapters_are_those_of_podcasts(someone: Visitor) -> None:
    reply = someone.get("/s/short.chapters.json")
    assert reply.headers["content-type"] == "application/json+chapters"
    told = json.loads(reply.body)
    marks = json.loads(someone.get("/s/short.json").body)["markers"]
    titles = [(mark["start"], mark["title"].capitalize()) for mark in marks]
    assert told["version"] == "1.2.0"
    chapters = [(each["startTime"], each["title"].capitalize()) for each in told["chapters"]]
    assert chapters
    assert set(chapters) <= set(titles)


def test_the_page_plays_the_sound_of_its_address(someone: Visitor) -> None:
    reply = someone.get("/sessions/short.html?pace=slow")
    assert reply.status == 200
    assert f'data-src="{SLOW}"' in reply.text
    assert "media-src &#x27;self&#x27;" in reply.text or "media-src 'self'" in reply.text


def decoded(folder: Path, content: bytes) -> Any:
    path = folder / "part.mp3"
    path.write_bytes(content)
    return soundfile.read(path, dtype="float32")[0]


def assert_same(heard: Any, expected: Any) -> None:
    """To the sample, and to what a decoder rounds in one place of its buffer or another."""
    assert len(heard) == len(expected)
    np.testing.assert_allclose(heard, expected, atol=1e-6)


@pytest.mark.parametrize("flags", ["bitrate=64,stereo=on", "keep_awake=on", "bed=drone"])
def test_a_session_sounds_as_it_is_asked_for(
    someone: Visitor, folder: Path, cache: Path, flags: str
) -> None:
    options = dict(each.split("=") for each in flags.split(","))
    content = built(folder, cache, "lrc", **options)[".mp3"]
    assert someone.get(f"/s/short/{flags}.mp3").body == content
    part = someone.get(f"/s/short/{flags}.mp3", range="bytes=70000-90000").body
    assert part == content[70_000:90_001]
    tail = decoded(folder, someone.get(f"/s/short/{flags}/from/20000.mp3").body)
    assert 0 < len(tail) < len(decoded(folder, content))


@pytest.mark.parametrize(
    "under", ["", "/bed=rain", "/bed=brook,bitrate=64,stereo=on", "/bed=drone"]
)
def test_from_a_mark_on_is_the_tail_of_the_whole(
    someone: Visitor, tmp_path: Path, under: str
) -> None:
    whole = decoded(tmp_path, someone.get(f"/s/short{under}.mp3").body)
    chapters = json.loads(someone.get(f"/s/short{under}.chapters.json").body)["chapters"]
    for chapter in chapters:
        ms = round(chapter["startTime"] * 1000)
        reply = someone.get(f"/s/short{under}/from/{ms}.mp3")
        assert reply.status == 200
        assert_same(decoded(tmp_path, reply.body), whole[ms * 48 :])
        part = json.loads(someone.get(f"/s/short{under}/from/{ms}.chapters.json").body)["chapters"]
        assert part[0]["title"] == chapter["title"]
        assert part[0]["startTime"] == 0


def test_nobody_lands_in_a_hold_or_after_the_end(someone: Visitor, tmp_path: Path) -> None:
    timeline = json.loads(someone.get("/s/short.json").body)
    whole = decoded(tmp_path, someone.get("/s/short.mp3").body)
    hold = next(each for each in timeline["spans"] if each.get("source") == "prescribed")
    inside = round((hold["start"] + hold["duration"] / 2) * 1000)
    tail = decoded(tmp_path, someone.get(f"/s/short/from/{inside}.mp3").body)
    begins = (len(whole) - len(tail)) / 48_000
    assert begins < hold["start"]
    assert begins in timeline["landings"]
    assert_same(tail, whole[len(whole) - len(tail) :])
    after = someone.get(f"/s/short/from/{round(timeline['duration'] * 1000)}.mp3")
    assert (after.status, after.text) == (400, "the session is over by then\n")


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("/s/shorts.mp3", 404, "there is no routine named 'shorts' here"),
        ("/s/short/pace=fast.mp3", 400, "pace: 'fast' is not possible here"),
        ("/s/short/duration=1s.mp3", 422, "the session can last from "),
        ("/s/short/only=squat.mp3", 422, "there is no exercise"),
        ("/s/short/reps=1000,rounds=100.mp3", 422, "the routine unfolds into"),
        ("/s/short/voice=gtts.mp3", 400, "voice: 'gtts' is not one of the voices here"),
        ("/s/short/voice=command:x.mp3", 400, "voice: 'command:x' is not one of the voices"),
        ("/s/short/language=de.mp3", 422, "short.yaml: there is no translation"),
        ("/s/..%2Fshort.mp3", 404, "there is no routine named"),
        ("/nothing", 404, "there is nothing here"),
    ],
)
def test_what_can_not_be_is_told_in_a_line(
    someone: Visitor, folder: Path, path: str, status: int, message: str
) -> None:
    reply = someone.get(path)
    assert reply.status == status
    assert reply.text.startswith(message)
    assert str(folder) not in reply.text
    assert someone.get(path).text == reply.text


def test_only_getting_is_possible(someone: Visitor) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
        reply = someone.get(SLOW, method)
        assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD")


def test_who_does_not_come_in_sees_nothing(cache: Path, folder: Path) -> None:
    visits = visitor(cache, folder, "secret")
    assert visits.get("/s/short.mp3").status == 404
    assert visits.get("/s/nothing.mp3").text == visits.get("/s/short.mp3").text
    assert visits.get("/secret/s/short.mp3", host="evil.example").status == 403
    assert visits.get("/secret/s/short.mp3").status == 200
    assert 'data-src="/secret/s/short.mp3"' in visits.get("/secret/s/short.html").text
    visits.close()


def test_a_routine_that_changed_is_another_session(someone: Visitor, folder: Path) -> None:
    first = someone.get("/s/short.mp3")
    (folder / "short.yaml").write_text(TINY.replace("3s", "4s"), encoding="utf-8")
    (folder / "new.yml").write_text("title: New\n", encoding="utf-8")
    someone.app.desk.house.shelf._looked = 0.0  # as if a second were over
    second = someone.get("/s/short.mp3")
    assert second.headers["etag"] != first.headers["etag"]
    broken = someone.get("/s/new.mp3")
    assert broken.status == 404
    assert broken.text.startswith("new.yml:1:1: ")
    (folder / "short.yaml").unlink()
    someone.app.desk.house.shelf._looked = 0.0
    assert someone.get("/s/short.mp3").status == 404


def test_so_many_are_made_at_once_and_no_more(
    someone: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    running, most, lock = 0, 0, threading.Lock()
    rehearse = pipeline.rehearse

    def slowly(*source: Any, **more: Any) -> Any:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.1)
        with lock:
            running -= 1
        return rehearse(*source, **more)

    monkeypatch.setattr(desk, "rehearse", slowly)
    paths = [f"/s/short/seed={number}.mp3" for number in range(20)]
    replies = someone.all([*paths, *paths])
    bound = desk.AT_ONCE + desk.MOST_WAITING
    assert most == desk.AT_ONCE
    served = {path for path, reply in zip(paths * 2, replies, strict=True) if reply.status == 200}
    assert len(served) == bound
    assert [reply.status for reply in replies].count(200) == 2 * bound  # two wait for one
    refused = next(reply for reply in replies if reply.status != 200)
    assert (refused.status, refused.headers["retry-after"]) == (429, "5")
    assert all(reply.status == 200 for reply in someone.all(paths[:bound]))


@pytest.mark.parametrize(
    ("ending", "seconds"), [("json", 20), ("vtt", 20), ("svg", 20), ("mp3", 50)]
)
def test_a_request_waits_no_longer_than_who_sent_it(
    cache: Path, folder: Path, ending: str, seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a clock that jumps to whatever is waited for."""
    let_go = threading.Event()
    rehearse = pipeline.rehearse
    monkeypatch.setattr(
        desk, "rehearse", lambda *source, **more: let_go.wait(30) and rehearse(*source, **more)
    )
    clock = JumpingClock()
    someone = visitor(cache, folder, clock=clock)
    path = f"/s/short/seed=99.{ending}"
    reply = someone.get(path)
    assert (reply.status, reply.headers["retry-after"]) == (503, "5")
    assert clock.now == seconds
    let_go.set()
    clock.jumps = False
    assert someone.get(path).status == 200
    someone.close()


def test_a_defect_ends_one_request_and_says_no_text(
    someone: Visitor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Grip the floor."

    def fails(*_source: Any, **_more: Any) -> Any:
        raise KeyError(text)

    monkeypatch.setattr(desk, "rehearse", fails)
    assert someone.get("/s/short/seed=98.mp3").status == 500
    told = capsys.readouterr()
    assert "KeyError" in told.err
    assert text not in told.err + told.out
    monkeypatch.undo()
    assert someone.get("/s/short/seed=98.mp3").status == 200


def test_what_was_not_used_for_longest_is_forgotten(
    someone: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    someone.get("/s/short/seed=1.html")  # a page waits until its session is linked, and held
    held = someone.app.desk._known
    cost = held._sum
    held._most = 3 * cost
    for number in range(2, 8):
        someone.get(f"/s/short/seed={number}.html")
    assert 0 < held._sum <= 3 * cost
    assert len(held._held) <= 4
    assert someone.get("/s/short/seed=1.mp3").status == 200
