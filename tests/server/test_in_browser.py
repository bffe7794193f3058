"""The pages of a server as a person meets them, in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from accessible import (
    assert_shown_is_heard,
    borderless,
    cut,
    enlarge_text,
    heard,
    listen,
    moving,
    play_a_minute,
    small,
    walked,
)
from axe_playwright_python.sync_playwright import Axe
from browser import QUICK_FEET, SIZES, browser, opened, ready, until
from playwright.sync_api import Browser, Page
from serving import serving


@pytest.fixture(scope="module")
def launched() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    (folder / "quick.yaml").write_text(QUICK_FEET, encoding="utf-8")
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
    # A rate nobody asked for yet: every word is new. Asked for as a text first, because the browser
    # leaves the page as soon as the session is there.
    told = page.request.get(f"{address}s/quick/rate=0.87.html").text()
    if "<progress" in told:  # it may be there at once, on a quick computer
        assert "Quick feet is being made" in told
    page.goto(f"{address}s/quick/rate=0.87.html")
    page.locator("#play").wait_for()
    ready(page)
    page.close()


def test_a_linked_moment_is_heard_from_its_beginning(launched: Browser, address: str) -> None:
    page = opened(launched, f"{address}s/quick.html#exercise=2")
    assert playing(page)["currentTime"] > 0
    assert page.locator("#part").inner_text().casefold() == "wall sit"
    assert page.evaluate("window.wrong") == []
    page.context.close()


def test_exercises_are_reached_from_the_list_and_by_the_keys_of_a_headset(
    launched: Browser, address: str
) -> None:
    page = opened(launched, f"{address}s/quick.html")
    timeline = json.loads(page.request.get(f"{address}s/quick.json").text())
    starts = {
        mark["exercise"]: mark["start"]
        for mark in timeline["markers"]
        if mark["kind"] == "exercise"
    }
    page.get_by_role("navigation").get_by_role("button", name="calm").click()
    assert playing(page)["currentTime"] == pytest.approx(starts[4], abs=0.001)
    page.evaluate("media.previoustrack()")
    assert playing(page)["currentTime"] == pytest.approx(starts[3], abs=0.001)
    page.evaluate("media.nexttrack()")
    assert playing(page)["currentTime"] == pytest.approx(starts[4], abs=0.001)
    page.evaluate("media.seekto({seekTime: 0})")
    page.evaluate("media.play()")
    assert_shown_is_heard(page, timeline)
    page.evaluate("media.pause()")
    page.evaluate("media.seekto({seekTime: 0})")
    listen(page)
    assert len(set(play_a_minute(page))) > 10
    assert heard(page) == []
    page.evaluate("media.pause()")
    assert playing(page)["paused"]
    assert page.evaluate("window.wrong") == []
    page.context.close()


# -- for everybody -------------------------------------------------------------------


def unfold(page: Page) -> None:
    """Open whatever can be."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_and_targets_are_64_px(library: Page, size: str) -> None:
    width, height = SIZES[size]
    library.set_viewport_size({"width": width, "height": height})
    unfold(library)
    found = Axe().run(library)
    assert found.violations_count == 0, found.generate_report()
    assert small(library, "a:not(.skip), select, button, summary") == []
    assert cut(library) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_when_narrow_or_large(library: Page, scheme: Any) -> None:
    library.emulate_media(color_scheme=scheme)
    library.set_viewport_size({"width": 320, "height": 640})
    unfold(library)
    assert cut(library) == []
    enlarge_text(library)
    assert cut(library) == []
    assert library.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(library)
    assert found.violations_count == 0, found.generate_report()


def test_tab_walks_in_the_order_of_the_eye_and_focus_is_seen(library: Page) -> None:
    unfold(library)
    there = library.locator("a, summary, select, button").all()
    stops = walked(library, len(there))
    assert [each.name for each in stops] == [
        each.get_attribute("aria-label") or (each.text_content() or "").strip() for each in there
    ]
    assert all(each.outline == "solid" and each.free for each in stops)
    places = [each.bounding_box() for each in there[1:]]
    tops = [box["y"] + box["height"] for box in places if box]
    assert tops == sorted(tops)


def test_what_is_skipped_to_is_the_first_routine(library: Page) -> None:
    library.keyboard.press("Tab")
    library.keyboard.press("Enter")
    first = library.locator(".ways a").first.get_attribute("aria-label")
    assert [each.name for each in walked(library, 1)] == [first]


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_names_are_unique_and_in_the_language_of_the_page(
    launched: Browser, address: str, language: str
) -> None:
    page = launched.new_page(extra_http_headers={"accept-language": language})
    page.goto(address)
    assert page.locator("html").get_attribute("lang") == language
    unfold(page)
    tree = page.locator("body").aria_snapshot()
    names = re.findall(r"^\s*- (?:link|button|combobox) \"(.+?)\"", tree, re.MULTILINE)
    assert len(names) == len(set(names)) > 8
    words = {"en": "Play", "de": "abspielen", "es": "Reproducir", "fr": "Écouter"}
    assert any(words[language] in name for name in names), names
    assert len(re.findall(r"heading .* \[level=1\]", tree)) == 1
    page.close()


def test_nothing_moves_for_those_who_want_it_still(library: Page) -> None:
    library.emulate_media(reduced_motion="reduce")
    assert moving(library) == []
    library.emulate_media(reduced_motion="no-preference")
    assert moving(library)


def test_all_has_borders_and_focus_is_seen_where_colours_are_forced(library: Page) -> None:
    library.emulate_media(forced_colors="active")
    unfold(library)
    assert borderless(library, "li, form, .ways a, select, button") == []
    assert {each.outline for each in walked(library, 12)} == {"solid"}


def test_a_page_that_is_read_is_quiet(library: Page) -> None:
    library.clock.install()
    listen(library)
    unfold(library)
    library.clock.run_for(60_000)
    assert heard(library) == []
    assert library.locator("[aria-live], [role=status], [role=alert]").count() == 0


def test_the_page_that_waits_has_no_fault_that_axe_sees(launched: Browser, address: str) -> None:
    page = launched.new_page()
    page.goto(f"{address}s/quick/duration=1s.html")
    page.get_by_role("heading", name="This session can’t be made").wait_for()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()
