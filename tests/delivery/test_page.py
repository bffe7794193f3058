"""The page as it stands in the file: whole, closed to the outside, and in one language."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from strategies import examples, routines, timeline_of

from audiocoach import pipeline
from audiocoach.coaching.phrases import languages
from audiocoach.delivery.beside import wanted
from audiocoach.delivery.page import linked_page
from audiocoach.routine.load import load
from audiocoach.routine.model import Routine
from audiocoach.routine.translate import translate
from audiocoach.settings.resolve import Options
from audiocoach.store import Cache
from audiocoach.timeline import Timeline
from audiocoach.timeline.landing import landings
from audiocoach.timeline.script import SAMPLES_PER_MS, Utterance


class Page(HTMLParser):
    """What a browser would find: elements with their attributes, and the text in each by id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        self.elements.append((tag, found))
        if tag not in {"meta", "link", "path", "circle", "rect", "line"}:
            self._open.append(found.get("id") or found.get("data-at") or tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"meta", "link", "path", "circle", "rect", "line"}:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self._open[-1] if self._open else "", data))

    def text(self, name: str) -> str:
        return "".join(data for where, data in self.texts if where == name)


def linked(timeline: Timeline) -> Page:
    return Page(linked_page(timeline, "x", "x.mp3", "x.png", "."))


def spoken(page: Page) -> list[tuple[int, str]]:
    return [(int(where), data) for where, data in page.texts if where.isdigit()]


def data(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.text("session"))
    return found


@settings(max_examples=examples(60))
@given(routines())
def test_every_spoken_word_stands_in_the_page_at_its_time(routine: Routine) -> None:
    timeline = timeline_of(routine)
    page = linked(timeline)
    told = [
        (cue.start // SAMPLES_PER_MS, " ".join(cue.sound.text.split()))
        for cue in timeline.cues
        if isinstance(cue.sound, Utterance)
    ]
    assert [each for each in spoken(page) if not each[1].startswith("[")] == told
    session = data(page)
    assert session["landings"] == [at // SAMPLES_PER_MS for at in landings(timeline)]
    ends = [part["end"] for part in session["parts"]]
    assert [part["start"] for part in session["parts"]] == [0, *ends[:-1]]
    assert ends[-1] == session["total"]
    assert all(part["start"] <= part["entry"] < part["end"] for part in session["parts"])
    assert all(part["entry"] in session["landings"] for part in session["parts"])


def test_nothing_comes_from_outside_and_the_policy_knows_the_only_script_and_style() -> None:
    text = linked_page(timeline_of(load("foot-relief")), "x", "x.mp3", "x.png", ".")
    page = Page(text)
    policy = next(
        each["content"] or ""
        for tag, each in page.elements
        if tag == "meta" and each.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    for (content,), kind in ((scripts, "script-src"), (styles, "style-src")):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy
    for _, attributes in page.elements:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        for name in ("src", "href"):
            value = attributes.get(name) or "#"
            assert value.startswith("#") or value in {"data:,", "."}
    assert "http:" not in text.replace("http://www.w3.org", "")
    assert "https:" not in text


def test_no_title_or_text_gets_out_of_its_place() -> None:
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;\u2028"
    routine = load("foot-relief")
    first, *others = routine.exercises
    worse = routine.model_copy(
        update={
            "title": evil,
            "exercises": (first.model_copy(update={"name": evil}), *others),
        }
    )
    page = linked(timeline_of(worse))
    plain = linked(timeline_of(routine))
    assert {tag for tag, _ in page.elements} == {tag for tag, _ in plain.elements}
    assert page.text("session").count("alert") > 2
    assert data(page)["title"] == evil


@pytest.mark.parametrize("language", languages())
def test_the_page_is_in_the_language_of_the_session_and_names_are_unique(language: str) -> None:
    page = linked(timeline_of(translate(load("foot-relief"), language)))
    assert dict(page.elements)["html"]["lang"] == language
    words = data(page)["words"]
    assert all(words.values())
    labels = [
        each["aria-label"]
        for tag, each in page.elements
        if tag == "button" and "aria-label" in each
    ]
    assert len(labels) == len(set(labels)) == 5
    english = linked(timeline_of(load("foot-relief")))
    if language != "en":
        others = {each.get("aria-label") for tag, each in english.elements if tag == "button"}
        assert not others & set(labels) - {"Pause"}


def test_the_mp3_is_inside_to_the_byte(tmp_path: Path, cache: Path) -> None:
    session = pipeline.build(
        "desk-break",
        tmp_path / "x.mp3",
        Options(voice="espeak", duration="natural"),
        cache=Cache(cache),
        beside=wanted("html", bundle=False),
    )
    (page,) = session.beside
    assert page == tmp_path / "x.html"
    inside = Page(page.read_text("utf-8")).text("sound")
    assert base64.b64decode(inside, validate=True) == session.path.read_bytes()


@pytest.mark.parametrize("name", ["tabata", "circuit", "superset", "foot-relief"])
def test_nothing_in_the_bar_is_drawn_over(name: str) -> None:
    """A part begins with the rest that leads into it, which must not lie under it."""
    rects = [found for tag, found in linked(timeline_of(load(name))).elements if tag == "rect"]
    kinds = [found["class"] for found in rects if found.get("class")]
    assert {"part", "work", "rest"} == set(kinds)
    assert "part" not in kinds[kinds.count("part") :]
