"""A library built from the command line: only what changed, whatever ended the last build."""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from running import call, files, tiny

from audiocoach.store import Cache

OTHER = "title: Other\nlanguage: en\nexercises: [{name: heel raise, hold: 2s}]\n"
LIBRARY = """\
routines = "*.yaml"
output = "out"
also = "vtt"
[settings]
voice = "espeak"
duration = "natural"
pace = ["slow", "brisk"]
"""
NAMES = [f"{name}-{pace}" for name in ("other", "tiny") for pace in ("slow", "brisk")]
Build = partial[CompletedProcess[str]]


@pytest.fixture
def build(tmp_path: Path, cache: Path) -> Build:
    """Runs `audiocoach build --library` on a library of two routines."""
    tiny(tmp_path)
    (tmp_path / "other.yaml").write_text(OTHER)
    (tmp_path / "library.toml").write_text(LIBRARY)
    return partial(call, "build", "--library", "library.toml", cwd=tmp_path, cache=cache)


def manifest(folder: Path) -> dict[str, Any]:
    lines = (folder / "out/library.manifest.jsonl").read_text("utf-8").splitlines()
    return {told["session"]: told for told in map(json.loads, lines)}


def counts(done: CompletedProcess[str]) -> str:
    return next(line for line in done.stderr.splitlines() if "built" in line)


def test_a_second_build_does_nothing(build: Build, tmp_path: Path) -> None:
    first = build()
    assert (first.returncode, counts(first)) == (0, "4 sessions built, 0 unchanged")
    made = {f"{name}{ending}" for name in NAMES for ending in (".mp3", ".vtt")}
    assert files(tmp_path / "out") == made | {"library.manifest.jsonl"}
    assert list(manifest(tmp_path)) == sorted(f"{name}.mp3" for name in NAMES)
    before = {
        name: (tmp_path / "out" / name).stat().st_mtime_ns for name in files(tmp_path / "out")
    }
    second = build()
    assert (second.returncode, counts(second)) == (0, "0 sessions built, 4 unchanged")
    after = {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in files(tmp_path / "out")}
    assert after == before


def change_a_routine(folder: Path) -> None:
    (folder / "other.yaml").write_text(OTHER.replace("2s", "3s"))


def remove_a_file(folder: Path) -> None:
    (folder / "out/tiny-slow.vtt").unlink()


def change_a_file(folder: Path) -> None:
    """So that neither its size nor its time tells."""
    path = folder / "out/tiny-slow.mp3"
    at = path.stat()
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(at.st_atime_ns, at.st_mtime_ns))


def spoil_the_manifest(folder: Path) -> None:
    """As if the computer had lost power while a line was written."""
    path = folder / "out/library.manifest.jsonl"
    path.write_bytes(path.read_bytes()[:-100])


@pytest.mark.parametrize(
    ("change", "built"),
    [
        (change_a_routine, {"other-slow", "other-brisk"}),
        (remove_a_file, {"tiny-slow"}),
        (change_a_file, {"tiny-slow"}),
        (spoil_the_manifest, {"tiny-slow"}),
    ],
)
def test_only_what_changed_is_built(
    build: Build, tmp_path: Path, change: Any, built: set[str]
) -> None:
    build()
    whole = {name: (tmp_path / "out" / name).read_bytes() for name in files(tmp_path / "out")}
    change(tmp_path)
    done = build("--json")
    told = {Path(each["file"]).stem for each in json.loads(done.stdout) if "unchanged" not in each}
    assert told == built
    assert done.returncode == 0
    if change is not change_a_routine:
        assert {name: (tmp_path / "out" / name).read_bytes() for name in whole} == whole


def test_a_setting_changed_for_some_builds_those(build: Build, tmp_path: Path) -> None:
    (tmp_path / "library.toml").write_text(f'name = "{{routine}}-{{pace}}"\n{LIBRARY}')
    build()
    more = '[[except]]\nwhen = {routine = "tiny"}\nset = {countdown = 5}\n'
    (tmp_path / "library.toml").write_text(f'name = "{{routine}}-{{pace}}"\n{LIBRARY}{more}')
    assert counts(build()) == "2 sessions built, 2 unchanged"
    assert manifest(tmp_path)["tiny-slow.mp3"]["inputs"]["settings"]["countdown"] == "5"


def test_files_that_are_of_no_session_any_more_are_named_and_stay(
    build: Build, tmp_path: Path
) -> None:
    build()
    (tmp_path / "library.toml").write_text(LIBRARY.replace("*.yaml", "tiny.yaml"))
    done = build()
    assert counts(done) == "0 sessions built, 2 unchanged"
    assert "no longer in the library: other-brisk.mp3, other-brisk.vtt, " in done.stderr
    assert (tmp_path / "out/other-slow.mp3").exists()


def test_a_failure_is_one_line_and_is_tried_again(build: Build, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("title: Other\n")
    done = build()
    assert done.returncode == 3
    assert counts(done) == "2 sessions built, 0 unchanged, 2 failed"
    assert sum("other.yaml" in line for line in done.stderr.splitlines()) == 2
    (tmp_path / "other.yaml").write_text(OTHER)
    assert counts(build()) == "2 sessions built, 2 unchanged"


def test_what_was_built_before_a_build_was_stopped_is_not_built_again(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from audiocoach.batch import manifest as module

    built = module.Manifest.built

    def once(self: Any, order: Any, session: Any) -> None:
        built(self, order, session)
        raise KeyboardInterrupt

    monkeypatch.setattr(module.Manifest, "built", once)
    assert build().returncode == 130
    monkeypatch.undo()
    assert len(manifest(tmp_path)) == 1
    assert counts(build()) == "3 sessions built, 1 unchanged"


def test_a_dry_run_writes_nothing_and_counts(build: Build, tmp_path: Path) -> None:
    cold = tmp_path / "cold"
    told = json.loads(build("--dry-run", "--json", cache=cold).stdout)
    assert (told["sessions"], told["to_build"], told["routines"]) == (4, 4, 2)
    assert told["in_cache"] == 0
    assert told["to_speak"] == {"espeak:en-us": told["utterances"]}
    assert not (tmp_path / "out").exists()
    assert not Cache(cold).usage()
    build(cache=cold)
    clips = Cache(cold).usage()["clip"][0]
    assert told["utterances"] <= clips <= told["utterances"] * 1.2  # and those that are hurried
    size = sum((tmp_path / f"out/{name}.mp3").stat().st_size for name in NAMES)
    assert told["bytes"] == pytest.approx(size, rel=0.25)
    text = build("--dry-run", cache=cold).stdout
    assert "sessions    4 of 2 routines\n" in text
    assert "0; 4 unchanged" in text


def test_a_dry_run_of_flags_counts_too(build: Build, tmp_path: Path, cache: Path) -> None:
    line = "build tiny.yaml broken.yaml --pace slow,brisk --voice espeak --dry-run"
    done = call(*line.split(), cwd=tmp_path, cache=cache)
    assert done.returncode == 3
    assert "4 of 2 routines" in done.stdout
    assert done.stderr.count("no such file") == 2


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ("tiny.yaml", "the routine tiny.yaml"),
        ("--pace slow", "--pace"),
        ("--no-chimes", "--no-chimes"),
        ("--also html", "--also"),
        ("--open", "--open"),
    ],
)
def test_what_the_file_says_is_not_said_by_flags(build: Build, more: str, what: str) -> None:
    done = build(*more.split())
    assert done.returncode == 2
    assert f"leave {what} out, or write it into the file" in done.stderr
