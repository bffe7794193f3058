"""Variants that are held one after the other in a position that is not left between them."""

from __future__ import annotations

import pytest
from heard_in import text, timeline

from audiocoach.coaching.phrases import languages, phrases_for

ONE_LEG = """
- name: X
  hold: 10s
  sides: right
  start: Z.
  each: [A, B, C]
"""


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("finish", ["", "  finish: Q."])
def test_nobody_releases_what_no_start_leads_into_again(language: str, finish: str) -> None:
    phrases = phrases_for(language)
    heard = [text(cue.sound) for cue in timeline(ONE_LEG + finish, language).cues]
    released = f"{phrases('cue.release')}."
    stays = [heard.index(phrases("cue.other", variant=name)) - 1 for name in ("B", "C")]
    ways = [phrases.worded("cue.stay", name) for name in phrases.wordings("cue.stay")]
    assert [heard[place] for place in stays] == ways
    assert heard.count("Z.") == 1
    assert heard.count("Q.") == bool(finish)
    assert heard.count(released) == (not finish)
