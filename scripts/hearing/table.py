"""The table of voices in docs/voices.md, made of what was measured (docs/voices.json).

A row of the JSON is a voice in a language. `scripts/hear --publish` writes what it measured into
it; what it can't measure (`processor`, `size`, `licence`, `how`) is written by hand, and stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

DOCS: Final = Path(__file__).resolve().parents[2] / "docs"
MEASURED: Final = DOCS / "voices.json"
PAGE: Final = DOCS / "voices.md"
HEAD: Final = (
    "voice",
    "language",
    "words misheard",
    "in cues of one or two words",
    "cues told apart in noise",
    "counts 1 to 10 apart",
    "processor time",
    "size",
    "licence",
    "how to get it",
)

Rows = dict[str, dict[str, Any]]


def publish(spec: str, language: str, measured: dict[str, Any]) -> None:
    """Note what was measured of a voice, and make the table anew."""
    rows: Rows = json.loads(MEASURED.read_text("utf-8"))
    rows.setdefault(f"{spec} {language}", {}).update(measured)
    MEASURED.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")
    page = PAGE.read_text("utf-8")
    before = page[: page.index(_line(HEAD))]
    after = page[len(before) :].partition("\n\n")[2]
    PAGE.write_text("\n".join([before.rstrip("\n"), "", *table(rows), "", after]), "utf-8")


def table(rows: Rows) -> Iterable[str]:
    """The lines of the table."""
    yield _line(HEAD)
    yield "|" + "---|" * len(HEAD)
    for name, row in rows.items():
        spec, _, language = name.partition(" ")
        yield _line(
            (
                f"`{spec}`",
                language,
                _share(row.get("all"), row.get("sample")),
                _share(row.get("short")),
                _share(row.get("noise")),
                _beats(row.get("beats")),
                f"{row['processor']} s" if "processor" in row else "",
                *(row.get(each, "") for each in ("size", "licence", "how")),
            )
        )


def _share(part: list[int] | None, sample: int | None = None) -> str:
    """`3.1 % of 6152`."""
    if not part:
        return ""
    some, whole = part
    of = f"{whole}, a sample" if sample else f"{whole}"
    return f"{100 * some / whole:.1f} % of {of}"


def _beats(beats: dict[str, dict[str, float]] | None) -> str:
    """By both measures: `32 and 27 ms`."""
    spreads = [f"{row['spread 1-10']:.0f}" for row in (beats or {}).values()]
    return f"{' and '.join(spreads)} ms" if spreads else ""


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
