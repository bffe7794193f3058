"""The pages of a server as a person meets them, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import browser, opened, ready, until
from playwright.sync_api import Browser, Page
from serving import serving

ROUTINE = """\
title: Quick feet
language: en
about: It wakes your feet.
exercises:
  - name: toe press
    reps: 2
    hold: 3s
  - name: wall sit
    hold: 6s
  - name: ankle circles
    sides: right-then-left
    reps: 2
    rep_duration: 3s
  - name: calm
    hold: 5s
"""
SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desktop": (1366, 900)}


@pytest.fixture(scope="module")
def launched() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    (folder / "quick.yaml").write_text(ROUTINE, encoding="utf-8")
    with serving(folder, cache) as (found, _):
        yield found


@pytest.fixture
def library(launched: Browser, address: str) -> Iterator[Page]:
    page = launched.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.goto(address)
    yield page
    page.close()
    assert wrong == []


def playing(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        "(({currentTime, paused, duration}) => ({currentTime, paused, duration}))"
        "(document.getElementById('audio'))"
    )
    return found


def test_a_session_is_chosen_made_played_jumped_in_and_found_again(
    library: Page, address: str
) -> None:
    library.get_by_text("How it is told").click()
    library.get_by_label("Pace").select_option("Brisk")
    library.get_by_role("button", name="Apply").click()
    library.wait_for_url("**/?*pace=brisk*")
    library.get_by_role("link", name="Play Quick feet").click()
    library.locator("#play").wait_for()  # it was made meanwhile
    ready(library)
    assert library.url == f"{address}s/quick/pace=brisk.html"
    timeline = json.loads(library.request.get(library.url.replace(".html", ".json")).text())
    starts = {
        mark["exercise"]: mark["start"]
        for mark in timeline["markers"]
        if mark["kind"] == "exercise"
    }
    assert playing(library)["duration"] == pytest.approx(timeline["duration"], abs=0.001)

    library.get_by_role("button", name="Play Quick feet").click()
    until(library, "document.getElementById('audio').currentTime > 0.3")
    library.get_by_role("navigation").get_by_role("button", name="calm").click()
    until(library, f"document.getElementById('audio').currentTime > {starts[4]} + 0.3")
    assert library.locator("#part").inner_text().casefold() == "calm"
    library.get_by_role("button", name="Repeat this exercise").click()
    assert playing(library)["currentTime"] == pytest.approx(starts[4], abs=0.2)
    library.get_by_role("button", name="Pause").click()
    left = playing(library)["currentTime"]
    library.reload()
    ready(library)
    assert playing(library)["currentTime"] == pytest.approx(left, abs=0.2)
    library.get_by_role("link", name="All sessions").click()
    library.wait_for_url(address)


def test_while_a_session_is_made_the_page_shows_how_far_it_is(
    launched: Browser, address: str
) -> None:
    page = launched.new_page()
    # A rate nobody asked for yet: every word is new.
    page.goto(f"{address}s/quick/rate=0.87.html")
    if page.locator("progress").count():  # it may be there at once, on a quick computer
        assert page.get_by_role("heading", name="Quick feet is being made").is_visible()
    page.locator("#play").wait_for()
    ready(page)
    page.close()


def test_a_linked_moment_is_heard_from_its_beginning(launched: Browser, address: str) -> None:
    page = opened(launched, f"{address}s/quick.html#exercise=2")
    assert playing(page)["currentTime"] > 0
    assert page.locator("#part").inner_text().casefold() == "wall sit"
    assert page.evaluate("window.wrong") == []
    page.context.close()


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_and_targets_are_64_px(library: Page, size: str) -> None:
    width, height = SIZES[size]
    library.set_viewport_size({"width": width, "height": height})
    for summary in library.locator("summary").all():
        summary.click()
    found = Axe().run(library)
    assert found.violations_count == 0, found.generate_report()
    for each in library.locator(".ways a, select, form button").all():
        box = each.bounding_box()
        assert box
        assert box["height"] >= 64
        assert box["width"] >= 64
    assert library.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_when_narrow_or_large(library: Page, scheme: Any) -> None:
    library.emulate_media(color_scheme=scheme)
    library.set_viewport_size({"width": 320, "height": 640})
    assert library.evaluate("document.documentElement.scrollWidth <= innerWidth")
    library.evaluate("document.documentElement.setAttribute('style', 'font-size: 200%')")
    assert library.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(library)
    assert found.violations_count == 0, found.generate_report()


def test_tab_walks_from_the_form_to_the_routines_and_each_link_is_named(library: Page) -> None:
    named = library.evaluate(
        """() => [...document.querySelectorAll('.ways a')].map(
            (link) => link.getAttribute('aria-label'))"""
    )
    assert len(named) == len(set(named))
    library.keyboard.press("Tab")
    assert library.evaluate("document.activeElement.className") == "skip"
    library.keyboard.press("Enter")
    library.keyboard.press("Tab")
    assert library.evaluate("document.activeElement.getAttribute('aria-label')") == named[0]
    outline = library.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_the_page_that_waits_has_no_fault_that_axe_sees(launched: Browser, address: str) -> None:
    page = launched.new_page()
    page.goto(f"{address}s/quick/duration=1s.html")
    assert page.get_by_role("heading", name="This session can’t be made").is_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()
