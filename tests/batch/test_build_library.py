"""A library built from the command line: only what changed, whatever ended the last build."""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from running import TINY, call, files, tiny
from sounds import gong

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


def drop_the_mp3(folder: Path) -> None:
    (folder / "out/tiny-slow.mp3").unlink()


def drop_what_lists_it_too(folder: Path) -> None:
    """The file, and its name in the manifest."""
    drop_the_mp3(folder)
    told = manifest(folder)
    del told["tiny-slow.mp3"]["files"]["tiny-slow.mp3"]
    rewrite(folder, told)


def change_a_version(folder: Path) -> None:
    """As if a package had been another one when this was built."""
    told = manifest(folder)
    told["tiny-slow.mp3"]["inputs"]["versions"]["lameenc"] = "0.0.1"
    rewrite(folder, told)


def change_the_voice(folder: Path) -> None:
    told = manifest(folder)
    told["tiny-slow.mp3"]["inputs"]["voice"][1] += "-2"
    rewrite(folder, told)


def rewrite(folder: Path, told: dict[str, Any]) -> None:
    text = "".join(f"{json.dumps(line)}\n" for line in told.values())
    (folder / "out/library.manifest.jsonl").write_text(text)


@pytest.mark.parametrize(
    "change", [drop_the_mp3, drop_what_lists_it_too, change_a_version, change_the_voice]
)
def test_what_another_program_made_or_nobody_has_is_built_again(
    build: Build, tmp_path: Path, change: Any
) -> None:
    test_only_what_changed_is_built(build, tmp_path, change, {"tiny-slow"})
    assert counts(build()) == "0 sessions built, 4 unchanged"


