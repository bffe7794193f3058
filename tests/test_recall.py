"""A build that was compiled before is recalled: the very same, without reading or compiling it."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from audiocoach import recall
from audiocoach.coaching import compiler
from audiocoach.errors import RoutineError
from audiocoach.pipeline import Prepared, prepare
from audiocoach.recall import KIND
from audiocoach.routine.load import bundled
from audiocoach.settings.config import ConfigError
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache, open_cache

ROUTINE = "title: x\nlanguage: en\nexercises:\n  - {name: bridge, reps: 3, hold: 5s}\n"
HEAVY = ("yaml", "audiocoach.routine.model", "audiocoach.coaching.compiler")


@pytest.fixture
def around(tmp_path: Path) -> Surroundings:
    config = tmp_path / "config.toml"
    config.write_text("", "utf-8")
    return Surroundings({"AUDIOCOACH_CONFIG": str(config)})


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return open_cache(tmp_path / "cache")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(ROUTINE, "utf-8")
    return path


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The title of each routine that is compiled from now on."""
    titles: list[str] = []
    compile_script = compiler.compile_script

    def noted(routine, coaching=None):  # type: ignore[no-untyped-def]
        titles.append(routine.title)
        return compile_script(routine, coaching)

    monkeypatch.setattr(compiler, "compile_script", noted)
    return titles


def keys(cache: Cache) -> list[str]:
    """Under which keys a build is kept."""
    cache.flush()
    return [Path(each.path).name for each in cache.place.entries() if each.kind == KIND]


def prepared(source: str | Path, options: Options, cache: Cache, around: Surroundings) -> Prepared:
    """What is compiled or recalled, and kept as if it had been spoken."""
    made = prepare(source, options, cache, around)
    made.keep()
    return made


def assert_same(one: Prepared, other: Prepared) -> None:
    assert one.compiled == other.compiled
    assert one.role.chosen == other.role.chosen
    assert one.role.chosen.settings == other.role.chosen.settings
    assert one.role.chosen.flags() == other.role.chosen.flags()
    assert one.routine == other.routine
    assert one.routine.change == other.routine.change


OTHERS = Options(language="de", coaching="brief", pace="slow", bed="rain", warn_at="20s", seed=7)


@pytest.mark.parametrize(
    ("name", "options"),
    [*((name, Options()) for name, _ in bundled()), ("foot-relief", OTHERS), ("foot-care", OTHERS)],
)
def test_what_is_recalled_is_what_was_compiled(
    name: str, options: Options, cache: Cache, around: Surroundings, compiled: list[str]
) -> None:
    once = prepared(name, options, cache, around)
    again = prepared(name, options, cache, around)
    assert len(compiled) == 1
    assert_same(once, again)


def test_a_dose_and_its_remarks_are_recalled(
    cache: Cache, around: Surroundings, compiled: list[str]
) -> None:
    options = Options(skip=("toe walk",), sides="left")
    first = prepared("foot-relief", options, cache, around)
    again = prepared("foot-relief", options, cache, around)
    assert len(compiled) == 1
    assert len(again.compiled.remarks.changes) == 2
    assert_same(first, again)


def test_nothing_that_reads_or_compiles_is_imported_for_it(
    tmp_path: Path, around: Surroundings
) -> None:
    program = (
        "import os, sys; from pathlib import Path; from audiocoach.pipeline import prepare; "
        "from audiocoach.settings.resolve import Options; from audiocoach.store import open_cache; "
        "from audiocoach.settings.surroundings import Surroundings; "
        "from audiocoach.timeline.digest import digest; "
        "made = prepare('foot-relief', Options(), open_cache(Path(sys.argv[1])), "
        "Surroundings(dict(os.environ))); made.keep(); made.role.cache.flush(); "
        f"print(digest(made.script).hex(), *(name for name in {HEAVY} if name in sys.modules))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / "cache")],
            env={**os.environ, **around.environ},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for _ in range(2)
    ]
    assert told[0][1:] == list(HEAVY)
    assert told[1] == told[0][:1]


def changed_bytes(mine: Path, around: Surroundings) -> tuple[Options, Surroundings]:
    mine.write_text(ROUTINE.replace("5s", "6s"), "utf-8")
    return Options(), around


def another_option(mine: Path, around: Surroundings) -> tuple[Options, Surroundings]:
    return Options(reps=2), around


def another_variable(mine: Path, around: Surroundings) -> tuple[Options, Surroundings]:
    return Options(), Surroundings({**around.environ, "AUDIOCOACH_PACE": "slow"})


def another_config(mine: Path, around: Surroundings) -> tuple[Options, Surroundings]:
    Path(around.environ["AUDIOCOACH_CONFIG"]).write_text('pace = "slow"\n', "utf-8")
    return Options(), Surroundings(around.environ)


@pytest.mark.parametrize(
    "change", [changed_bytes, another_option, another_variable, another_config]
)
def test_what_comes_from_something_else_is_compiled(  # type: ignore[no-untyped-def]
    change, mine: Path, cache: Cache, around: Surroundings, compiled: list[str]
) -> None:
    before = prepared(mine, Options(), cache, around)
    options, there = change(mine, around)
    after = prepared(mine, options, cache, there)
    assert len(compiled) == 2
    assert after.script != before.script


