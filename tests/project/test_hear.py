"""scripts/hear: how what was heard is held against what was said.

The recogniser itself is run by hand; these need its packages.
"""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from running import script

for package in ("jiwer", "text_to_num", "whisper_normalizer"):
    pytest.importorskip(package, reason="run scripts/hear once: it installs the recogniser")


@pytest.fixture(scope="module")
def hear() -> ModuleType:
    return script("hear")


@pytest.mark.parametrize(
    ("language", "said", "heard", "words", "wrong"),
    [
        ("en", "Three, two, one.", "3, 2, 1", 3, 0),
        ("en", "Rest, fourteen seconds.", "Rest 14 seconds", 3, 0),
        ("en", "Forty-five seconds.", "45 seconds.", 2, 0),
        ("en", "Let's begin.", "Lets begin!", 2, 0),
        ("en", "Stand in the centre.", "Stand in the center", 4, 0),
        ("en", "Halfway.", "Half way.", 1, 0),
        ("en", "Half way.", "Halfway.", 1, 0),
        ("en", "Toe walk.", "Tow walk", 2, 0),
        ("en", "Two to go.", "To two go", 3, 2),
        ("en", "Eight.", "Hey.", 1, 1),
        ("en", "Pull.", "", 1, 1),
        ("en", "Two.", "Two. Two. Two.", 1, 2),
        ("de", "Dreißig Sekunden.", "30 Sekunden", 2, 0),
        ("fr", "Prépare l'élastique.", "prépare l’élastique", 3, 0),
        ("es", "Derecha.", "De lecha", 1, 2),
    ],
)
def test_words_are_compared_whatever_their_spelling(  # noqa: PLR0913, PLR0917 - a row of the table
    hear: ModuleType, language: str, said: str, heard: str, words: int, wrong: int
) -> None:
    row = hear.compared(said, heard, language)
    assert (row.words, row.wrong) == (words, wrong)


def test_each_lost_word_is_told_with_what_was_heard_instead(hear: ModuleType) -> None:
    assert hear.compared("Heels down, rest.", "Kneel down.", "en").missed == [
        ["heels", "kneel"],
        ["rest", ""],
    ]


def test_words_of_one_sound_are_equal_and_counted(hear: ModuleType) -> None:
    row = hear.compared("Two.", "To", "en")
    assert (row.wrong, row.alike, row.missed) == (0, 1, [])
    assert hear.compared("Two toes.", "Two toes", "en").alike == 0
    assert hear.compared("Dos.", "Doze", "es").wrong == 1
    report = "\n".join(hear.report("espeak", "en", [row], 20))
    assert "of one sound, so right   1 words" in report


def test_words_of_one_sound_are_so_by_a_dictionary_and_said_by_us(hear: ModuleType) -> None:
    texts = import_module("scripts.hearing.texts")
    pocketsphinx = pytest.importorskip("pocketsphinx", reason="it brings the CMU dictionary")
    place = Path(pocketsphinx.get_model_path("en-us/cmudict-en-us.dict"))
    sounds: dict[str, set[str]] = {}
    for line in place.read_text("utf-8").splitlines():
        word, _, sound = line.partition(" ")
        sounds.setdefault(word.partition("(")[0], set()).add(sound)
    ours = {word for text in texts.utterances("en") for word in texts.words_of(text, "en")}
    for group in texts.HOMOPHONES["en"].split(","):
        words = group.split()
        assert set.intersection(*(sounds[word] for word in words)), group
        assert ours & set(words), group


def test_every_text_is_asked_once_and_a_sample_stays_the_same(hear: ModuleType) -> None:
    texts = hear.utterances("en")
    assert len(texts) == len(set(texts)) > 800
    assert {"Three.", "Two.", "One."} < set(texts)
    assert texts == hear.utterances("en")
    assert 100 < len(hear.utterances("de")) < 300  # of the foot sessions alone


def test_two_runs_are_compared_utterance_by_utterance(hear: ModuleType, tmp_path: Path) -> None:
    def rows(*heard: str) -> list[object]:
        said = ("Eight.", "Pull.", "Release.")
        return [hear.compared(*each, "en") for each in zip(said, heard, strict=True)]

    before, after = rows("Hey.", "Pull.", "Release."), rows("Eight.", "Go.", "Release.")
    hear.keep(tmp_path / "before.json", "espeak", "en", before)
    kept = json.loads((tmp_path / "before.json").read_text("utf-8"))
    assert kept["voice"] == "espeak"
    assert len(kept["rows"]) == 3
    told = list(hear.difference(after, tmp_path / "before.json"))
    assert told == [
        "  against before.json: 3 utterances in both; words wrong: 1, now 1",
        "  better  Eight.  'Hey.' -> 'Eight.'",
        "  worse   Pull.  'Pull.' -> 'Go.'",
    ]
    report = "\n".join(hear.report("espeak", "en", after, 20))
    assert "espeak in en: 3 utterances, 2 without an error" in report
    assert "33.3 % (1 of 3 words wrong; 95 %: 0.0 to 100.0)" in report
    assert "   1 pull             go" in report
    assert "   1 of  1  Pull.  ->  Go." in report
