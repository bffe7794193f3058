"""The table of voices says what was measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.hearing import table


def test_the_table_is_made_of_the_figures() -> None:
    lines = table.table(json.loads(table.MEASURED.read_text("utf-8")))
    assert "\n".join(lines) in table.PAGE.read_text("utf-8")


def test_what_is_published_is_in_the_table_and_the_rest_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, measured = tmp_path / "voices.md", tmp_path / "voices.json"
    rows = {"tone en": {"size": "3 kB"}}
    page.write_text("\n".join(["# Voices", "", *table.table(rows), "", "The end.", ""]), "utf-8")
    measured.write_text(json.dumps(rows), "utf-8")
    monkeypatch.setattr(table, "PAGE", page)
    monkeypatch.setattr(table, "MEASURED", measured)
    beats = {"Marcus": {"spread 1-10": 31.4}, "Cummins and Port": {"spread 1-10": 27.0}}
    table.publish("tone", "en", {"all": [3, 200], "sample": True, "short": [1, 8], "beats": beats})
    table.publish("tone", "de", {"noise": [12, 16]})
    assert page.read_text("utf-8").splitlines()[4:] == [
        "| `tone` | en | 1.5 % of 200, a sample | 12.5 % of 8 |  | 31 and 27 ms |  | 3 kB |  |  |",
        "| `tone` | de |  |  | 75.0 % of 16 |  |  |  |  |  |",
        "",
        "The end.",
    ]
    assert page.read_text("utf-8").startswith("# Voices\n\n| voice |")
