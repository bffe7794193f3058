"""The page as a person meets it, in a real browser, from a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
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
from browser import PATIENCE, QUICK_FEET, SIZES, browser, opened, ready, until
from playwright.sync_api import Browser, Page

from audiocoach import pipeline
from audiocoach.delivery.beside import wanted
from audiocoach.settings.resolve import Options
from audiocoach.store import Cache


@dataclass(frozen=True)
class Made:
    """A built page, and what its timeline says in JSON."""

    address: str
    timeline: dict[str, Any]

    def part(self, number: int) -> float:
        """Where an exercise begins, in seconds."""
        return next(
            float(mark["start"])
            for mark in self.timeline["markers"]
            if mark["kind"] == "exercise" and mark["exercise"] == number
        )

    def holds(self) -> list[tuple[float, float]]:
        return [
            (span["start"], span["start"] + span["duration"])
            for span in self.timeline["spans"]
            if span.get("source") == "prescribed" and span["kind"] != "rest"
        ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Made:
    folder = tmp_path_factory.mktemp("page")
    (folder / "quick.yaml").write_text(QUICK_FEET, encoding="utf-8")
    session = pipeline.build(
        folder / "quick.yaml",
        folder / "quick.mp3",
        Options(voice="espeak"),
        cache=Cache(cache),
        beside=wanted("html,json", bundle=False),
    )
    page, timeline = session.beside
    session.path.unlink()  # the page needs it no more
    return Made(page.as_uri(), json.loads(timeline.read_text("utf-8")))


@pytest.fixture(scope="module")
def launched() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def window(launched: Browser, made: Made) -> Page:
    return opened(launched, made.address)


@pytest.fixture
def page(window: Page, made: Made) -> Iterator[Page]:
    """The page as one opens it for the first time, in a window that is there already."""
    window.goto("about:blank")
    window.set_viewport_size({"width": 1366, "height": 900})
    window.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="no-preference")
    window.goto(f"{made.address}#t=0")  # a link comes before the place that was kept
    ready(window)
    yield window
    assert window.evaluate("window.wrong") == []


def now(page: Page) -> float:
    return float(page.evaluate("document.getElementById('audio').currentTime"))


def paused(page: Page) -> bool:
    return bool(page.evaluate("document.getElementById('audio').paused"))


def shown(page: Page, name: str) -> str:
    return page.locator(f"#{name}").inner_text()


def set_to(page: Page, seconds: float) -> None:
    """Put the sound somewhere as time would have."""
    page.evaluate(
        """async (to) => {
            const audio = document.getElementById('audio');
            const there = new Promise((done) => { audio.onseeked = done; });
            audio.currentTime = to;
            await there;
        }""",
        seconds,
    )


# -- playing ------------------------------------------------------------------------


def test_it_plays_and_what_it_shows_is_what_sounds(page: Page, made: Made) -> None:
    page.get_by_role("button", name="Play Quick feet").click()
    assert_shown_is_heard(page, made.timeline)
    page.get_by_role("button", name="Pause").click()
    assert paused(page)


def test_duration_is_that_of_the_session(page: Page, made: Made) -> None:
    length = page.evaluate("document.getElementById('audio').duration")
    assert length == pytest.approx(made.timeline["duration"], abs=0.001)


def test_exercises_are_jumped_to_repeated_and_stepped_through(page: Page, made: Made) -> None:
    page.get_by_role("button", name=re.compile("^Ankle circles")).click()
    assert now(page) == pytest.approx(made.part(3), abs=0.001)
    assert shown(page, "part") == "Ankle circles"
    assert shown(page, "where") == "Exercise 3 of 4"
    set_to(page, made.part(3) + 5)
    page.get_by_role("button", name="Repeat this exercise").click()
    assert now(page) == pytest.approx(made.part(3), abs=0.001)
    page.get_by_role("button", name="Previous exercise").click()
    assert now(page) == pytest.approx(made.part(2), abs=0.001)
    set_to(page, made.part(2) + 5)
    page.get_by_role("button", name="Previous exercise").click()
    assert now(page) == pytest.approx(made.part(2), abs=0.001), "after 3 s it is the same again"
    page.get_by_role("button", name="Next exercise").click()
    assert now(page) == pytest.approx(made.part(3), abs=0.001)


def test_next_in_the_last_part_stays_and_says_so(page: Page, made: Made) -> None:
    set_to(page, made.timeline["duration"] - 1)
    before = now(page)
    page.get_by_role("button", name="Next exercise").click(force=True)  # it can be clicked
    assert now(page) == before
    assert shown(page, "status") == "This is the last part."


def test_keys_of_the_lock_screen_step_by_exercise_and_ten_seconds_apart(
    page: Page, made: Made
) -> None:
    assert set(page.evaluate("Object.keys(window.media)")) >= {
        *("play", "pause", "nexttrack", "previoustrack"),
        *("seekforward", "seekbackward", "seekto"),
    }
    page.evaluate("media.nexttrack()")
    assert now(page) == pytest.approx(made.part(1), abs=0.001)
    page.evaluate("media.nexttrack()")
    assert now(page) == pytest.approx(made.part(2), abs=0.001)
    page.evaluate("media.previoustrack()")
    assert now(page) == pytest.approx(made.part(1), abs=0.001)
    title = page.evaluate("navigator.mediaSession.metadata.title")
    assert title == "Toe press"
    set_to(page, 3)
    page.evaluate("media.seekbackward()")
    assert now(page) == 0


def test_the_status_is_never_of_an_exercise_before(page: Page, made: Made) -> None:
    page.evaluate("media.nexttrack()")
    assert shown(page, "status") == "Toe press"
    page.evaluate("t => media.seekto({seekTime: t})", made.part(3) + 0.001)
    assert shown(page, "status") == shown(page, "part") == "Ankle circles"
    set_to(page, made.part(4) + 0.001)  # as time would
    page.evaluate("document.getElementById('audio').dispatchEvent(new Event('timeupdate'))")
    assert shown(page, "part") == "Calm"
    assert shown(page, "status") == ""


def test_the_lock_screen_has_the_cover(page: Page) -> None:
    (picture,) = page.evaluate("navigator.mediaSession.metadata.artwork.map(({src}) => src)")
    shape = page.evaluate(
        """src => new Promise((done) => {
            const image = new Image();
            image.onload = () => done([image.naturalWidth, image.naturalHeight]);
            image.onerror = () => done(null);
            image.src = src;
        })""",
        picture,
    )
    assert shape == [600, 600]


def test_ten_seconds_never_lead_into_a_hold_from_outside(page: Page, made: Made) -> None:
    for start, end in made.holds():
        for direction, before in (("seekforward", start - 6), ("seekbackward", end + 6)):
            set_to(page, max(before, 0))
            if any(low < now(page) < high for low, high in made.holds()):
                continue
            page.evaluate(f"media.{direction}()")
            at = now(page)
            assert not any(low + 0.001 < at < high - 0.001 for low, high in made.holds())


@pytest.mark.parametrize("key", ["#t={}", "#t=0:{}", "seekto"])
def test_no_link_leads_into_a_hold(launched: Browser, made: Made, key: str) -> None:
    start, end = made.holds()[0]
    inside = (start + end) / 2
    if key == "seekto":
        page = opened(launched, made.address)
        page.evaluate("t => media.seekto({seekTime: t})", inside)
    else:
        page = opened(launched, made.address + key.format(f"{inside:.1f}"))
    assert now(page) < start
    assert any(abs(now(page) - at) < 0.001 for at in made.timeline["landings"])
    page.context.close()


def test_a_link_comes_before_the_kept_place_and_that_before_the_start(
    page: Page, made: Made
) -> None:
    set_to(page, made.part(3) + 1)
    page.evaluate("document.getElementById('audio').dispatchEvent(new Event('pause'))")
    page.evaluate("history.replaceState(null, '', location.pathname)")
    page.reload()
    ready(page)
    assert now(page) == pytest.approx(made.part(3) + 1, abs=0.01)
    page.goto("about:blank")
    page.goto(f"{made.address}#exercise=2")
    ready(page)
    assert now(page) == pytest.approx(made.part(2), abs=0.001)
    page.get_by_role("link", name="Link to this exercise").click()
    assert page.url.endswith("#exercise=2")


def test_a_link_leads_there_once_and_a_reload_keeps_the_place(page: Page, made: Made) -> None:
    page.goto("about:blank")
    page.goto(f"{made.address}#exercise=2")
    ready(page)
    set_to(page, made.part(3) + 1)
    page.evaluate("document.getElementById('audio').dispatchEvent(new Event('pause'))")
    page.reload()
    ready(page)
    assert now(page) == pytest.approx(made.part(3) + 1, abs=0.01)
    assert page.url.endswith("#exercise=2"), "it can still be passed on"
    page.evaluate("location.hash = '#exercise=1'")
    until(page, f"Math.abs(document.getElementById('audio').currentTime - {made.part(1)}) < 0.01")


@pytest.mark.parametrize("key", ["exercise=99", "exercise=two", "t=-5", "t=NaN", "t="])
def test_a_link_that_leads_nowhere_says_so_until_another_does(
    page: Page, made: Made, key: str
) -> None:
    page.goto("about:blank")
    page.goto(f"{made.address}#{key}")
    ready(page)
    assert shown(page, "trouble") == "This link leads to no place in this session."
    page.evaluate("location.hash = '#exercise=1'")
    until(page, "!document.getElementById('trouble').textContent")
    page.evaluate(f"location.hash = '#{key}'")
    until(page, "document.getElementById('trouble').textContent")
    page.evaluate("location.hash = '#words'")
    until(page, "!document.getElementById('trouble').textContent")


# -- staying --------------------------------------------------------------------------


def test_an_exercise_is_repeated_without_its_telling(page: Page, made: Made) -> None:
    page.get_by_role("button", name=re.compile("^Wall sit")).click()
    page.get_by_role("button", name="Keep repeating this exercise").click()
    first = next(start for start, _ in made.holds() if start > made.part(2))
    set_to(page, made.part(3) - 0.8)
    page.get_by_role("button", name="Play Quick feet").click()
    until(page, f"document.getElementById('audio').currentTime < {first}")
    assert made.part(2) < now(page) < first
    assert shown(page, "part") == "Wall sit"


def test_it_stops_after_this_exercise_before_the_next_is_named(page: Page, made: Made) -> None:
    page.get_by_role("button", name=re.compile("^Toe press")).click()
    stop = page.get_by_role("button", name=re.compile("^Stop after this exercise"))
    left = made.part(2) - made.part(1)
    minutes, seconds = re.findall(r"\d+", stop.inner_text())
    assert int(minutes) * 60 + int(seconds) == pytest.approx(left, abs=1)
    stop.click()
    set_to(page, made.part(2) - 0.8)
    page.get_by_role("button", name="Play Quick feet").click()
    until(page, "document.getElementById('audio').paused")
    assert now(page) == pytest.approx(made.part(2), abs=0.001)
    assert stop.get_attribute("aria-pressed") == "false"


def test_what_is_heard_is_marked_and_scrolled_to_unless_one_reads_elsewhere(
    page: Page, made: Made
) -> None:
    last = made.part(4)
    set_to(page, last + 1)
    marked = page.locator("#text .said")
    assert marked.count() == 1
    assert marked.is_visible()
    until(page, "document.getElementById('text').scrollTop > 0")
    page.locator("#text").dispatch_event("wheel")
    follow = page.get_by_role("button", name="Follow the voice")
    assert follow.get_attribute("aria-pressed") == "false"
    follow.click()
    assert follow.get_attribute("aria-pressed") == "true"


def test_words_are_tapped_to_go_there(page: Page, made: Made) -> None:
    word = page.locator("#text [data-at]", has_text="Press your toes into the floor.")
    word.click()
    at = float(word.get_attribute("data-at") or 0) / 1000
    assert now(page) == pytest.approx(at, abs=0.001)
    link = page.locator("#text a").nth(3)
    link.click()
    asked = float((link.get_attribute("href") or "").removeprefix("#t="))
    place = max(at for at in made.timeline["landings"] if at <= asked)
    until(page, f"Math.abs(document.getElementById('audio').currentTime - {place}) < 0.001")


# -- for everybody -------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_and_targets_are_64_px(page: Page, size: str) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(page)
        assert [each["id"] for each in found.response["violations"]] == []
        page.locator("#play").click()
    assert small(page, "button, #link, #bar") == []


def tree(page: Page) -> str:
    return page.locator("body").aria_snapshot()


def test_names_are_there_on_load_and_while_it_plays(page: Page) -> None:
    for name in ("Play Quick feet", "Pause"):
        until(page, f"document.getElementById('play').ariaLabel === '{name}'")
        text = tree(page)
        assert f'button "{name}"' in text
        assert 'heading "Quick feet" [level=1]' in text
        assert 'region "Player"' in text
        assert 'button "Back 10 seconds"' in text
        assert 'navigation "Exercises"' in text
        page.locator("#play").click()


def test_tab_walks_in_the_order_of_the_eye_and_focus_is_seen(page: Page) -> None:
    stops = walked(page, 10)
    order = [
        page.locator(".skip").inner_text(),
        "play",
        "previous",
        "back",
        "forward",
        "next",
        "repeat",
        "loop",
        "stop",
        "link",
    ]
    assert [each.name for each in stops] == order
    assert all(each.outline == "solid" and each.free for each in stops)


def test_single_keys_act_in_the_player_only(page: Page, made: Made) -> None:
    page.keyboard.press("n")
    assert now(page) == 0
    page.locator("#play").focus()
    page.keyboard.press("n")
    assert now(page) == pytest.approx(made.part(1), abs=0.001)
    page.keyboard.press("Control+n")
    assert now(page) == pytest.approx(made.part(1), abs=0.001)
    page.keyboard.press("k")
    assert not paused(page)
    page.keyboard.press("k")
    assert paused(page)
    page.locator("nav button").first.focus()
    page.keyboard.press("n")
    assert page.locator("#part").inner_text() == "Toe press"


@pytest.mark.parametrize("width", [320, 640], ids=["narrow", "large"])
def test_nothing_is_cut_when_narrow_or_large(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    if width == 640:
        enlarge_text(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert cut(page) == []


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_a_word_longer_than_a_line_is_broken(page: Page, width: int) -> None:
    """As German names have them: of the session, of an exercise, of what comes next."""
    page.set_viewport_size({"width": width, "height": 844})
    long = "Rückenstreckmuskulaturkräftigungsübungen"
    places = "h1, #part, #coming, nav button"
    page.evaluate(
        "([places, long]) => document.querySelectorAll(places).forEach((it) => it.prepend(long))",
        [places, long],
    )
    assert cut(page) == []


def test_nothing_moves_for_those_who_want_it_still(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    assert moving(page) == []
    page.emulate_media(reduced_motion="no-preference")
    assert moving(page)


def test_buttons_have_borders_where_colours_are_forced(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    assert borderless(page, "button:not(ol button)") == []


def test_the_coach_is_never_talked_over(page: Page, made: Made) -> None:
    """No live region changes for a minute of playing; only what a button did is said."""
    listen(page)
    said = play_a_minute(page)
    assert heard(page) == []
    cues = [cue["say"] for cue in made.timeline["cues"] if "say" in cue and cue["start"] < 60]
    assert len(set(said) & set(cues)) > 0.8 * len(set(cues)), "it did not go by as it does"
    page.locator("#next").click()
    assert heard(page)


def test_without_script_the_words_are_there(launched: Browser, made: Made) -> None:
    context = launched.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(made.address, timeout=PATIENCE)
    assert page.locator("noscript p").is_visible()
    assert page.get_by_text("Press your toes into the floor.").is_visible()
    context.close()


def test_nothing_is_asked_of_any_network(launched: Browser, made: Made) -> None:
    context = launched.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(made.address)
    ready(page)
    page.locator("#play").click()
    until(page, "document.getElementById('audio').currentTime > 0.2")
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []
    context.close()
