"""`check --language` and `--language`, as a translator and a listener use them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import yaml
from running import call, run

from audiocoach.coaching import phrases
from audiocoach.routine.load import load

Audiocoach = Callable[..., "CompletedProcess[str]"]
HALF = """\
title: Small
language: en
exercises:
  - name: wall sit
    movement: Lean on the wall, and slide down.
    hold: 3s
    after: Stand up.
translations:
  de:
    Small: Klein
    wall sit: Wandsitz
    Sit: Setz dich.
"""
SHEET = """\
# 2 of 4 texts to translate to de: fill in the empty quotes
    # line 5
    "Lean on the wall, and slide down.": ""
    # line 7
    "Stand up.": ""
# no longer used; delete them:
# "Sit"
"""


@pytest.fixture
def audiocoach(tmp_path: Path) -> Audiocoach:
    """Runs audiocoach in `tmp_path`, where a routine is translated by half."""
    (tmp_path / "half.yaml").write_text(HALF, encoding="utf-8")
    return partial(call, cwd=tmp_path, cache=tmp_path / "cache")


def test_a_half_translated_routine(audiocoach: Audiocoach) -> None:
    done = audiocoach("check", "half.yaml", "--language", "de")
    assert done.returncode == 3
    assert done.stdout == SHEET
    assert done.stderr == (
        "audiocoach: half.yaml:8:1: texts have no translation to 'de': 'Lean on the wall, and "
        "slide down.' (line 5), 'Stand up.' (line 7). 'audiocoach check half.yaml --language de' "
        "lists them all\n"
    )


def test_what_it_lists_can_be_pasted_and_filled_in(audiocoach: Audiocoach, tmp_path: Path) -> None:
    listed = audiocoach("check", "half.yaml", "-l", "de").stdout
    pasted = HALF + listed
    (tmp_path / "half.yaml").write_text(pasted, encoding="utf-8")
    assert audiocoach("check", "half.yaml").returncode == 0, "a blank text is still to come"
    again = audiocoach("check", "half.yaml", "-l", "de")
    assert (again.returncode, again.stdout) == (3, SHEET)
    filled = pasted.replace('down.": ""', 'down.": Runter.').replace('up.": ""', 'up.": Steh auf.')
    (tmp_path / "half.yaml").write_text(filled, encoding="utf-8")
    done = audiocoach("check", "half.yaml", "-l", "de")
    *notes, last = done.stderr.splitlines()
    assert (done.returncode, last) == (0, "Small is complete in de")
    assert all(note.startswith("note: ") for note in notes)
    assert done.stdout == '# no longer used; delete them:\n# "Sit"\n'


def test_a_new_language_gets_the_whole_frame(audiocoach: Audiocoach, tmp_path: Path) -> None:
    done = audiocoach("check", "half.yaml", "-l", "fr")
    assert done.returncode == 3
    assert done.stdout.splitlines()[1] == "  fr:"
    plain = HALF.partition("translations")[0]
    (tmp_path / "plain.yaml").write_text(plain, encoding="utf-8")
    listed = audiocoach("check", "plain.yaml", "-l", "fr").stdout
    added = yaml.safe_load(plain + listed)["translations"]["fr"]
    assert list(added) == [
        *("Small", "wall sit", "Lean on the wall, and slide down.", "Stand up."),
    ]


@pytest.mark.parametrize("text", ['a "b": c', "x: # y", "ü\\n", "it's", "a" * 1_900, "- {x}"])
def test_any_text_can_be_pasted(audiocoach: Audiocoach, tmp_path: Path, text: str) -> None:
    quoted = yaml.safe_dump(text, width=10_000, allow_unicode=True).removesuffix("...\n")
    plain = HALF.partition("translations")[0] + f"    purpose: {quoted}"
    (tmp_path / "plain.yaml").write_text(plain.rstrip("\n") + "\n", encoding="utf-8")
    listed = audiocoach("check", "plain.yaml", "-l", "de").stdout
    (tmp_path / "plain.yaml").write_text(plain + listed.replace('""', "Ja"), encoding="utf-8")
    assert audiocoach("check", "plain.yaml", "-l", "de").returncode == 0
    assert load(tmp_path / "plain.yaml").translations["de"][text] == "Ja"


def test_a_language_without_phrases(audiocoach: Audiocoach, tmp_path: Path) -> None:
    texts = ("Small", "wall sit", "Lean on the wall, and slide down.", "Stand up.")
    lines = "".join(f'    "{text}": "{text}"\n' for text in texts)
    (tmp_path / "half.yaml").write_text(HALF + "  it:\n" + lines, encoding="utf-8")
    done = audiocoach("check", "half.yaml", "-l", "it")
    assert done.returncode == 3
    assert "there are no phrases for 'it' yet; there are phrases for de, en, es, fr" in done.stderr


def test_phrases_that_lack_a_message_are_told(
    audiocoach: Audiocoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    german = phrases.phrases_for("de")
    *known, missing, also_missing = german.messages
    monkeypatch.setattr(german, "messages", tuple(known))
    done = audiocoach("check", "foot-relief", "-l", "de")
    assert done.returncode == 3
    assert done.stdout.splitlines() == [
        *("# messages that the phrases for de lack:", f"# {missing}", f"# {also_missing}")
    ]
    assert done.stderr == f"audiocoach: the phrases for de lack {missing!r}, and maybe others\n"


@pytest.mark.parametrize("language", ["en", "en-GB", "de", "es", "fr", "de-AT"])
def test_a_bundled_routine_is_complete(audiocoach: Audiocoach, language: str) -> None:
    done = audiocoach("check", "foot-relief", "--language", language)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"Foot relief is complete in {language}\n"


def test_a_sheet_in_another_language(audiocoach: Audiocoach) -> None:
    flags = ("--language", "fr", "--voice", "espeak", "--only", "flexion des orteils")
    done = audiocoach("preview", "foot-relief", "--duration", "natural", *flags)
    assert done.returncode == 0, done.stderr
    assert "Grandissez-vous" in done.stdout
    assert "Welcome" not in done.stdout


@pytest.mark.parametrize("command", ["build", "preview"])
def test_a_language_the_routine_does_not_have(audiocoach: Audiocoach, command: str) -> None:
    done = audiocoach(command, "half.yaml", "--language", "es", "--voice", "espeak")
    assert done.returncode == 3
    assert done.stderr == (
        "audiocoach: half.yaml:8:1: there is no translation of this routine to 'es'; it is in en, "
        "with translations to de. 'audiocoach check half.yaml --language es' lists what to "
        "translate\n"
    )


def test_letters_of_any_language_reach_any_terminal(tmp_path: Path) -> None:
    (tmp_path / "half.yaml").write_text(HALF.replace("Stand up", "Más café"), encoding="utf-8")
    done = run(
        *("check", "half.yaml", "-l", "de"), cwd=tmp_path, cache=tmp_path / "cache", LC_ALL="C"
    )
    assert '"Más café.": ""' in done.stdout
