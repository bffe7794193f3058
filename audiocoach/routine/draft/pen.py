"""The pen of a draft: lines of a file, the figures counted, the questions asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from audiocoach.routine.draft.model import Draft, Figure
from audiocoach.routine.draft.notation import scalar
from audiocoach.routine.draft.questions import question
from audiocoach.routine.draft.tables import Grammar, grammar_for
from audiocoach.wording import one_line

_LONGEST_QUOTE: Final = 300


@dataclass
class Lines:
    """Lines of a file at one indent."""

    indent: str = ""
    lines: list[str] = field(default_factory=list)

    def put(self, text: str) -> None:
        self.lines.append(f"{self.indent}{text}".rstrip())

    def comment(self, text: str) -> None:
        self.put(f"# {one_line(text)}")


class Pen:
    """Writes questions and quotes, and counts what is sure and what is to be checked."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.grammar: Grammar = grammar_for(draft.language)
        self.sure = self.doubtful = 0
        self.rep_ms = 0
        """How long a rep takes in a group that counts its rounds by the clock; 0 outside of one."""

    def ask(self, page: Lines, name: str, made: Figure) -> None:
        """Count a figure, and put its question if it has one."""
        if not made.doubt:
            self.sure += 1
            return
        self.doubtful += 1
        page.comment(f'check: {name}: "{self.quote(made)}": {question(made.doubt)}')

    def ours(self, page: Lines, name: str, text: str) -> None:
        """Put a time that is not in the text, and that rounds by the clock need."""
        self.question(page, name, "by the clock")
        page.put(f"{name}: {text}")

    def question(self, page: Lines, name: str, doubt: str) -> None:
        self.doubtful += 1
        page.comment(f"check: {name}: {question(doubt)}")

    def quote(self, made: Figure) -> str:
        words = dict.fromkeys(one_line(self.draft.words(span)) for span in made.spans)
        return " … ".join(words)[:_LONGEST_QUOTE]

    @staticmethod
    def quotes(page: Lines, told: Mapping[str, str]) -> None:
        kept = {name: text for name, text in told.items() if re.search(r"[^\W_]", text)}
        if kept:
            page.put("quotes:")
        for name, text in kept.items():
            page.put(f"  {name}: {scalar(text)}")
