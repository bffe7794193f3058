"""A library file: which sessions it asks for, and what is told of each mistake in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audiocoach.batch.library import LibraryError, read_library
from audiocoach.batch.variants import spread
from audiocoach.settings.resolve import Options
from audiocoach.settings.toml import MOST_BYTES


def written(folder: Path, text: str) -> Path:
    """The library in a folder that has two routines of its own."""
    (folder / "mine").mkdir(exist_ok=True)
    for name in ("one", "two"):
        (folder / f"mine/{name}.yaml").write_text("title: x\n")
    path = folder / "library.toml"
    path.write_text(text, encoding="utf-8")
    return path


def names(folder: Path, text: str) -> list[str]:
    library = read_library(written(folder, text))
    return [each.output.relative_to(library.folder).as_posix() for each in library.variants]


def test_it_is_the_same_as_flags(tmp_path: Path) -> None:
    library = read_library(
        written(
            tmp_path,
            """
            routines = ["foot-care", "eye-rest"]
            [settings]
            pace = ["slow", "normal"]
            language = ["en", "de"]
            countdown = 5
            chimes = false
            rate = 0.9
            """,
        )
    )
    options = Options(language="en,de", pace="slow,normal", countdown="5", chimes="off", rate="0.9")
    flags = spread(["foot-care", "eye-rest"], options, tmp_path / "output")
    assert library.variants == flags


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('routines = "eye-rest"', ["eye-rest.mp3"]),
        ('routines = ["eye-*", "eye-rest", "mine/*.yaml"]', ["eye-rest.mp3", "one.mp3", "two.mp3"]),
        ('routines = ["mine/two.yaml"]', ["two.mp3"]),
        (
            'routines = "eye-rest"\nname = "{pace}/{routine}.m4b.flac"\n'
            '[settings]\npace = ["slow", "brisk"]',
            ["slow/eye-rest.m4b.flac", "brisk/eye-rest.m4b.flac"],
        ),
        (
            'routines = "eye-rest"\nname = "{routine} {rate}"\n[settings]\nrate = [0.9, 1]',
            ["eye-rest 0.9.mp3", "eye-rest 1.mp3"],
        ),
        (
            'routines = "eye-rest"\n[settings]\n'
            'warn_at = ["10s", "30s,10s"]\nbreath = [true, false]',
            [f"eye-rest-{w}-{b}.mp3" for w in ("10s", "30s-10s") for b in ("on", "off")],
        ),
        ('routines = "eye-rest"\nfor = "car"', ["eye-rest"]),
    ],
)
def test_names(tmp_path: Path, text: str, told: list[str]) -> None:
    assert names(tmp_path, text) == told


BASE = """\
routines = ["eye-rest", "mine/*.yaml"]
[settings]
language = ["en", "de"]
pace = ["slow", "normal"]
"""


@pytest.mark.parametrize(
    ("exception", "gone", "new"),
    [
        (
            'when = {routine = "eye-rest", language = "de"}\nleave_out = true',
            {"eye-rest-de-slow", "eye-rest-de-normal"},
            set(),
        ),
        (
            'when = {routine = ["one", "tw*"], pace = "normal"}\nset = {pace = ["brisk"]}',
            {f"{name}-{tag}-normal" for name in ("one", "two") for tag in ("en", "de")},
            {f"{name}-{tag}-brisk" for name in ("one", "two") for tag in ("en", "de")},
        ),
        # What becomes equal to another session is that session.
        (
            'when = {language = "de"}\nset = {language = "en"}',
            {f"{n}-de-{p}" for n in ("eye-rest", "one", "two") for p in ("slow", "normal")},
            set(),
        ),
    ],
)
def test_exceptions(tmp_path: Path, exception: str, gone: set[str], new: set[str]) -> None:
    plain = {
        f"{name}-{tag}-{pace}"
        for name in ("eye-rest", "one", "two")
        for tag in ("en", "de")
        for pace in ("slow", "normal")
    }
    library = read_library(written(tmp_path, f"{BASE}[[except]]\n{exception}\n"))
    options = {(each.source, *each.options.given.values()) for each in library.variants}
    assert len(options) == len(library.variants)
    if "set = {language" in exception:  # one language is left: it is not part of the name
        gone, new = (
            plain,
            {f"{n}-{p}" for n in ("eye-rest", "one", "two") for p in ("slow", "normal")},
        )
    assert {each.name for each in library.variants} == {f"{n}" for n in plain - gone | new}


def test_an_exception_may_add_values_for_some(tmp_path: Path) -> None:
    text = f"""{BASE}