def test_another_program_compiles_anew(
    mine: Path,
    cache: Cache,
    around: Surroundings,
    compiled: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prepared(mine, Options(), cache, around)
    monkeypatch.setattr(recall, "_program", lambda: "another")
    prepared(mine, Options(), cache, around)
    assert len(compiled) == 2


def test_the_program_is_all_its_files_by_size_and_time_and_the_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def program() -> str:
        recall._program.cache_clear()
        return recall._program()

    def kinds() -> Iterator[str]:
        yield program()
        (room / "en.ftl").write_text("a = c\n", "utf-8")
        os.utime(room / "en.ftl", (1, 1))
        yield program()
        (room / "en.ftl").write_text("a = b\nb = c\n", "utf-8")
        yield program()
        (packages / "pydantic-2.1.dist-info").rename(packages / "pydantic-2.2.dist-info")
        yield program()

    room, packages = tmp_path / "audiocoach" / "coaching", tmp_path / "site-packages"
    (room / "__pycache__").mkdir(parents=True)
    (packages / "pydantic-2.1.dist-info").mkdir(parents=True)
    (room / "en.ftl").write_text("a = b\n", "utf-8")
    monkeypatch.setattr(recall, "__file__", str(tmp_path / "audiocoach" / "recall.py"))
    monkeypatch.setattr(sys, "path", [str(packages)])
    try:
        assert len(set(kinds())) == 4
        before = program()
        (room / "__pycache__" / "x.pyc").write_bytes(b"x")
        assert program() == before
    finally:
        recall._program.cache_clear()


class Harm:
    """What runs a program when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (os.mkdir, (str(self.mark),))


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\x80\x05",
        pickle.dumps("text"),
        pickle.dumps(("script", {})),
        b"cos\nsystem\n(S'true'\ntR.",
        b"caudiocoach.settings.resolve\nsettled\n(tR.",
        b"caudiocoach.timeline.script\ndataclass\n(tR.",
        b"caudiocoach.timeline.script\nSpan\n(I3\nI2\nI1\ntR.",
    ],
)
def test_what_else_is_found_in_its_place_is_nothing(
    payload: bytes, mine: Path, cache: Cache, around: Surroundings, compiled: list[str]
) -> None:
    before = prepared(mine, Options(), cache, around)
    (key,) = keys(cache)
    cache.put(KIND, key, payload)
    cache.flush()
    again = prepared(mine, Options(), Cache(cache.place), around)
    assert len(compiled) == 2
    assert_same(before, again)


def test_nothing_is_run_that_was_put_in_its_place(
    mine: Path, cache: Cache, around: Surroundings, tmp_path: Path
) -> None:
    prepared(mine, Options(), cache, around)
    (key,) = keys(cache)
    cache.put(KIND, key, pickle.dumps(Harm(tmp_path / "harm")))
    cache.flush()
    prepared(mine, Options(), Cache(cache.place), around)
    assert not (tmp_path / "harm").exists()


def test_what_no_voice_has_spoken_is_not_kept(
    mine: Path, cache: Cache, around: Surroundings
) -> None:
    prepare(mine, Options(), cache, around)
    assert not keys(cache)


def test_a_routine_that_changes_while_it_is_compiled_is_not_kept(
    mine: Path, cache: Cache, around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_script = compiler.compile_script

    def slowly(routine, coaching=None):  # type: ignore[no-untyped-def]
        mine.write_text(ROUTINE.replace("5s", "9s"), "utf-8")
        return compile_script(routine, coaching)

    monkeypatch.setattr(compiler, "compile_script", slowly)
    prepared(mine, Options(), cache, around)
    assert not keys(cache)


def test_a_routine_with_sounds_of_its_own_is_not_kept(
    tmp_path: Path, cache: Cache, around: Surroundings, compiled: list[str]
) -> None:
    import numpy as np
    import soundfile

    soundfile.write(tmp_path / "gong.wav", np.full(4_800, 0.5), 48_000)
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        ROUTINE.replace("hold: 5s", "hold: 5s, cues: [{at: 2s, sound: gong.wav}]"), "utf-8"
    )
    for _ in range(2):
        prepared(mine, Options(), cache, around)
    assert len(compiled) == 2
    assert not keys(cache)


def test_a_slip_is_told_each_time_and_so_is_a_routine_that_has_gone(
    mine: Path, cache: Cache, around: Surroundings
) -> None:
    kept = prepared(mine, Options(), cache, around)
    again = prepared(mine, Options(), cache, around)
    mine.unlink()
    with pytest.raises(RoutineError, match=r"mine\.yaml"):
        prepared(mine, Options(), cache, around)
    assert kept.routine.title == "x"  # it was read
    with pytest.raises(RoutineError, match=r"mine\.yaml"):
        again.routine  # noqa: B018 - it reads
    for source in ("no-such-routine", mine.parent, "\0.yaml"):
        with pytest.raises(RoutineError):
            prepared(source, Options(), cache, around)


def test_a_config_that_can_not_be_read_is_told(
    mine: Path, cache: Cache, around: Surroundings
) -> None:
    prepared(mine, Options(), cache, around)
    Path(around.environ["AUDIOCOACH_CONFIG"]).write_text("pace = \n", "utf-8")
    with pytest.raises(ConfigError):
        prepared(mine, Options(), cache, Surroundings(around.environ))
