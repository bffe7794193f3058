"""A folder for a car: files in a row that are the session, and nothing an old radio trips over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
import soxr
from mutagen.id3 import ID3, Encoding
from mutagen.mp3 import MP3, BitrateMode
from numpy.typing import NDArray
from running import call, no_file_larger_than, tiny
from test_audio import ffmpeg

from audiocoach import pipeline
from audiocoach.delivery.audio import Master
from audiocoach.delivery.car import RATE, write_car
from audiocoach.delivery.chapters import chapters
from audiocoach.errors import DeliveryError
from audiocoach.settings.resolve import Options
from audiocoach.sound.bed import Bed, Held
from audiocoach.sound.mp3 import Coding
from audiocoach.store import Cache

Sound = NDArray[np.float32]


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Master:
    folder = tmp_path_factory.mktemp("car")
    options = Options(voice="espeak", skip=("1",))
    rehearsal = pipeline.rehearse(tiny(folder), options, cache=Cache(folder / "cache"))
    return Master(rehearsal.timeline, rehearsal.takes)


def whole(master: Master) -> Sound:
    """The session at 44.1 kHz, as it is before it is encoded."""
    pcm = np.concatenate(list(master.chunks())) / np.float32(32768)
    return np.asarray(soxr.resample(pcm, 48_000, RATE, "HQ"), np.float32)


def tracks(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def noisy_bed() -> Bed:
    loop = np.random.default_rng(1).integers(-9000, 9000, 48_000 * 5).astype(np.int16)
    return Bed(lambda _needed: Held(loop), 14, 14, str)


@pytest.mark.parametrize("bed", [None, noisy_bed()], ids=["silence", "bed"])
@pytest.mark.parametrize("coding", [Coding(), Coding(128, 2)], ids=str)
def test_played_without_gaps_they_are_the_session(
    tmp_path: Path, master: Master, bed: Bed | None, coding: Coding
) -> None:
    session = replace(master, bed=bed, coding=coding)
    write_car(session, tmp_path / "x")
    decoded = [
        soundfile.read(path, dtype="float32", always_2d=True) for path in tracks(tmp_path / "x")
    ]
    assert {rate for _, rate in decoded} == {RATE}
    assert {sound.shape[1] for sound, _ in decoded} == {coding.channels}
    joined = np.concatenate([sound[:, 0] for sound, _ in decoded])
    wanted = whole(session)
    assert len(joined) == round(session.timeline.total * RATE / 48_000)
    wanted = np.pad(wanted, (0, max(len(joined) - len(wanted), 0)))[: len(joined)]
    wanted *= np.float32(0.95)  # as LAME does
    starts = [round(each.start * RATE / 1000) for each in chapters(session.timeline)]
    assert len(decoded) == len(starts) > 2
    for (sound, _), start, end in zip(decoded, starts, [*starts[1:], len(joined)], strict=True):
        assert len(sound) == end - start
    error = joined - wanted
    signal = np.sqrt(np.mean(np.square(wanted)))
    assert 20 * np.log10(signal / np.sqrt(np.mean(np.square(error)))) > 15
    # At a joint it is no worse than elsewhere: nothing is there twice, missing or cut.
    usual = np.max(np.abs(error))
    for start in starts[1:]:
        near = error[start - 600 : start + 600]
        assert np.max(np.abs(near)) <= usual
        if bed:
            level = np.sqrt(np.mean(np.square(wanted[start - 600 : start + 600])))
            assert np.sqrt(np.mean(np.square(near))) < 0.7 * level


def test_another_decoder_finds_the_same_lengths(tmp_path: Path, master: Master) -> None:
    write_car(master, tmp_path / "x")
    for path in tracks(tmp_path / "x"):
        assert len(ffmpeg(path)) == len(soundfile.read(path)[0])


def test_each_file_is_plain_mp3_with_a_short_tag(tmp_path: Path, master: Master) -> None:
    title = "Füße & 足"
    session = replace(master, timeline=replace(master.timeline, title=title))
    write_car(session, tmp_path / "x")
    parts = chapters(session.timeline)
    for number, (path, part) in enumerate(zip(tracks(tmp_path / "x"), parts, strict=True), 1):
        info: Any = MP3(path).info
        assert (info.sample_rate, info.bitrate_mode) == (RATE, BitrateMode.CBR)
        assert info.length == pytest.approx((part.end - part.start) / 1000, abs=0.001)
        tags = ID3(path)
        assert tags.version == (2, 3, 0)
        assert not tags.getall("APIC") + tags.getall("CHAP") + tags.getall("PRIV")
        assert tags["TIT2"].text == [part.title]
        assert tags["TRCK"].text == [f"{number}/{len(parts)}"]
        assert tags["TALB"].text[0].startswith(title)
        plain = [frame for frame in tags.values() if str(frame).isascii()]
        assert len(plain) >= 6
        assert {frame.encoding for frame in plain} == {Encoding.LATIN1}
        assert path.name.isascii()
        assert path.name.startswith(f"{number:02} ")


def test_the_same_session_gives_the_same_bytes(tmp_path: Path, master: Master) -> None:
    for name in "xy":
        write_car(master, tmp_path / name)
    first, second = (
        [(path.name, path.read_bytes()) for path in tracks(tmp_path / name)] for name in "xy"
    )
    assert first == second


def test_a_folder_of_ours_is_replaced_and_no_other(tmp_path: Path, master: Master) -> None:
    folder = tmp_path / "x"
    write_car(master, folder)
    count = len(tracks(folder))
    (folder / "99 Left over.mp3").write_bytes(b"")
    write_car(master, folder)
    assert len(tracks(folder)) == count
    (folder / "my song.mp3").write_bytes(b"mine")
    with pytest.raises(
        DeliveryError, match=r"it holds my song\.mp3, which is not part of a session"
    ):
        write_car(master, folder)
    assert len(tracks(folder)) == count + 1
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def line(*more: str) -> tuple[str, ...]:
    return ("build", "tiny.yaml", "-q", "--voice", "espeak", "--skip", "1", "--for", "car", *more)


def test_the_command_line(tmp_path: Path) -> None:
    tiny(tmp_path)
    cache = tmp_path / "cache"
    done = call(*line("--also", "vtt"), cwd=tmp_path, cache=cache)
    assert (done.returncode, done.stderr) == (0, "")
    names = [path.name for path in tracks(tmp_path / "output" / "tiny-without-exercise-1")]
    assert names[0] == "01 Welcome.mp3"
    assert names[-1].endswith(" Close.mp3")
    assert (tmp_path / "output" / "tiny-without-exercise-1.vtt").is_file()
    for output, says in (("x.mp3", "leave .mp3 out"), ("-", "name a folder")):
        done = call(*line("-o", output), cwd=tmp_path, cache=cache)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert says in done.stderr


def test_a_full_disk_is_one_line_and_leaves_the_old_folder(tmp_path: Path) -> None:
    tiny(tmp_path)
    cache = tmp_path / "cache"
    assert call(*line("-o", "x"), cwd=tmp_path, cache=cache).returncode == 0
    before = {path.name: path.read_bytes() for path in tracks(tmp_path / "x")}
    for room in (0, 100_000):
        with no_file_larger_than(room):
            done = call(*line("-o", "x"), cwd=tmp_path, cache=cache)
        assert (done.returncode, done.stderr.count("\n")) == (6, 1), done.stderr
        assert "cannot write a temporary file in " in done.stderr
        assert {path.name: path.read_bytes() for path in tracks(tmp_path / "x")} == before
        assert not list(tmp_path.glob(".audiocoach*"))


def test_what_a_killed_build_left_is_cleared(tmp_path: Path, master: Master) -> None:
    left = tmp_path / ".audiocoach-999999999-0123abcd.part"
    left.mkdir()
    (left / "01 Welcome.mp3").write_bytes(b"")
    write_car(master, tmp_path / "x")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