def test_versions_and_fingerprints_are_those_of_now(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    from audiocoach.batch import manifest as module
    from audiocoach.voice.espeak.engine import EspeakVoice

    build()
    with monkeypatch.context() as patched:
        newer = {**module._versions(), "soxr": "99"}
        patched.setattr(module, "_versions", lambda: newer)
        assert counts(build()) == "4 sessions built, 0 unchanged"
        assert counts(build()) == "0 sessions built, 4 unchanged"
    assert counts(build()) == "4 sessions built, 0 unchanged"
    monkeypatch.setattr(EspeakVoice, "fingerprint", property(lambda self: "another"))
    assert counts(build()) == "4 sessions built, 0 unchanged"


HOSTILE = (
    "3",
    "null",
    "[]",
    '{"session": ["x"], "inputs": {}, "files": {}}',
    '{"session": "other-slow.mp3", "inputs": null, "files": {}}',
    '{"session": "tiny-slow.mp3", "inputs": INPUTS, "files": {}}',
    '{"session": "tiny-slow.mp3", "inputs": INPUTS, "files": []}',
    '{"session": "tiny-slow.mp3", "inputs": INPUTS, "files": 3}',
    '{"session": "tiny-slow.mp3", "inputs": INPUTS, "files": {"tiny-slow.mp3": 3}}',
    '{"session": "tiny-slow.mp3", "inputs": INPUTS, "files": {"a\\u0000b": null}}',
    '{"session": "tiny-slow.mp3", "inputs": INPUTS, "files": {"\\ud800": null}}',
    '{"session": "gone.mp3", "inputs": {}, "files": {"/etc/hostname": 1, "../tiny.yaml": 1}}',
    '{"session": "\\ud800.mp3", "inputs": {}, "files": {"\\udcff": 1}}',
    "[" * 100_000,
    "9" * 10_000,
    "NaN",
    "\x85\u2028",
)


def test_a_line_of_a_manifest_that_is_none_is_passed_over(build: Build, tmp_path: Path) -> None:
    build("-q")
    told = manifest(tmp_path)
    inputs = json.dumps(told.pop("tiny-slow.mp3")["inputs"])
    lines = [line.replace("INPUTS", inputs) for line in HOSTILE]
    (tmp_path / "out/tiny-slow.mp3").unlink()
    for hostile in (*lines, "\n".join(lines)):
        rewrite(tmp_path, told)
        with (tmp_path / "out/library.manifest.jsonl").open("a", encoding="utf-8") as file:
            file.write(hostile)
        assert json.loads(build("--dry-run", "--json").stdout)["to_build"] == 1, hostile[:100]
    done = build()
    assert (done.returncode, counts(done)) == (0, "1 session built, 3 unchanged")
    assert "hostname" not in done.stderr
    assert "tiny.yaml" not in done.stderr
    assert counts(build()) == "0 sessions built, 4 unchanged"


def test_a_manifest_that_is_no_file_is_one_line(build: Build, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    os.mkfifo(tmp_path / "out/library.manifest.jsonl")
    done = build()
    assert (done.returncode, done.stderr.count("\n")) == (6, 1)
    assert "library.manifest.jsonl: it is not a file; move it away" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such names")
def test_a_name_that_is_no_utf_8_is_known_again(build: Build, tmp_path: Path) -> None:
    """And so is one that breaks a line."""
    for name in ("b\udcff", "c\u2028d"):
        (tmp_path / f"{name}.yaml").write_text(OTHER)
    assert counts(build()) == "8 sessions built, 0 unchanged"
    assert counts(build()) == "0 sessions built, 8 unchanged"


# -- what is not ours to replace ---------------------------------------------------


@pytest.mark.parametrize(
    ("name", "more"), [("tiny-slow.mp3", ("--processes", "1")), ("other-brisk.vtt", ())]
)
def test_a_file_that_audiocoach_did_not_make_is_not_lost(
    build: Build, tmp_path: Path, name: str, more: tuple[str, ...]
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text("my own, made with audiocoach in mind")
    done = build(*more)
    assert (done.returncode, done.stderr.count("\n")) == (6, 1)
    assert f"{name} exists, and audiocoach did not make it; name another file" in done.stderr
    assert files(tmp_path / "out") == {name}
    assert (tmp_path / "out" / name).read_text().startswith("my own")
    assert counts(build("--overwrite", *more)) == "4 sessions built, 0 unchanged"
    (tmp_path / "out/library.manifest.jsonl").unlink()
    assert (
        counts(build(*more)) == "4 sessions built, 0 unchanged"
    )  # they are known by what they are


def test_what_the_manifest_lists_may_be_replaced(build: Build, tmp_path: Path) -> None:
    build()
    (tmp_path / "out/tiny-slow.vtt").write_text("changed by hand")
    assert counts(build()) == "1 session built, 3 unchanged"


@pytest.mark.parametrize("more", [(), ("--overwrite",), ("--dry-run",)])
def test_what_a_library_is_made_from_is_never_replaced(
    tmp_path: Path, cache: Path, more: tuple[str, ...]
) -> None:
    """Neither a sound of another routine, at whichever level, nor a bed."""
    levels = "{beginner: low.wav, advanced: high.wav}"
    cue = f"  - {{name: plank, hold: 3s, cues: [{{at: 1s, sound: {levels}}}]}}\n"
    (tmp_path / "sounding.yaml").write_text(TINY.replace("title:", "level: advanced\ntitle:") + cue)
    for name in ("low", "high", "bed", "free"):
        (tmp_path / f"{name}.yaml").write_text(OTHER)
        gong(tmp_path, f"{name}.wav", seconds=0.3 if name != "bed" else 3)
    (tmp_path / "free.wav").unlink()
    (tmp_path / "l.toml").write_text(
        'routines = "*.yaml"\noutput = "."\nname = "{routine}.wav"\n[settings]\nvoice = "espeak"\n'
    )
    before = {path: path.read_bytes() for path in tmp_path.glob("*.wav")}
    line = ("build", "--library", "l.toml", *more)
    done = call(*line, cwd=tmp_path, cache=cache, AUDIOCOACH_BED=str(tmp_path / "bed.wav"))
    assert done.returncode == 6
    for name, what in (("low", "a sound of "), ("high", "a sound of "), ("bed", "a bed")):
        assert f"{name}.wav is {what}" in done.stderr
    assert {path: path.read_bytes() for path in before} == before
    assert (tmp_path / "free.wav").exists() is ("--dry-run" not in more)


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
    assert "sessions  4 of 2 routines\n" in text
    assert "0; 4 unchanged" in text


def test_a_dry_run_of_flags_counts_too(build: Build, tmp_path: Path, cache: Path) -> None:
    line = "build tiny.yaml broken.yaml --pace slow,brisk --voice espeak --dry-run"
    done = call(*line.split(), cwd=tmp_path, cache=cache)
    assert done.returncode == 3
    assert "4 of 2 routines" in done.stdout
    assert done.stderr.count("no such file") == 2


def test_a_dry_run_refuses_a_length_that_is_far_off(tmp_path: Path, cache: Path) -> None:
    text = "title: Long\nduration: 90:00\nlanguage: en\nexercises: [{name: x, work: 20s}]\n"
    (tmp_path / "long.yaml").write_text(text, encoding="utf-8")
    done = call(
        *["build", "long.yaml", "--voice", "espeak", "--dry-run"], cwd=tmp_path, cache=cache
    )
    assert done.returncode == 4
    assert "can last about" in done.stderr


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
