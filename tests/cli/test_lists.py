"""Lists that inform: what a routine is for, how long it takes; and as JSON."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from running import ROOT, call

from audiocoach.routine.load import bundled

ROUTINES = ROOT / "docs" / "routines.md"


@pytest.fixture
def asked(tmp_path: Path, cache: Path) -> Any:
    """What a command prints as JSON."""
    run = partial(call, cwd=tmp_path, cache=cache)

    def ask(*line: str) -> Any:
        done = run(*line, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


@pytest.fixture(scope="module")
def listed(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every routine by its name."""
    done = call("routines", "--json", cwd=tmp_path_factory.mktemp("lists"), cache=cache)
    return {each["name"]: each for each in json.loads(done.stdout)}


def test_routines_say_what_for_how_long_how_and_with_what(listed: dict[str, Any]) -> None:
    found = listed
    assert list(found) == [name for name, _ in bundled()]
    relief = found["foot-relief"]
    assert relief["length_ms"] == 20 * 60_000
    assert relief["length_is_estimated"] is False
    assert relief["positions"] == ["standing", "lying on back", "sitting on floor"]
    assert "an exercise band" in relief["equipment"]
    assert relief["purpose"].startswith("It aims to strengthen your feet")
    assert relief["languages"][:2] == ["en", "de"]
    assert found["balance"]["levels"] == ["beginner", "intermediate", "advanced"]
    assert all(each["purpose"] and each["exercises"] for each in found.values())


def test_positions_are_told_in_words(tmp_path: Path, cache: Path) -> None:
    shown = call("routines", cwd=tmp_path, cache=cache).stdout
    assert "standing, lying on the back, sitting on the floor" in shown
    assert "sitting on a chair" in shown


def test_the_example_of_its_help_finds_something(tmp_path: Path, cache: Path) -> None:
    page = call("routines", "list", "--help", cwd=tmp_path, cache=cache).stdout
    example = page.strip().splitlines()[-1].split()
    assert example[:3] == ["audiocoach", "routines", "list"]
    assert call(*example[1:], cwd=tmp_path, cache=cache).stdout


def test_the_page_of_the_routines_tells_the_same_lengths(listed: dict[str, Any]) -> None:
    found = listed
    page = ROUTINES.read_text("utf-8")
    rows = re.findall(r"^\| `([\w-]+)` \| .* \| (.+) \|$", page, re.MULTILINE)
    assert {name for name, _ in rows} == set(found)
    for name, told in rows:
        each = found[name]
        minutes = round(each["length_ms"] / 60_000)
        expected = f"about {minutes} minutes" if each["length_is_estimated"] else f"{minutes}:00"
        assert told == expected, name


def test_routines_are_chosen_by_language_and_length(asked: Any) -> None:
    german = asked("routines", "list", "--language", "de")
    assert {"foot-relief"} <= {each["name"] for each in german}
    assert all("de" in each["languages"] for each in german)
    assert any("Fuß" in each["title"] or "Füße" in each["title"] for each in german)
    some = asked("routines", "list", "--at-least", "5min", "--at-most", "12min")
    assert 1 < len(some) < len(bundled())
    assert all(300_000 <= each["length_ms"] <= 720_000 for each in some)


def test_a_filter_that_leaves_nothing_says_so(tmp_path: Path, cache: Path) -> None:
    done = call("routines", "list", "--at-most", "1s", cwd=tmp_path, cache=cache)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "no routine matches; leave out a filter\n"
    wrong = call("routines", "list", "--at-most", "soon", cwd=tmp_path, cache=cache)
    assert wrong.returncode == 2
    assert "--at-most: 'soon' is not a time" in wrong.stderr


def test_voices_are_told_with_the_step_they_need(asked: Any) -> None:
    found = {each["voice"]: each for each in asked("voices")}
    assert found["espeak:en-us"]["ready"] is True
    assert found["kokoro:am_michael"]["step"]
    assert found["gtts:en"]["online"] is True
    assert {each["engine"] for each in asked("voices", "list", "-l", "de")} >= {"espeak", "gtts"}


def test_a_language_without_phrases_is_told_at_once(tmp_path: Path, cache: Path) -> None:
    done = call("voices", "--language", "it", cwd=tmp_path, cache=cache)
    assert "espeak:it" in done.stdout
    assert "no phrases for 'it', so sessions can't be made in it" in done.stderr


def test_cache_and_doctor_are_told_as_json(asked: Any, cache: Path) -> None:
    told = asked("cache")
    assert told["places"][0]["place"] == str(cache)
    assert told["limit"] == 1_000_000_000
    found = {each["what"]: each for each in asked("doctor", "--offline")}
    assert found["espeak"]["good"] is True
    assert "none of which can speak now" in found["gtts"]["detail"]
    assert found["gtts"]["good"] is False
