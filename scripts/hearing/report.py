"""What a person reads of a run, and what is kept of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np

from scripts.hearing.recogniser import HEARING
from scripts.hearing.texts import Row

DRAWS: Final = 2_000


def rate(rows: Sequence[Row]) -> str:
    """`4.1 % (20 of 480 words wrong; 95 %: 2.9 to 5.6)`."""
    wrong, words = (np.array([getattr(row, each) for row in rows]) for each in ("wrong", "words"))
    if not words.sum():
        return "nothing said"
    drawn = np.random.default_rng(1).integers(0, len(rows), (DRAWS, len(rows)))
    shares = 100 * wrong[drawn].sum(axis=1) / np.maximum(words[drawn].sum(axis=1), 1)
    low, high = np.percentile(shares, [2.5, 97.5])
    counted = f"{wrong.sum()} of {words.sum()} words wrong"
    return f"{share(rows):.1f} % ({counted}; 95 %: {low:.1f} to {high:.1f})"


def counted(rows: Sequence[Row]) -> list[int]:
    """How many words were heard wrong, and how many were said."""
    return [sum(row.wrong for row in rows), sum(row.words for row in rows)]


def share(rows: Sequence[Row]) -> float:
    """Percent of the words that were heard wrong."""
    wrong, words = counted(rows)
    return round(100 * wrong / words, 2) if words else 0.0


def short(rows: Sequence[Row]) -> list[Row]:
    """Those of one or two words."""
    return [row for row in rows if row.short]


def groups(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """All, the short ones and the rest."""
    return [
        ("all", [*rows]),
        ("one or two words", short(rows)),
        ("longer", [row for row in rows if not row.short]),
    ]


def report(spec: str, language: str, rows: Sequence[Row], worst: int) -> Iterable[str]:
    """The lines a person reads."""
    exact = sum(not row.wrong for row in rows)
    yield f"{spec} in {language}: {len(rows)} utterances, {exact} without an error"
    for title, some in groups(rows):
        yield f"  {f'{title} ({len(some)})':24} {rate(some)}"
    yield f"  {'of one sound, so right':24} {sum(row.alike for row in rows)} words"
    yield "  words heard wrong, and what was heard instead:"
    lost = Counter(word for row in rows for word, _ in row.missed)
    for word, times in lost.most_common(worst):
        instead = Counter(
            heard or "-" for row in rows for said, heard in row.missed if said == word
        )
        heard = ", ".join(f"{each} {n}" if n > 1 else each for each, n in instead.most_common(6))
        yield f"  {times:4} {word:16} {heard}"
    yield f"  the worst {worst}:"
    by_share = sorted(rows, key=lambda row: (-row.wrong / max(row.words, 1), -row.words))
    for row in [each for each in by_share if each.wrong][:worst]:
        yield f"  {row.wrong:2} of {row.words:2}  {row.text}  ->  {row.heard or '(nothing)'}"


def difference(rows: Sequence[Row], path: Path) -> Iterable[str]:
    """What is heard better or worse than in another run."""
    before = {row["text"]: row for row in json.loads(path.read_text("utf-8"))["rows"]}
    both = [(row, before[row.text]) for row in rows if row.text in before]
    was, now = sum(old["wrong"] for _, old in both), sum(row.wrong for row, _ in both)
    yield f"  against {path.name}: {len(both)} utterances in both; words wrong: {was}, now {now}"
    for row, old in sorted(both, key=lambda pair: pair[0].wrong - pair[1]["wrong"]):
        if row.wrong != old["wrong"]:
            sign = "better" if row.wrong < old["wrong"] else "worse "
            yield f"  {sign}  {row.text}  {old['heard']!r} -> {row.heard!r}"


def keep(path: Path, spec: str, language: str, rows: Sequence[Row]) -> None:
    """Write a run as JSON."""
    shares = {title: share(some) for title, some in groups(rows)}
    whole: dict[str, Any] = {"voice": spec, "language": language, "hearing": HEARING} | shares
    ordered = sorted(rows, key=lambda row: row.text)
    whole["rows"] = [asdict(row) for row in ordered]
    keep_as(path, whole)


def keep_as(path: Path, whole: dict[str, Any]) -> None:
    """Write what was found as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", "utf-8")
