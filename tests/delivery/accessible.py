"""What is looked at in any page, so that everybody can use it; what is wrong comes by name."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from playwright.sync_api import Page

TARGET: Final = 64
"""Pixels that a target has in both directions."""
_NAME: Final = "(each) => each.id || each.ariaLabel || each.textContent.trim() || each.className"


class Stop(NamedTuple):
    """Where Tab came to."""

    name: str
    outline: str
    free: bool
    """Whether nothing lies over it."""


def small(page: Page, targets: str) -> list[str]:
    """Those of the targets (a selector) that are smaller than they have to be."""
    found: list[str] = page.evaluate(
        f"""([targets, least]) => [...document.querySelectorAll(targets)]
            .filter((each) => each.checkVisibility())
            .filter((each) => {{
                const {{width, height}} = each.getBoundingClientRect();
                return width < least || height < least;
            }}).map({_NAME})""",
        [targets, TARGET],
    )
    return found


def enlarge_text(page: Page) -> None:
    """Make all text twice as large. A style that the policy forbids would have no effect."""
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    before = page.evaluate(size)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(size) == 2 * before


def cut(page: Page) -> list[str]:
    """What does not fit in its box, or in the window."""
    found: list[str] = page.evaluate(
        f"""() => {{
            const root = document.documentElement;
            return [...document.querySelectorAll('body *')]
                .filter((each) => each.checkVisibility() && each.id !== 'status')
                .filter((each) => !each.matches('.skip, .skip *, #text *'))
                .filter((each) => each.getBoundingClientRect().right > root.clientWidth + 1
                    || (each.clientWidth && each.scrollWidth > each.clientWidth + 1
                        && each.tagName !== 'SELECT'))
                .map({_NAME});
        }}"""
    )
    return found


def moving(page: Page) -> list[str]:
    """What would move, or fade, by itself or when something is done."""
    found: list[str] = page.evaluate(
        f"""() => [...document.querySelectorAll('*')].filter((each) => {{
            const {{transitionDuration, animationName}} = getComputedStyle(each);
            return parseFloat(transitionDuration) > 0 || animationName !== 'none';
        }}).map({_NAME})"""
    )
    return found


def borderless(page: Page, targets: str) -> list[str]:
    """Those of the targets (a selector) that only their ground tells from what is around them."""
    found: list[str] = page.evaluate(
        f"""(targets) => [...document.querySelectorAll(targets)]
            .filter((each) => {{
                const {{borderTopWidth, borderTopStyle}} = getComputedStyle(each);
                return borderTopStyle === 'none' || parseFloat(borderTopWidth) < 1;
            }}).map({_NAME})""",
        targets,
    )
    return found


def walked(page: Page, steps: int) -> list[Stop]:
    """Where Tab comes to."""
    found = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        found.append(
            page.evaluate(
                f"""() => {{
                    const here = document.activeElement, name = {_NAME};
                    const box = here.getBoundingClientRect();
                    const top = document.elementFromPoint(
                        box.x + box.width / 2, box.y + box.height / 2);
                    return [name(here), getComputedStyle(here).outlineStyle, here.contains(top)];
                }}"""
            )
        )
    return [Stop(*each) for each in found]


def listen(page: Page) -> None:
    """Note what a screen reader would be told by itself from now on, for `heard`."""
    page.evaluate(
        """() => {
            window.chatter = [];
            const live = '[aria-live], [role=status], [role=alert], [role=log], output';
            const watch = new MutationObserver((all) => all.forEach(({target}) => {
                const at = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
                const region = at && at.closest(live);
                if (region && region.textContent) chatter.push(region.textContent);
            }));
            watch.observe(document.body,
                {childList: true, subtree: true, characterData: true, attributes: true});
        }"""
    )


def heard(page: Page) -> list[str]:
    """What a screen reader was told by itself since `listen`."""
    found: list[str] = page.evaluate("chatter")
    return found


def play_a_minute(page: Page) -> list[str]:
    """Play the first minute in some seconds, every event of it; what was shown as being said."""
    page.evaluate(
        """() => {
            window.shown = [];
            const cue = document.getElementById('cue');
            const note = () => { if (cue.textContent) shown.push(cue.textContent); };
            new MutationObserver(note).observe(cue, {childList: true, characterData: true});
            document.getElementById('audio').playbackRate = 12;
        }"""
    )
    page.locator("#play").click()
    page.evaluate(
        """() => new Promise((done) => {
            const audio = document.getElementById('audio');
            audio.addEventListener('timeupdate', () => { if (audio.currentTime > 60) done(); });
        })"""
    )
    found: list[str] = page.evaluate("shown")
    return found


def followed(page: Page, steps: int) -> list[tuple[float, str, str]]:
    """What is shown, and where the sound is, every tenth of a second: seconds, cue and clock."""
    found: list[Any] = page.evaluate(
        """async (steps) => {
            const seen = [], audio = document.getElementById('audio');
            while (seen.length < steps) {
                await new Promise((done) => setTimeout(done, 100));
                seen.push([audio.currentTime, document.getElementById('cue').textContent,
                           document.getElementById('now').textContent]);
            }
            return seen;
        }""",
        steps,
    )
    return [(float(at), words, clock) for at, words, clock in found]


def assert_shown_is_heard(page: Page, timeline: dict[str, Any]) -> None:
    """For four seconds of playing, within 0.2 s; the timeline is that in JSON."""
    seen = followed(page, 40)
    assert seen[-1][0] - seen[0][0] > 1, "it does not play"
    cues = [(cue["start"], cue.get("say", "[start chime]")) for cue in timeline["cues"]]
    for at, words, clock in seen:
        fitting = {
            text
            for (start, text), (end, _) in zip(cues, [*cues[1:], (1e9, "")], strict=True)
            if start - 0.2 <= at < end + 0.2
        }
        assert words in fitting
        minutes, seconds = clock.split(":")
        assert abs(int(minutes) * 60 + int(seconds) - at) <= 0.5 + 0.2
