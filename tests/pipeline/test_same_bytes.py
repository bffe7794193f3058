"""The same input gives the same MP3: cold or warm, damaged cache or none, two builds at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from running import PATIENCE, command, environment, files, run, tiny

from audiocoach import pipeline
from audiocoach.listener import Listener, Stage
from audiocoach.settings.resolve import Options
from audiocoach.settings.values import Pace
from audiocoach.store import Cache

Damage = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def routine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny(tmp_path_factory.mktemp("routine"))


@pytest.fixture(scope="module")
def reference(routine: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The session as a process of its own makes it from an empty cache."""
    folder = tmp_path_factory.mktemp("reference")
    done = run("build", routine, "-q", "-o", "x.mp3", cwd=folder, cache=folder / "cache")
    assert done.returncode == 0, done.stderr
    return (folder / "x.mp3").read_bytes()


@pytest.fixture(scope="module")
def warm(routine: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every file of a cache in which all of the session is."""
    folder = tmp_path_factory.mktemp("warm")
    built(routine, folder)
    return {name: (folder / name).read_bytes() for name in files(folder) if name != "x.mp3"}


def built(routine: Path, folder: Path, options: Options | None = None) -> bytes:
    """Build in this process, with the folder as cache."""
    session = pipeline.build(routine, folder / "x.mp3", options or Options(), cache=Cache(folder))
    assert session.warning is None
    return (folder / "x.mp3").read_bytes()


def laid_out(entries: dict[str, bytes], folder: Path) -> None:
    for name, content in entries.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_cold_warm_and_another_process(routine: Path, reference: bytes, tmp_path: Path) -> None:
    assert built(routine, tmp_path) == reference
    assert built(routine, tmp_path) == reference
    done = run("build", routine, "-q", "-o", "y.mp3", cwd=tmp_path, cache=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "y.mp3").read_bytes() == reference


def test_a_warm_build_speaks_and_encodes_nothing(routine: Path, tmp_path: Path) -> None:
    built(routine, tmp_path)
    told: list[tuple[Stage, int, int]] = []

    class Recorder(Listener):
        def progress(self, stage: Stage, done: int, total: int) -> None:
            told.append((stage, done, total))

    pipeline.build(routine, tmp_path / "x.mp3", cache=Cache(tmp_path), listener=Recorder())
    assert told == []


def test_flags_changed_and_changed_back(routine: Path, reference: bytes, tmp_path: Path) -> None:
    others = [
        Options(pace=Pace.SLOW),
        Options(duration=100_000),
        Options(only=("2",)),
        Options(rounds=2),
        Options(voice="espeak:en-gb+f3", rate=1.3),
    ]
    first = [built(routine, tmp_path, options) for options in others]
    assert len({reference, *first}) == len(others) + 1
    assert built(routine, tmp_path) == reference
    assert [built(routine, tmp_path, options) for options in others] == first


def test_the_build_before_leaves_no_trace(routine: Path, reference: bytes, tmp_path: Path) -> None:
    """A clip is the same whichever session it was first spoken for."""
    other = tmp_path / "other.yaml"
    other.write_text(
        "title: Other\nlanguage: en\nexercises:\n"
        "  - {name: wall sit, movement: Lean. Slide down., reps: 3, hold: 2s}\n"
    )
    built(other, tmp_path)
    assert built(routine, tmp_path) == reference


# Damage


def flipped(where: float) -> Damage:
    """One bit of the entry, at a part of its length."""

    def damage(content: bytes) -> bytes:
        spoilt = bytearray(content)
        spoilt[int(len(content) * where)] ^= 0x10
        return bytes(spoilt)

    return damage


DAMAGES: dict[str, Damage] = {
    "a bit of the header": flipped(0.0),
    "the last bit": flipped(0.999999),
    "half gone": lambda content: content[: len(content) // 2],
    "too long": lambda content: content + b"\0",
    "zeros, as after a power cut": lambda content: bytes(len(content)),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_every_entry_damaged(
    routine: Path, reference: bytes, warm: dict[str, bytes], tmp_path: Path, name: str
) -> None:
    laid_out({path: DAMAGES[name](content) for path, content in warm.items()}, tmp_path)
    assert built(routine, tmp_path) == reference
    assert files(tmp_path) == {*warm, "x.mp3"}


@pytest.mark.parametrize("kind", ["clip", "region", "gain"])
def test_one_kind_of_entry_missing(
    routine: Path, reference: bytes, warm: dict[str, bytes], tmp_path: Path, kind: str
) -> None:
    kept = {path: content for path, content in warm.items() if f"/{kind}/" not in path}
    assert 0 < len(kept) < len(warm)
    laid_out(kept, tmp_path)
    assert built(routine, tmp_path) == reference


def test_entries_swapped(
    routine: Path, reference: bytes, warm: dict[str, bytes], tmp_path: Path
) -> None:
    """Each entry holds what belongs to another: none is believed."""
    names = sorted(warm)
    laid_out({name: warm[other] for name, other in zip(names, names[::-1], strict=True)}, tmp_path)
    assert built(routine, tmp_path) == reference


# A cache that can't be


def test_a_file_in_the_place_of_the_cache_is_a_warning(
    routine: Path, reference: bytes, tmp_path: Path
) -> None:
    place = tmp_path / "cache"
    place.write_bytes(b"mine")
    done = run("build", routine, "-o", "x.mp3", cwd=tmp_path, cache=place)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x.mp3").read_bytes() == reference
    warnings = [line for line in done.stderr.splitlines() if line.startswith("warning: ")]
    assert len(warnings) == 1
    assert str(place) in warnings[0]
    assert place.read_bytes() == b"mine"


def test_two_builds_at_once_on_an_empty_cache(
    routine: Path, reference: bytes, tmp_path: Path
) -> None:
    builds = [
        subprocess.Popen(
            command("build", routine, "-q", "-o", f"{number}.mp3"),
            cwd=tmp_path,
            env=environment(tmp_path / "cache"),
        )
        for number in range(2)
    ]
    assert [build.wait(PATIENCE) for build in builds] == [0, 0]
    for number in range(2):
        assert (tmp_path / f"{number}.mp3").read_bytes() == reference
    assert not [name for name in files(tmp_path / "cache") if ".writing" in name]
    assert built(routine, tmp_path / "cache") == reference


# Other Pythons


@pytest.mark.parametrize("version", ["3.12", "3.13", "3.14"])
def test_another_python_makes_the_same_bytes(
    routine: Path, reference: bytes, tmp_path: Path, version: str
) -> None:
    if sys.version_info[:2] == tuple(map(int, version.split("."))):
        pytest.skip("this is that Python")
    python = f"python{version}"
    modules = "import lameenc, mutagen, numpy, pydantic, pydub, soxr, typer, espeakng_loader"
    try:
        found = subprocess.run(
            [python, "-W", "ignore", "-c", modules], capture_output=True, check=False
        )
    except FileNotFoundError:
        pytest.skip(f"there is no {python} here")
    if found.returncode:
        pytest.skip(f"{python} lacks what audiocoach depends on")
    done = subprocess.run(
        [python, "-B", "-m", "audiocoach", "build", str(routine), "-q", "-o", "x.mp3"],
        cwd=tmp_path,
        env=environment(tmp_path / "cache"),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x.mp3").read_bytes() == reference
