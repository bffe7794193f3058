"""A real browser for the tests of pages: Debian's Chromium, or whichever is installed, headless."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright
from programs import program

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS: Final = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--autoplay-policy=no-user-gesture-required",
)
PATIENCE: Final = 60_000
"""Milliseconds; no test is about time."""


QUICK_FEET: Final = """\
title: Quick feet
language: en
about: It wakes your feet.
exercises:
  - name: toe press
    movement: Press your toes into the floor.
    reps: 3
    hold: 4s
  - name: wall sit
    sets: 2
    hold: 12s
    rest: 8s
  - name: ankle circles
    sides: right-then-left
    reps: 2
    rep_duration: 3s
  - name: calm
    hold: 5s
"""
SIZES: Final = {"phone": (390, 844), "tablet": (820, 1180), "desktop": (1366, 900)}


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser that is gone afterwards."""
    path = program(*NAMES, package="chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield launched
        finally:
            launched.close()


CAPTURE: Final = """
window.media = {};
const session = navigator.mediaSession;
session.setActionHandler = (name, act) => { window.media[name] = act; };
"""
"""Keeps what the page would do for keys of the lock screen and of headsets."""


def opened(launched: Browser, address: str, **more: object) -> Page:
    """A page that is ready to play; what goes wrong in it fails the test that looks."""
    context = launched.new_context(**more)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.add_init_script(CAPTURE + "window.wrong = [];")
    page.on("pageerror", lambda error: page.evaluate("text => wrong.push(text)", str(error)))
    page.goto(address)
    ready(page)
    return page


def ready(page: Page) -> None:
    """Wait until it can play; a server may show first how far the session is."""
    page.locator("#play").wait_for()
    until(page, "!document.getElementById('play').disabled")


def until(page: Page, truth: str) -> None:
    """Wait for an expression to be true. Playwright's own wait is a script the policy forbids."""
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(truth):
        assert time.monotonic() < end, truth
        page.wait_for_timeout(20)
