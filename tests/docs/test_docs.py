"""What the pages say is so: examples load and run, tables are complete, links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer.main
from sounds import gong

from audiocoach import errors
from audiocoach.batch.library import read_library
from audiocoach.cli import app
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import phrases_for
from audiocoach.errors import RoutineError
from audiocoach.pipeline import rehearse
from audiocoach.routine import model, phases, told
from audiocoach.routine.base import Model
from audiocoach.routine.levels import Level
from audiocoach.routine.load import bundled, load, loads
from audiocoach.settings import config
from audiocoach.settings.resolve import Options, resolve
from audiocoach.settings.surroundings import Surroundings
from audiocoach.settings.table import PRESETS, SETTINGS, Place, names
from audiocoach.store import Cache
from audiocoach.store.folder import Folder
from audiocoach.timeline.script import Chime, Glue, Marker, MarkerKind
from audiocoach.voice import base

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))
README = PAGES[0]
FORMAT = ROOT / "docs" / "routine-format.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
SECURITY = ROOT / "docs" / "security.md"
VOICES = ROOT / "docs" / "voices.md"
CLI = ROOT / "docs" / "cli.md"
SETTING = ROOT / "docs" / "settings.md"
ROUTINES = ROOT / "docs" / "routines.md"
PYTHON = ROOT / "docs" / "python.md"
DEPENDENCIES = ROOT / "docs" / "dependencies.md"

FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]\n]+\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
ROW = re.compile(r"^\| (.+) \|$", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
FLAG = re.compile(r"(?<![\w-])--?[A-Za-z][a-z-]*")
FOREIGN = re.compile(
    r"pypi\.|pythonhosted\.|anaconda\.|index-(?:url)|find-(?:links)|file:/{2,}"
    r"|(?<![\w.~-])/(?:root|work|home|Users|tmp)/"
)

SECTIONS: dict[str, type[Model]] = {
    "The routine": model.Routine,
    "An exercise": model.Exercise,
    "Instructions": model.Instruction,
    "Preparation": told.Preparation,
    "Turns": told.TurnInstruction,
    "Phases": model.Phase,
    "Breaths": model.Breath,
    "Tempo": phases.Tempo,
    "Cues": told.TimedCue,
    "Bell": told.Bell,
    "Each": model.Variant,
    "Groups": model.Group,
    "Tasks": model.Task,
    "Schedule": model.Schedule,
    "Source": model.Citation,
}
"""Each section of routine-format.md that documents a model, field by field."""


def read(page: Path) -> str:
    return page.read_text("utf-8")


def prose(page: Path) -> str:
    """A page without its code blocks, in which `#` is no heading."""
    return FENCE.sub("", read(page))


def section(page: Path, title: str) -> str:
    """What stands under a `##` heading."""
    _, found, rest = read(page).partition(f"\n## {title}\n")
    assert found, f"{page.name} has no section {title!r}"
    return rest.partition("\n## ")[0]


def first_column(text: str) -> Iterator[str]:
    """The first cell of each row of the tables in a text."""
    for row in ROW.finditer(text):
        yield row[1].partition(" | ")[0]


@dataclass(frozen=True)
class Example:
    """A code block, and where it stands."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def examples(*languages: str) -> list[Example]:
    return [
        Example(page, read(page).count("\n", 0, block.start()) + 1, block[1], block[2])
        for page in PAGES
        for block in FENCE.finditer(read(page))
        if block[1] in languages
    ]


# -- routines ----------------------------------------------------------------------


@pytest.mark.parametrize("example", examples("yaml"), ids=str)
def test_a_routine_in_the_docs_can_be_built(example: Example, cache: Path, tmp_path: Path) -> None:
    """As long as it says it is; only the file is not written."""
    text = example.text
    if text.startswith("- "):  # items of `exercises`
        text = f"title: Example\nlanguage: en\nexercises:\n{text}"
    gong(tmp_path, seconds=5)
    routine = loads(text, name=str(example), folder=tmp_path)
    options = Options(voice="espeak", affected="right")
    built = rehearse(routine, options, cache=Cache(Folder(cache, shared=True)))
    assert routine.duration in (None, built.timeline.fit.total)


def test_mistakes_are_told_as_the_page_says() -> None:
    (wrong,) = examples("yaml wrong")
    _, _, after = section(FORMAT, "Mistakes").partition("```text\n")
    with pytest.raises(RoutineError) as told:
        loads(wrong.text, name="mine.yaml")
    assert str(told.value) == after.partition("\n```")[0]


