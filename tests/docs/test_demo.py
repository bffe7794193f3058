"""The demo opens from the checkout, and is what the program makes.

After a change that is meant: `scripts/demo page`, and for the terminal `scripts/demo terminal` or
`UPDATE_GOLDEN=1 scripts/test tests/docs/test_demo.py`.
"""

from __future__ import annotations

import base64
import json
import os
import re
from pathlib import Path

import pytest
import soundfile
from running import script

from audiocoach.pipeline import rehearse
from audiocoach.settings.resolve import Options
from audiocoach.store import Cache
from audiocoach.store.folder import Folder
from audiocoach.timeline.script import Utterance
from audiocoach.verify.report import verify_file

demo = script("demo")
PAGE: Path = demo.PAGE
MOST = 500_000
"""What the page may weigh, in bytes: it is cloned by everyone."""


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text("utf-8")


def test_the_page_is_light_and_asks_nobody_for_anything(page: str) -> None:
    assert len(page.encode()) <= MOST
    assert "default-src 'none'" in page
    assert not re.findall(r"(?:src|href)=\"(?!data:|#)[^\"]*\"", page)


def test_its_sound_is_as_it_was_built(page: str, tmp_path: Path) -> None:
    found = re.search(r'id="sound">([^<]+)<', page)
    assert found
    path = tmp_path / "heel-raises.mp3"
    path.write_bytes(base64.b64decode(found[1]))
    assert not verify_file(path).failed
    assert soundfile.info(path).frames == 55 * 48_000


def test_it_says_what_the_routine_is_told_today(page: str, cache: Path) -> None:
    found = re.search(r'id="session">(.*?)</script>', page, re.DOTALL)
    assert found
    shown = [cue["text"] for cue in json.loads(found[1])["cues"]]
    options = Options(voice="espeak", duration="natural")
    made = rehearse(demo.ROUTINE, options, cache=Cache(Folder(cache, shared=True)))
    said = [cue.sound.text for cue in made.timeline.cues if isinstance(cue.sound, Utterance)]
    assert after(said) == after([text for text in shown if not text.startswith("[")])


def after(texts: list[str]) -> list[str]:
    """What is said after the welcome, which tells the length."""
    return texts[texts.index("Let's begin.") :]


def test_the_terminal_shows_what_the_program_prints(cache: Path, tmp_path: Path) -> None:
    now = demo.terminal(tmp_path, dict(os.environ) | {"AUDIOCOACH_CACHE": str(cache)})
    if os.environ.get("UPDATE_GOLDEN"):
        demo.TERMINAL.write_text(now, encoding="utf-8")
    assert demo.TERMINAL.read_text("utf-8") == now
    assert "url(http" not in re.sub("[\"']", "", now), "a picture of an offline program asks nobody"
    assert "play&#160;it:&#160;audiocoach&#160;play" in now, "no folder of this machine"