[[except]]
when = {{routine = "eye-rest", language = "en"}}
set = {{level = ["beginner", "advanced"]}}
"""
    told = names(tmp_path, text)
    assert "eye-rest-en-slow-beginner.mp3" in told
    assert "one-de-normal-default.mp3" in told
    assert len(told) == 14


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("routines = = 3", "1:12: it is not TOML: Invalid value"),
        ("", ": routines: is missing; write routines ="),
        (
            "routine = 'eye-rest'",
            "1: routine: is unknown here; did you mean routines? keys: ",
        ),
        (
            "routines = 'eye-rest'\npace = 'slow'",
            "2: pace: is unknown here; a setting stands under",
        ),
        (
            "routines = 'eye-rst'",
            "1: routines: no bundled routine is called 'eye-rst'; did you mean",
        ),
        ("routines = 'none/*.yaml'", "1: routines: no file next to the library matches"),
        ("routines = 5", "1: routines: must be a text in quotes, or several"),
        (
            "routines = 'eye-rest'\n\n[settings]\n\npacee = 'slow'",
            "5: settings: pacee: is not a setting; did you mean pace?",
        ),
        (
            "routines = 'eye-rest'\n[settings]\npace = ['slow', 'fast']",
            "3: settings: pace: 'fast' is not possible here; did you mean brisk? write "
            "slow, normal or brisk",
        ),
        (
            "routines = 'eye-rest'\n[settings]\nduration = ['20:00', '20min']",
            "3: settings: duration: '20min' is given twice; leave one out",
        ),
        (
            "routines = 'eye-rest'\n[settings]\nduration = 20:00:00",
            "3: settings: duration: must be a value such as",
        ),
        ("routines = 'eye-rest'\n[settings]\npace = []", "3: settings: pace: has no value; write"),
        (
            "routines = 'eye-rest'\n[settings]\npace = ['slow', 'brisk']\n[[except]]\n"
            "when = {pace = 'normal'}\nleave_out = true",
            "5: except 1: when: no session matches that; fix it, or leave the table out",
        ),
        (
            "routines = 'eye-rest'\n[[except]]\nwhen = {}",
            "2: except 1: needs either leave_out = true or set = {...}",
        ),
        (
            "routines = 'eye-rest'\n[[except]]\nleave_out = true",
            "2: except: leaves every session out; fix one of these tables",
        ),
        (
            "routines = 'eye-rest'\nname = '{rutine}'",
            "2: name: {rutine} is not a field; did you mean",
        ),
        (
            "routines = 'eye-rest'\nname = '{pace}'",
            "2: name: {pace} has no value for eye-rest; give",
        ),
        (
            "routines = 'eye-rest'\nname = '../{routine}'",
            "2: name: must be the path of a file inside",
        ),
        ("routines = 'eye-rest'\nname = '{routine'", "2: name: '{routine': expected '}'"),
        (
            "routines = 'eye-rest'\nname = '{routine}'\n[settings]\npace = ['slow', 'brisk']",
            "2: name: {folder}/output/eye-rest.mp3 would be written twice, for two values of pace; "
            "put {pace} into the name",
        ),
        (
            "routines = 'eye-rest'\nalso = 'doc'",
            "2: also: --also: 'doc' is not a format; choose from",
        ),
        ("routines = 'eye-rest'\nfor = 'bike'", "2: for: --for: 'bike' is not possible; write car"),
        (
            "routines = 'eye-rest'\nname = '.'\nfor = 'car'",
            "2: name: '.' names no file; put {routine} into it",
        ),
        ("routines = 'eye-rest'\nname = 'a/..'", "2: name: must be the path of a file inside"),
        ("routines = 'eye-rest'\nname = 'a/...'", "2: name: 'a/...' names no file"),
        (
            "routines = 'eye-rest'\nname = '{routine}.mp3'\nfor = 'car'",
            "2: name: 'eye-rest.mp3' is to be a folder of tracks; leave .mp3 out",
        ),
        (
            "routines = 'eye-rest'\nname = 'library.manifest.jsonl'\nfor = 'car'",
            "2: name: 'library.manifest.jsonl' is where the manifest goes; write another name",
        ),
        (
            "routines = 'eye-rest'\nname = 'library.manifest.jsonl/{routine}'",
            "2: name: 'library.manifest.jsonl/eye-rest' is where the manifest goes",
        ),
        ("routines = 'eye-rest'\nsettings = 3", "2: settings: must be a table: settings = {...}"),
        ("routines = 'eye-rest'\nexcept = 3", "2: except: must be tables, each under a line"),
        ("routines = 'eye-rest'\nbundle = 'yes'", "2: bundle: must be true or false"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(LibraryError) as told:
        read_library(path)
    expected = message.replace("{folder}", str(tmp_path))
    assert str(told.value).startswith(f"{path}:{expected}".replace("::", ":"))
    assert "\n" not in str(told.value)


def test_what_is_no_library_is_told(tmp_path: Path) -> None:
    for path, what in (
        (tmp_path, "it is a folder"),
        (tmp_path / "x.toml", "there is no such file"),
    ):
        with pytest.raises(LibraryError, match=what):
            read_library(path)
    (tmp_path / "latin.toml").write_bytes(b"name = '\xe4'")
    with pytest.raises(LibraryError, match="it is not UTF-8"):
        read_library(tmp_path / "latin.toml")
    (tmp_path / "long.toml").write_text("seed = " + "9" * 5000)
    with pytest.raises(LibraryError, match="it has too long a number; simplify it"):
        read_library(tmp_path / "long.toml")
    (tmp_path / "large.toml").write_bytes(b"#" * (MOST_BYTES + 1))
    with pytest.raises(LibraryError, match="it is larger than 1 MB"):
        read_library(tmp_path / "large.toml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe with a name")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(LibraryError, match="it is not a regular file; name the TOML file"):
        read_library(tmp_path / "pipe.toml")