@pytest.mark.parametrize("title", SECTIONS)
def test_every_field_of_the_format_is_documented_where_it_belongs(title: str) -> None:
    documented = [CODE.findall(cell) for cell in first_column(section(FORMAT, title))]
    fields = [names[0] for names in documented if names]
    assert sorted(fields) == sorted(SECTIONS[title].model_fields)


def test_no_model_is_left_out() -> None:
    """What is by side has a section of its own; a special kind of phase is told as one."""

    def below(kind: type[Model]) -> Iterator[type[Model]]:
        for child in kind.__subclasses__():
            yield child
            yield from below(child)

    by_side = {kind for kind in below(Model) if kind.model_fields.keys() == {"right", "left"}}
    phases = set(below(model.Phase))
    assert by_side
    assert "{right: ..., left: ...}" in section(FORMAT, "Sides")
    assert set(below(Model)) - by_side - phases == set(SECTIONS.values())


def test_every_level_is_documented() -> None:
    assert set(Level) <= set(CODE.findall(section(FORMAT, "Levels")))


def test_every_position_and_every_choice_of_sides_is_documented() -> None:
    exercise = " ".join(section(FORMAT, "An exercise").split())
    positions = set(re.findall("`([^`]+)`", exercise))
    assert {position.value for position in model.Position} <= positions
    sides = set(CODE.findall(section(FORMAT, "Sides")))
    assert {each.value for each in model.Sides} <= sides


# -- the command line --------------------------------------------------------------


def flags_of(command: Any) -> set[str]:
    named = [flag for param in command.params for flag in (*param.opts, *param.secondary_opts)]
    return {flag for flag in named if flag.startswith("-")}


