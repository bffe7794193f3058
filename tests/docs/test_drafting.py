"""The example of docs/drafting.md is what the program writes."""

from __future__ import annotations

import re
from pathlib import Path

from audiocoach.drafting import draft_of, routine_of

PAGE = Path(__file__).parents[2] / "docs" / "drafting.md"


def test_the_draft_shown_is_the_draft_of_the_text_shown() -> None:
    page = PAGE.read_text(encoding="utf-8")
    text = re.findall(r"```text\n(.*?)```", page, re.DOTALL)[0]
    shown = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[0]
    written = routine_of(draft_of(text, "article.txt"), "article.txt").text
    lines = iter(written.splitlines())
    missing = [line for line in shown.splitlines() if line and line not in lines]
    assert not missing  # `in` takes the lines in order


def test_its_questions_are_the_ones_answered_below_it() -> None:
    page = PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[0]
    assert "Its two questions are answered" in page
    assert shown.count("# check:") == 2
