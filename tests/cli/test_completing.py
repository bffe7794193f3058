"""What a shell completes, as the shell asks; nobody is asked by the network."""

from __future__ import annotations

import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from running import call, tiny

from audiocoach.routine.load import bundled


@pytest.fixture
def completed(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """The words that bash is given for a line that ends where the cursor is."""
    tiny(tmp_path)
    monkeypatch.setattr("socket.socket", None)

    def complete(line: str) -> list[str]:
        asked = {"_AUDIOCOACH_COMPLETE": "complete_bash", "COMP_WORDS": line}
        count = str(len(line.split(" ")) - 1)
        with patch.object(sys, "argv", ["audiocoach"]):
            done = call(cwd=tmp_path, cache=cache, COMP_CWORD=count, **asked)
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    return complete


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("audiocoach b", ["build"]),
        ("audiocoach build foot", ["foot-care", "foot-relief"]),
        ("audiocoach preview ti", ["tiny.yaml"]),
        ("audiocoach routines show tab", ["tabata"]),
        ("audiocoach new x.yaml --from desk", ["desk-break"]),
        ("audiocoach build --language ", ["de", "en", "es", "fr"]),
        ("audiocoach voices --language f", ["fr"]),
        ("audiocoach check tiny.yaml -l d", ["de"]),
        ("audiocoach build --pace s", ["slow"]),
        ("audiocoach build tiny.yaml --only ", ["wall-sit", "heel-raise"]),
        ("audiocoach build tiny.yaml foot-relief --skip toe", ["toe-press", "toe-walk"]),
        ("audiocoach build none.yaml --skip ", []),
        ("audiocoach preview --format l", ["lrc"]),
        ("audiocoach build --voice kokoro:am", ["kokoro:am_michael"]),
        ("audiocoach build --language de --voice gtts:", ["gtts:de"]),
    ],
)
def test_words_are_completed(completed: object, line: str, words: list[str]) -> None:
    assert callable(completed)
    found = completed(line)
    assert found[: len(words)] == words
    assert bool(found) is bool(words)


def test_all_routines_are_offered_and_the_files_here(completed: object) -> None:
    assert callable(completed)
    names = [name for name, _ in bundled()]
    assert completed("audiocoach build ") == [*names, "tiny.yaml"]
    assert completed("audiocoach routines copy ") == names