def commands(group: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every command by its full name, groups opened."""
    group = group or typer.main.get_command(app)
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            if command.invoke_without_command:
                yield prefix + name, command
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield prefix + name, command


def test_every_command_is_listed() -> None:
    told = [
        re.sub(r" \[?[A-Z].*", "", name.removeprefix("audiocoach "))
        for cell in first_column(section(CLI, "Commands"))
        for name in CODE.findall(cell)
        if name.startswith("audiocoach ")
    ]
    assert sorted(told) == sorted(name for name, _ in commands())


WITH_SETTINGS = ("assistant alexa", "assistant homeassistant", "config", "play", "verify")
"""The commands, beside build and preview, that have the flags of the settings."""


def test_every_flag_is_listed() -> None:
    """The first table of flags is what build and preview share, the second names its commands."""
    known = dict(commands())
    mine = section(CLI, "Flags of build and preview")
    others = section(CLI, "Flags of other commands")
    told = {flag for cell in first_column(mine) for flag in FLAG.findall(cell)}
    rows = [row[1].split(" | ") for row in ROW.finditer(others)]
    settings = {
        flag
        for row in SETTINGS.values()
        for flag in (
            row.flag,
            row.short,
            *([row.flag_for(value=False)] if row.kind.is_switch else []),
        )
    }
    for name in sorted(known):
        flags = {
            flag for row in rows if name in CODE.findall(row[1]) for flag in FLAG.findall(row[0])
        }
        paced = {flag for flag in told if name in WITH_SETTINGS and flag in settings}
        shared = told if name in ("build", "preview") else paced
        assert flags | shared == flags_of(known[name]), name
    whole = typer.main.get_command(app)
    assert flags_of(whole) <= set(FLAG.findall(others))


def test_the_choices_and_limits_of_flags_are_told() -> None:
    rows = {CODE.findall(row[1])[0]: row[1] for row in ROW.finditer(read(CLI)) if "`" in row[1]}
    for row in SETTINGS.values():
        assert set(row.kind.choices) <= set(CODE.findall(rows[row.flag])), row.flag
    for flag in ("--sets", "--reps", "--rounds"):
        assert SETTINGS[flag[2:]].kind.metavar.replace("-", " to ") in rows[flag]
    assert "0.5 to 2.0" in rows["--rate"]


def test_presets_are_told_as_they_are() -> None:
    cells = [row[1].split(" | ") for row in ROW.finditer(section(SETTING, "Settings and presets"))]
    told = {CODE.findall(name)[0]: sets for name, _, sets in cells if "`" in name}
    assert told.keys() == PRESETS.keys()
    for name in told.keys() - {"standard"}:
        written = {key: SETTINGS[key].kind.write(value) for key, value in PRESETS[name].items()}
        assert dict(re.findall(r"`(\w+)` ([\w.]+)", told[name])) == written


def test_the_format_tells_every_setting_of_a_routine() -> None:
    cells = [row[1].split(" | ") for row in ROW.finditer(section(FORMAT, "Coaching"))]
    told = {key: row for row in cells for key in CODE.findall(row[0])}
    assert sorted(told) == sorted(names(Place.ROUTINE))
    for key, (_, possible, default) in told.items():
        kind = SETTINGS[key].kind
        assert set(kind.choices) <= set(CODE.findall(possible))
        if SETTINGS[key].default is not None:
            assert kind.read(default.strip("`")) == SETTINGS[key].default


def test_every_command_in_the_docs_is_one() -> None:
    known = dict(commands())
    lines = [line for example in examples("sh") for line in example.text.splitlines()]
    ours = [shlex.split(line, comments=True) for line in lines if line.startswith("audiocoach ")]
    assert ours
    for _, *words in ours:
        length = 2 if " ".join(words[:2]) in known else 1
        name = " ".join(words[:length])
        known[name].make_context(name, words[length:])  # raises what a user would be told


def test_scripts_in_the_docs_are_there() -> None:
    for example in examples("sh"):
        for script in re.findall(r"(?<![\w/])scripts/[\w.]+", example.text):
            assert (ROOT / script).is_file(), f"{example}: {script}"


def test_the_exit_codes_are_listed() -> None:
    told = {int(cell) for cell in first_column(section(CLI, "Exit codes")) if cell.isdigit()}
    ours = {error.exit_code for error in errors.AudiocoachError.__subclasses__()}
    assert told == {0, 1, 2, 130} | ours


# -- what a user can set -------------------------------------------------------------


def test_every_variable_is_listed() -> None:
    sources = [*(ROOT / "audiocoach").rglob("*.py"), ROOT / "scripts" / "build"]
    ours = {name for path in sources for name in re.findall(r"\bAUDIOCOACH_[A-Z_]+", read(path))}
    table = section(SETTING, "Environment")
    told = {name for cell in first_column(table) for name in CODE.findall(cell)}
    settings = {row.variable for row in SETTINGS.values()}
    assert told & settings
    assert ours - settings == {n for n in told - settings if n.startswith("AUDIOCOACH_")}


def test_configs_in_the_docs_are_read_and_name_every_key(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    keys: set[str] = set()
    for example in examples("toml"):
        tree = tomllib.loads(example.text)
        if tree.keys().isdisjoint({"project", "build-system", "routines"}):
            path.write_text(example.text, encoding="utf-8")
            resolve({}, {}, None, config.load_config(path))
            keys |= tree.keys() if example.page == SETTING else set()
    assert set(config.OWN_KEYS) < keys  # the settings among the keys have a table of their own
    rows = first_column(section(VOICES, "A program"))
    told = [name for cell in rows for name in CODE.findall(cell)]
    placeholders = {f"{{{name}}}" for name in config.PLACEHOLDERS}
    assert sorted(told) == sorted({*config.PROGRAM_KEYS, *placeholders})


def test_libraries_in_the_docs_are_read(tmp_path: Path) -> None:
    (tmp_path / "clinic").mkdir()
    (tmp_path / "clinic/knee.yaml").touch()
    found = [each.text for each in examples("toml") if "routines" in tomllib.loads(each.text)]
    assert found
    for text in found:
        (tmp_path / "library.toml").write_text(text, encoding="utf-8")
        sources = {each.source for each in read_library(tmp_path / "library.toml").variants}
        assert {"foot-relief", str(tmp_path / "clinic/knee.yaml")} <= sources


def test_every_engine_and_its_spelling_is_told(tmp_path: Path) -> None:
    rows = first_column(section(VOICES, "Who speaks"))
    told = re.findall(r"--voice (\w+)", " ".join(rows))
    assert set(told) == set(base.BUILT_IN)
    for spec in re.findall(r"--voice ((?:espeak|gtts)[^`\s]*)", read(VOICES)):
        cache = Cache(tmp_path)
        assert base.open_voice(
            spec, language="en", rate=1.0, cache=cache, surroundings=Surroundings({})
        ).name


def test_gtts_needs_about_as_many_requests_as_is_told() -> None:
    (told,) = re.findall(r"about (\d+) requests", " ".join(read(VOICES).split()))
    script = compile_script(load("foot-relief"))
    texts = [sound for sound in script.sounds() if not isinstance(sound, Chime)]
    calibration = phrases_for("en").variants("calibration")
    assert abs(len(texts) + len(calibration) - int(told)) <= 10  # each is short enough for one


def test_every_package_that_is_asked_for_has_its_row() -> None:
    pyproject = tomllib.loads(read(ROOT / "pyproject.toml"))
    project, groups = pyproject["project"], pyproject["dependency-groups"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(name for extra in extras for name in extra)]
    names = {re.split(r"[^\w.-]", name)[0] for name in [*wanted, *groups["dev"]]}
    rows = {cell.removesuffix(" and what it brings") for cell in first_column(read(DEPENDENCIES))}
    assert names <= rows


# -- what is in the box ------------------------------------------------------------


def test_the_bundled_routines_are_named_and_the_chapters_of_the_first() -> None:
    told = " ".join(read(ROUTINES).split())
    for name, _ in bundled():
        assert f"`{name}`" in told
    kinds = (MarkerKind.SECTION, MarkerKind.EXERCISE)
    markers = [
        item for item in compile_script(load("foot-relief")).items if isinstance(item, Marker)
    ]
    titles = [marker.title for marker in markers if marker.kind in kinds]
    assert ", ".join(title[:1].upper() + title[1:] for title in titles) in told


def test_the_example_in_python_runs(tmp_path: Path) -> None:
    (example,) = [each for each in examples("python") if each.page == PYTHON]
    environment = os.environ | {
        "AUDIOCOACH_CACHE": str(tmp_path / "cache"),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-W", "error::DeprecationWarning:__main__", "-c", example.text]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "toe-press.mp3").stat().st_size > 1_000_000
    assert "toe press 10 3s" in done.stdout
    assert done.stdout.splitlines()[-3:][0] == "0 Welcome"


# -- the architecture --------------------------------------------------------------


def test_code_names_sections_that_are_there() -> None:
    titles = {title for page in PAGES for title in HEADING.findall(prose(page))}
    for path in (ROOT / "audiocoach").rglob("*.py"):
        for title in re.findall(r'docs/\w+\.md, "([^"]+)"', " ".join(read(path).split())):
            assert title in titles, path


def test_the_rooms_are_those_of_the_layers() -> None:
    pyproject = tomllib.loads(read(ROOT / "pyproject.toml"))
    contract, _ = pyproject["tool"]["importlinter"]["contracts"]
    layers = [
        layer
        for line in contract["layers"]
        for layer in line.split(" | ")
        if not layer.startswith("(")
    ]
    rooms = [CODE.findall(cell) for cell in first_column(section(ARCHITECTURE, "Rooms"))]
    assert [room[0] for room in rooms if room] == layers


def test_every_file_and_folder_the_architecture_names_is_there() -> None:
    places = (ROOT, ROOT / "audiocoach", *(ROOT / "audiocoach").iterdir())
    named = re.findall(r"`([\w./-]+(?:\.(?:py|toml|yaml|md)|/))`", prose(ARCHITECTURE))
    wanted = [name for name in named if name != "build.py"]
    assert wanted
    missing = [name for name in wanted if not any((place / name).exists() for place in places)]
    assert not missing


def test_every_class_of_glue_is_in_the_table_of_the_fit() -> None:
    cells = set(first_column(section(ARCHITECTURE, "Choices")))
    assert {glue.value for glue in Glue if glue is not Glue.RIGID} <= cells


def test_every_folder_of_tests_is_told_of_and_is_that_of_a_room() -> None:
    tests, package = ROOT / "tests", ROOT / "audiocoach"
    told = [CODE.findall(cell) for cell in first_column(section(ARCHITECTURE, "Tests"))]
    folders = {path.parent.relative_to(tests) for path in tests.rglob("*/test_*.py")}
    assert sorted(names[0] for names in told if names) == sorted(
        f"tests/{folder.as_posix()}" for folder in folders
    )
    rooms = {path.relative_to(package).with_suffix("") for path in package.rglob("*")}
    assert folders - rooms == {Path("acceptance"), Path("docs"), Path("project")}


# -- the threat model ---------------------------------------------------------------


def test_every_test_that_the_threat_model_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", read(ROOT / "docs" / "security.md"))
    assert len(named) > 20
    for path, name in named:
        assert (ROOT / path).is_file(), path
        assert not name or f"\ndef {name}(" in read(ROOT / path), f"{path}::{name}"
    rows = [
        row[1].split(" | ") for row in ROW.finditer(section(SECURITY, "What comes from outside"))
    ]
    assert not [row[0] for row in rows[1:] if "tests/" not in row[-1]]


# -- every page --------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """The headings of a page, spelt as in a link."""
    titles = HEADING.findall(prose(page))
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(prose(page)):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        to = (page.parent / name).resolve() if name else page
        assert to.is_file(), f"{page.name}: {target}"
        assert not anchor or anchor in anchors(to), f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_names_a_package_host_or_a_path_of_one_machine(page: Path) -> None:
    found = [line for line in read(page).splitlines() if FOREIGN.search(line)]
    assert not found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_holds_the_marks_of_a_conflict(page: Path) -> None:
    marks = ("<" * 7, "=" * 7, ">" * 7)
    assert [line for line in read(page).splitlines() if line.startswith(marks)] == []
