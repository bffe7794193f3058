"""The library, the page that waits, and the feed, as clients that nobody here wrote read them."""

from __future__ import annotations

import json
import re
import threading
import xml.etree.ElementTree as Tree
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
import podcastparser
import pytest
from running import TINY
from sounds import gong
from visiting import HOST, OUTSIDE, Reply, Visitor, visitor

from audiocoach import pipeline
from audiocoach.coaching.phrases import languages
from audiocoach.listener import Stage
from audiocoach.server import desk, site

HOSTILE = """\
title: <script>alert("1")</script> & 'you'
language: en
about: It aims to </style> do no harm.
exercises:
  - name: wall <b>sit</b>
    hold: 3s
"""
GERMAN = """
translations:
  de:
    Tiny: Kurz
    wall sit: Wandsitz
    heel raise: Fersen heben
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "short.yaml").write_text(TINY + GERMAN, encoding="utf-8")
    return tmp_path


@pytest.fixture
def someone(cache: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    """Who visits a server of the routines in the folder alone."""
    monkeypatch.setattr("audiocoach.server.shelf.bundled", list)
    monkeypatch.setattr(site, "_AT_ONCE", 60.0)  # a page waits, however busy the computer is
    visits = visitor(cache, folder)
    yield visits
    visits.close()


def links(reply: Reply, ending: str) -> list[str]:
    found = re.findall(r'href="([^"]*)"', reply.text)
    return [unescape(each) for each in found if each.endswith(ending)]


def policy(reply: Reply) -> str:
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', reply.text)
    assert found
    return found[1]


def test_every_routine_is_there_with_its_length_and_what_it_is_for(cache: Path) -> None:
    visits = visitor(cache)
    reply = visits.get("/")
    visits.close()
    assert len(links(reply, ".html")) == len(links(reply, ".mp3")) == 18
    assert "It aims to strengthen your feet, and to train your balance." in reply.text
    assert "20 min" in reply.text
    assert policy(reply).startswith("default-src 'none';")
    assert "script-src" not in policy(reply)


def test_what_is_chosen_is_in_every_address(someone: Visitor) -> None:
    reply = someone.get("/?pace=slow&voice=&count=every&language=de")
    assert '<html lang="de">' in reply.text
    assert '<option value="slow" selected>Langsam</option>' in reply.text
    assert '<input type="hidden" name="count" value="every">' in reply.text
    assert links(reply, ".html") == ["/s/short/pace=slow,count=every,language=de.html"]
    assert "Kurz" in reply.text
    (sound,) = links(reply, ".mp3")
    assert someone.get(sound).status == 200
    wrong = someone.get("/?pace=fast")
    assert (wrong.status, wrong.text[:5]) == (400, "pace:")


@pytest.mark.parametrize("language", languages())
def test_the_page_is_in_the_language_of_the_browser(someone: Visitor, language: str) -> None:
    reply = someone.get("/", accept_language=f"{language}-XX,en;q=0.5")
    assert f'<html lang="{language}">' in reply.text
    spoken = language if language in {"en", "de"} else "en"
    assert links(reply, ".html")[0].count("language=") == (spoken == "de")
    if spoken != language:
        assert '<h3 lang="en">Tiny</h3>' in reply.text
        assert ">English</em>" in reply.text


def test_a_title_is_a_title_and_no_program(someone: Visitor, folder: Path) -> None:
    (folder / "bad 'na<me.yaml").write_text(HOSTILE, encoding="utf-8")
    reply = someone.get("/")
    assert "<script" not in reply.text
    assert "&lt;script&gt;" in reply.text
    assert "</style> do" not in reply.text
    assert "wall &lt;b&gt;sit" in reply.text
    player = someone.get(next(each for each in links(reply, ".html") if "bad" in each))
    assert player.status in (200, 202)


def test_what_is_for_other_devices_is_an_address_they_can_ask(
    cache: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audiocoach.server.shelf.bundled", list)
    coded: list[str] = []

    def noted(address: str) -> str:
        coded.append(address)
        return "data:,"

    monkeypatch.setattr(site, "_code", noted)
    visits = visitor(cache, folder, "secret")
    page = visits.get("/secret/?pace=slow").text
    visits.close()
    assert coded == [f"http://{OUTSIDE}/secret/?pace=slow"]
    assert f">http://{OUTSIDE}/secret/feed.xml?pace=slow" in page
    assert 'href="/secret/s/short/pace=slow.html"' in page


def test_a_file_that_can_not_be_used_says_why(someone: Visitor, folder: Path) -> None:
    (folder / "broken.yaml").write_text("title: Broken\n", encoding="utf-8")
    reply = someone.get("/")
    assert "broken.yaml:1:1: " in reply.text
    assert str(folder) not in reply.text
    assert len(links(reply, ".html")) == 1


def test_a_routine_with_a_sound_of_its_own_is_not_served(someone: Visitor, folder: Path) -> None:
    gong(folder)
    dose = "hold: 9s, bell: {at: 3s, sound: gong.wav}"
    own = f"title: Own\nlanguage: en\nexercises:\n  - {{name: a, {dose}}}\n"
    (folder / "own.yaml").write_text(own, encoding="utf-8")
    told = unescape(someone.get("/").text)
    assert "own.yaml:4:47: exercise 1 (a): bell: sound: 'gong.wav' is a file, and this" in told
    assert someone.get("/s/own.mp3").status == 404


def test_the_length_is_estimated_until_it_is_known(someone: Visitor) -> None:
    before = someone.get("/").text
    estimated = re.search(r'class="length">about (\d+) min<', before)
    assert estimated
    someone.get("/s/short.html")  # which waits until all is made
    exact = re.search(r'class="length">(\d+) min<', someone.get("/").text)
    assert exact
    assert abs(int(exact[1]) - int(estimated[1])) <= 1


def test_who_comes_first_sees_how_far_it_is(
    someone: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = threading.Event()
    rehearse = pipeline.rehearse

    def slowly(*source: Any, listener: Any, **more: Any) -> Any:
        listener.progress(Stage.SPEAK, 3, 7)
        let_go.wait(30)
        return rehearse(*source, listener=listener, **more)

    monkeypatch.setattr(desk, "rehearse", slowly)
    monkeypatch.setattr(site, "_AT_ONCE", 0.05)
    before = json.loads(someone.get("/s/short.progress").body)
    assert before["stage"] is None  # to ask begins nothing
    page = someone.get("/s/short/language=de.html")
    assert page.status == 202
    assert "Tiny wird erstellt" in page.text
    assert "connect-src 'self'" in policy(page)
    state = json.loads(someone.get("/s/short/language=de.progress").body)
    assert state == {"ready": False, "stage": "speaking", "done": 3, "total": 7, "problem": ""}
    let_go.set()
    monkeypatch.setattr(site, "_AT_ONCE", 60.0)
    player = someone.get("/s/short/language=de.html")
    assert player.status == 200
    assert 'data-src="/s/short/language=de.mp3"' in player.text
    assert '<a class="home" href="/">' in player.text
    assert json.loads(someone.get("/s/short/language=de.progress").body)["ready"]


def test_what_can_not_be_made_is_told_in_a_page(someone: Visitor) -> None:
    reply = someone.get("/s/short/duration=1s.html")
    assert reply.status == 422
    assert "This session can’t be made" in reply.text
    assert "the session can last from" in reply.text
    assert json.loads(someone.get("/s/short/duration=1s.progress").body)["problem"]


@pytest.mark.parametrize(
    ("path", "status", "why"),
    [
        ("/s/nobody.html", 404, "there is no routine named"),
        ("/s/short/pace=sideways.html", 400, "pace"),
        ("/nothing.html", 404, "there is nothing here"),
    ],
)
def test_a_page_that_is_not_there_leads_back(
    someone: Visitor, path: str, status: int, why: str
) -> None:
    reply = someone.get(path, accept_language="de")
    assert (reply.status, reply.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert why in unescape(reply.text)
    assert '<html lang="de"' in reply.text
    assert 'href="/"' in reply.text


def test_no_page_forbids_the_icon_it_has(someone: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in ("/", "/s/nobody.html"):
        page = someone.get(path)
        assert 'href="data:' in page.text
        assert re.search(r"img-src [^;]*data:", policy(page))


def test_routines_of_one_title_are_told_apart(someone: Visitor, folder: Path) -> None:
    (folder / "other.yaml").write_text(TINY + GERMAN, encoding="utf-8")
    page = someone.get("/", accept_language="en").text
    assert "<h3>Tiny (short)</h3>" in page
    assert "<h3>Tiny (other)</h3>" in page


# -- the feed ----------------------------------------------------------------------


def test_feed_readers_find_each_session_with_its_exact_length(someone: Visitor) -> None:
    reply = someone.get("/feed.xml?pace=slow")
    assert reply.headers["content-type"] == "application/rss+xml"
    assert someone.get("/feed.xml?pace=slow").body == reply.body
    sound = someone.get("/s/short/pace=slow.mp3")
    timeline = json.loads(someone.get("/s/short/pace=slow.json").body)
    address = f"http://{HOST}/s/short/pace=slow"

    parsed = feedparser.parse(reply.body)
    assert not parsed.bozo
    (entry,) = parsed.entries
    (enclosure,) = entry.enclosures
    assert (enclosure.href, enclosure.type) == (f"{address}.mp3", "audio/mpeg")
    assert int(enclosure.length) == len(sound.body)
    assert entry.link == f"{address}.html"

    podcast = podcastparser.parse(f"http://{HOST}/feed.xml", BytesIO(reply.body))
    (episode,) = podcast["episodes"]
    assert episode["total_time"] == round(timeline["duration"])
    assert episode["enclosures"][0]["file_size"] == len(sound.body)
    assert episode["title"] == "Tiny"


def test_the_feed_leads_to_chapters_text_and_moments(someone: Visitor) -> None:
    channel = Tree.fromstring(someone.get("/feed.xml").body).find("channel")  # noqa: S314 - ours
    assert channel is not None
    item = channel.find("item")
    assert item is not None
    space = {
        "podcast": "https://podcastindex.org/namespace/1.0",
        "atom": "http://www.w3.org/2005/Atom",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    }
    chapters = item.find("podcast:chapters", space)
    texts = item.findall("podcast:transcript", space)
    image = item.find("itunes:image", space)
    deep = item.find("atom:link", space)
    assert chapters is not None
    assert image is not None
    assert deep is not None
    assert deep.get("rel") == "http://podlove.org/deep-link"
    named = [(each.get("url"), each.get("type")) for each in (chapters, *texts)]
    for address, kind in [
        *named,
        (image.get("href"), "image/png"),
        (deep.get("href"), "text/html"),
    ]:
        assert address
        reply = someone.get(address.removeprefix(f"http://{HOST}"))
        assert reply.status == 200
        assert kind
        assert reply.headers["content-type"].startswith(kind)
    assert [each.get("type") for each in texts] == ["text/vtt", "application/x-subrip"]
    guid = channel.find("podcast:guid", space)
    assert guid is not None
    assert guid.text
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", guid.text)


def test_a_feed_does_not_wait_for_ever(someone: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    let_go = threading.Event()
    rehearse = pipeline.rehearse
    monkeypatch.setattr(
        desk, "rehearse", lambda *source, **more: let_go.wait(30) and rehearse(*source, **more)
    )
    monkeypatch.setattr(site, "_FEED_PATIENCE", 0.05)
    assert b"<item>" not in someone.get("/feed.xml").body
    let_go.set()
    monkeypatch.setattr(site, "_FEED_PATIENCE", 60.0)
    assert b"<item>" in someone.get("/feed.xml").body
