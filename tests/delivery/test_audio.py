"""WAV, FLAC and Opus as other decoders and readers find them; and what a fault leaves."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, cast

import av
import imageio_ffmpeg
import mutagen
import numpy as np
import pytest
import soundfile
from av.stream import Disposition
from mutagen.ogg import OggPage
from numpy.typing import NDArray
from programs import program
from running import PATIENCE, ROOT, call, environment, files, no_file_larger_than, tiny
from strategies import sized

from audiocoach import pipeline
from audiocoach.delivery import audio
from audiocoach.delivery.audio import Master
from audiocoach.delivery.chapters import chapters
from audiocoach.delivery.formats import of_session
from audiocoach.errors import DeliveryError, UsageError
from audiocoach.settings.resolve import Options
from audiocoach.sound.bed import Bed, Held
from audiocoach.sound.mix import CHUNK
from audiocoach.sound.mp3 import Coding
from audiocoach.sound.studio import Studio, Take, Takes
from audiocoach.store import Cache
from audiocoach.timeline.script import Cue, CueKind, Sound, Utterance
from audiocoach.timeline.timeline import Fit, PlacedCue, Timeline

Pcm = NDArray[np.int16]
FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
ENDINGS = ("wav", "flac", "opus", "m4b")
RATE = 48_000


@lru_cache
def noise(seed: int, length: int) -> Pcm:
    wave = np.random.default_rng(seed).normal(size=length) * np.hanning(length)
    return np.asarray(wave * 6000, np.int16)


class NoStudio:
    """Gives speech-like noise, told apart by its seed."""

    cache = Cache(Path(os.devnull))

    def samples(self, sound: Sound, take: Take) -> Pcm:
        assert isinstance(sound, Utterance)
        return noise(int(sound.text) % 10, take.length)


def master(total: int, places: list[tuple[int, int]], comment: str = "") -> Master:
    """A session of `total` samples with sounds at (start, length)."""
    cues, takes = [], {}
    for seed, (start, length) in enumerate(places):
        sound = Utterance(str(seed), "en")
        takes[cast("Sound", sound)] = Take(sound.text, length)
        cues.append(PlacedCue(start, length, sound, Cue(sound, CueKind.COUNT)))
    timeline = Timeline("Füße", "de", tuple(cues), (), (), total, Fit(0, 0, 0, 0))
    return Master(timeline, Takes(cast("Studio", NoStudio()), takes, ()), comment)


def mixed(session: Master) -> Pcm:
    pcm = np.zeros(session.timeline.total, np.int16)
    for cue in session.timeline.cues:
        pcm[cue.start : cue.end] = session.takes.samples(cue.sound)
    return pcm


def written(session: Master, path: Path) -> Path:
    of_session(path).make(session, path)
    return path


def ffmpeg(path: Path) -> Pcm:
    command = [FFMPEG, "-v", "error", "-i", str(path), "-f", "s16le", "-ac", "1", "pipe:"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    return np.frombuffer(done.stdout, "<i2")


def libsndfile(path: Path) -> Pcm:
    decoded, rate = soundfile.read(path, dtype="int16")
    assert rate == RATE
    return np.asarray(decoded)


def miniaudio(path: Path) -> Pcm:
    module = pytest.importorskip("miniaudio", reason="no wheel for Linux on ARM")
    decoded = module.decode_file(str(path), sample_rate=RATE, nchannels=1)
    return np.frombuffer(decoded.samples, "<i2")


Decoder = Callable[[Path], Pcm]
DECODERS = [ffmpeg, libsndfile, miniaudio]


# Samples


@pytest.mark.parametrize("total", [12_345, CHUNK, CHUNK + 1, 2 * CHUNK - 1])
@pytest.mark.parametrize("decode", DECODERS)
@pytest.mark.parametrize("ending", ["wav", "flac"])
def test_what_is_not_lossy_is_the_mix(
    tmp_path: Path, ending: str, decode: Decoder, total: int
) -> None:
    session = master(total, [(0, 4000), (7777, 4000), (total - 300, 300)])
    decoded = decode(written(session, tmp_path / f"x.{ending}"))
    assert np.array_equal(decoded, mixed(session))


@pytest.mark.parametrize("total", [12_345, 48_000, CHUNK + 959, 2 * CHUNK])
@pytest.mark.parametrize("decode", [ffmpeg, libsndfile])
def test_opus_is_as_long_and_each_sound_on_its_sample(
    tmp_path: Path, decode: Decoder, total: int
) -> None:
    session = master(total, [(0, 4000), (6600, 4000), (total - 1500, 1500)])
    decoded = decode(written(session, tmp_path / "x.opus")).astype(np.float32)
    assert len(decoded) == total
    padded = np.pad(decoded, 100)
    for cue in session.timeline.cues:
        sound = session.takes.samples(cue.sound).astype(np.float32)
        heard = np.correlate(padded[cue.start : cue.end + 200], sound, "valid")
        assert int(np.argmax(heard)) == 100


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> pipeline.Rehearsal:
    folder = tmp_path_factory.mktemp("rehearsal")
    options = Options(voice="espeak", skip=("1",))
    return pipeline.rehearse(tiny(folder), options, cache=Cache(folder / "cache"))


def test_every_format_is_as_long_as_the_mp3(tmp_path: Path, rehearsal: pipeline.Rehearsal) -> None:
    session = Master(rehearsal.timeline, rehearsal.takes)
    for ending in ("mp3", *ENDINGS):
        path = written(session, tmp_path / f"x.{ending}")
        assert len(ffmpeg(path)) == rehearsal.timeline.total
        if ending != "m4b":  # libsndfile knows no AAC
            assert len(libsndfile(path)) == rehearsal.timeline.total


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_session_gives_the_same_bytes(
    tmp_path: Path, rehearsal: pipeline.Rehearsal, ending: str
) -> None:
    session = Master(rehearsal.timeline, rehearsal.takes, "Changed.")
    first, second = (written(session, tmp_path / f"{n}.{ending}").read_bytes() for n in range(2))
    assert first == second


def test_an_ogg_file_is_one_stream_with_a_fixed_number(tmp_path: Path) -> None:
    path = written(master(5 * RATE + 7, [(0, 4000)]), tmp_path / "x.ogg")
    pages = []
    with path.open("rb") as file:
        while file.tell() < path.stat().st_size:
            pages.append(OggPage(file))
    assert {page.serial for page in pages} == {audio._SERIAL}
    assert [page.sequence for page in pages] == list(range(len(pages)))
    assert [page.last for page in pages] == [False] * (len(pages) - 1) + [True]
    skipped = int.from_bytes(pages[0].packets[0][10:12], "little")
    assert pages[-1].position == 5 * RATE + 7 + skipped


# Tags


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_tags_as_ffmpeg_reads_them(
    tmp_path: Path, rehearsal: pipeline.Rehearsal, ending: str
) -> None:
    timeline = replace(rehearsal.timeline, title="Füße & 足", language="de")
    path = written(Master(timeline, rehearsal.takes, "Without wall sit."), tmp_path / f"x.{ending}")
    command = [FFMPEG, "-v", "error", "-i", str(path), "-f", "ffmetadata", "pipe:"]
    told = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    if ending == "opus":  # they belong to the stream
        command[4:4] = []
        command[5:5] = ["-map_metadata", "0:s:0"]
        told = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    head, *parts = told.split("[CHAPTER]\n")
    lines = head.lower().splitlines()
    for line in ("title=füße & 足", "artist=audiocoach", "comment=without wall sit."):
        assert line in lines
    if ending not in ("wav", "m4b"):  # ffmpeg knows no TLAN there; in MP4 the stream has it
        assert "language=de" in lines
    wanted = chapters(timeline)
    assert len(wanted) > 2
    found = [dict(line.split("=", 1) for line in part.splitlines()) for part in parts]
    assert [each["title"] for each in found] == [each.title for each in wanted]
    for each, chapter in zip(found, wanted, strict=True):
        unit = eval(each["TIMEBASE"])  # noqa: S307 - a fraction, by ffmpeg
        assert int(each["START"]) * unit * 1000 == pytest.approx(chapter.start, abs=0.6)


class Probed(NamedTuple):
    """What a reader found in a file."""

    chapters: list[tuple[int, int, str]]
    """Start and end (ms), and title."""
    seconds: float
    samples: int
    """Those that come out of its decoder."""
    cover: str
    """The coding of the picture that is attached."""


def by_ffprobe(path: Path) -> Probed:
    asked = ["-show_chapters", "-show_format", "-show_streams", "-show_frames"]
    command = [
        program("ffprobe", package="ffmpeg"),
        "-v",
        "error",
        *asked,
        "-of",
        "json",
        str(path),
    ]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    (cover,) = (each for each in told["streams"] if each["disposition"]["attached_pic"])
    return Probed(
        [
            (
                round(float(each["start_time"]) * 1000),
                round(float(each["end_time"]) * 1000),
                each["tags"]["title"],
            )
            for each in told["chapters"]
        ],
        float(told["format"]["duration"]),
        sum(each["nb_samples"] for each in told["frames"] if each["media_type"] == "audio"),
        cover["codec_name"],
    )


def ms(chapter: Any, which: str) -> int:
    """When a chapter starts or ends, as libavformat has it."""
    at: int = round(chapter[which] * chapter["time_base"] * 1000)
    return at


def by_libavformat(path: Path) -> Probed:
    """Through PyAV: the library behind ffprobe, of another version."""
    with av.open(path) as container:
        found = [
            (ms(each, "start"), ms(each, "end"), each["metadata"]["title"])
            for each in container.chapters()
        ]
        (picture,) = container.streams.video
        assert picture.disposition & Disposition.attached_pic
        seconds = (container.duration or 0) / av.time_base
        samples = sum(each.samples for each in container.decode(audio=0))
        return Probed(found, seconds, samples, picture.codec_context.name)


@pytest.mark.parametrize("probe", [by_libavformat, by_ffprobe])
@pytest.mark.parametrize("ending", ["mp3", "m4b", "opus"])
def test_chapters_cover_and_length_as_ffprobe_reads_them(
    tmp_path: Path, rehearsal: pipeline.Rehearsal, ending: str, probe: Callable[[Path], Probed]
) -> None:
    path = written(Master(rehearsal.timeline, rehearsal.takes), tmp_path / f"x.{ending}")
    wanted = [(each.start, each.end, each.title) for each in chapters(rehearsal.timeline)]
    found = probe(path)
    assert found.cover == "png"
    # Both give the last frame of AAC whole; ffmpeg, which obeys the edit list, cuts it (above).
    frame = 1024 if ending == "m4b" else 1
    assert 0 <= found.samples - rehearsal.timeline.total < frame
    # The ffprobe of ffmpeg 5.1 counts delay and padding of an MP3, which are three frames at most.
    assert found.seconds == pytest.approx(rehearsal.timeline.total / RATE, abs=0.072)
    if ending == "opus":  # Vorbis comments tell of no end
        assert [each[::2] for each in found.chapters] == [each[::2] for each in wanted]
    else:
        assert found.chapters == wanted


def test_an_m4b_is_an_audio_book(tmp_path: Path, rehearsal: pipeline.Rehearsal) -> None:
    timeline = replace(rehearsal.timeline, language="de")
    path = written(Master(timeline, rehearsal.takes, "Careful."), tmp_path / "x.m4b")
    tags: Any = mutagen.File(path)
    assert path.read_bytes()[4:12] == b"ftypM4B "
    assert tags["stik"] == [2]
    assert tags["aART"] == ["audiocoach"]
    assert [(each.start, each.title) for each in tags.chapters] == [
        (each.start / 1000, each.title) for each in chapters(timeline)
    ]
    with av.open(path) as container:
        (stream,) = container.streams.audio
        assert (stream.codec_context.name, stream.language) == ("aac", "deu")
        assert stream.duration == timeline.total


def test_an_m4b_has_each_sound_on_its_sample_and_no_peak_that_was_not_there(
    tmp_path: Path,
) -> None:
    session = master(3 * CHUNK + 77, [(0, 4000), (6600, 4000), (CHUNK - 50, 4000)])
    session = replace(session, coding=Coding(192, 2))
    path = written(session, tmp_path / "x.m4b")
    decoded = ffmpeg(path).astype(np.float32)
    assert len(decoded) == session.timeline.total
    padded = np.pad(decoded, 100)
    for cue in session.timeline.cues:
        sound = session.takes.samples(cue.sound).astype(np.float32)
        heard = np.correlate(padded[cue.start : cue.end + 200], sound, "valid")
        assert int(np.argmax(heard)) == 100
    assert np.abs(decoded).max() < 1.08 * np.abs(mixed(session)).max()


def test_without_its_extra_an_m4b_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(UsageError, match=r"^\.m4b needs the extra m4b: .*(audiocoach\[m4b\]|av>=)"):
        of_session(Path("x.m4b"))


@pytest.mark.parametrize("ending", ["flac", "opus"])
def test_chapters_as_vorbis_comments(
    tmp_path: Path, rehearsal: pipeline.Rehearsal, ending: str
) -> None:
    timeline = rehearsal.timeline
    path = written(Master(timeline, rehearsal.takes), tmp_path / f"x.{ending}")
    tags: Any = mutagen.File(path)
    assert "comment" not in tags
    for number, chapter in enumerate(chapters(timeline), start=1):
        assert tags[f"CHAPTER{number:03}NAME"] == [chapter.title]
        (start,) = tags[f"CHAPTER{number:03}"]
        hours, minutes, seconds = start.split(":")
        assert len(start) == len("00:00:00.000")
        told = (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000)
        assert told == chapter.start


def test_a_wav_is_well_formed(tmp_path: Path) -> None:
    for comment in ("", "a", "ab"):  # a chunk of odd length is padded
        path = written(master(4000, [(0, 4000)], comment), tmp_path / "x.wav")
        content = path.read_bytes()
        assert content[:4] + content[8:12] == b"RIFFWAVE"
        assert int.from_bytes(content[4:8], "little") == len(content) - 8
        at, names = 12, []
        while at < len(content):
            names.append(content[at : at + 4])
            size = int.from_bytes(content[at + 4 : at + 8], "little")
            at += 8 + size + size % 2
        assert at == len(content)
        assert sorted(names) == [b"LIST", b"data", b"fmt ", b"id3 "]


def test_a_wav_tells_what_it_is_to_those_who_read_no_id3_there(
    tmp_path: Path, rehearsal: pipeline.Rehearsal
) -> None:
    timeline = replace(rehearsal.timeline, title="Füße & 足")
    path = written(Master(timeline, rehearsal.takes, "Without wall sit."), tmp_path / "x.wav")
    asked = ["-v", "error", "-show_format", "-of", "json", str(path)]
    command = [program("ffprobe", package="ffmpeg"), *asked]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    tags = {name.lower(): text for name, text in told["format"]["tags"].items()}
    assert (tags["title"], tags["album"]) == ("Füße & 足", "Füße & 足")
    assert (tags["artist"], tags["genre"], tags["date"]) == ("audiocoach", "Fitness", "2026")
    assert tags["comment"] == "Without wall sit."
    with soundfile.SoundFile(path) as sound:
        assert sound.title == "Füße & 足"


def test_a_wav_that_would_be_too_long_is_refused_at_once(tmp_path: Path) -> None:
    day = replace(master(RATE, []).timeline, total=24 * 3600 * RATE)
    with pytest.raises(UsageError, match=r"12 hours at most; name a file that ends in \.flac"):
        written(replace(master(RATE, []), timeline=day), tmp_path / "x.wav")
    assert files(tmp_path) == set()


# Memory

_MEASURED = """
import os, resource, sys
from pathlib import Path
from test_audio import master, written
path, seconds = Path(sys.argv[1]), int(sys.argv[2])
places = [(start * 48_000, 30_000) for start in range(0, seconds, 4)]
written(master(seconds * 48_000, places), path)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the unit of ru_maxrss is kB on Linux")
@pytest.mark.parametrize(
    ("ending", "short", "long"),
    # The samples of the long ones alone are 350 MB, 130 MB and 29 MB; Opus takes its time.
    [
        ("flac", 300, sized(3600, 3 * 3600)),
        ("wav", 60, sized(1350, 2700)),
        ("opus", 20, sized(300, 540)),
    ],
)
def test_memory_does_not_grow_with_the_session(
    tmp_path: Path, ending: str, short: int, long: int
) -> None:
    peaks = []
    for seconds in (short, long):
        path = tmp_path / f"x.{ending}"
        done = subprocess.run(
            [sys.executable, "-c", _MEASURED, str(path), str(seconds)],
            env=environment(
                tmp_path,
                PYTHONPATH=os.pathsep.join(map(str, (ROOT, ROOT / "tests", Path(__file__).parent))),
            ),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        peaks.append(int(done.stdout) * 1024)
        path.unlink()
    assert peaks[1] - peaks[0] < 20_000_000


# Faults


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_full_disk_is_one_line_and_leaves_the_old_file(tmp_path: Path, ending: str) -> None:
    tiny(tmp_path)
    line = ("build", "tiny.yaml", "-q", "-o", f"x.{ending}", "--voice", "espeak", "--skip", "1")
    cache = tmp_path / "cache"
    assert call(*line, cwd=tmp_path, cache=cache).returncode == 0
    whole = (tmp_path / f"x.{ending}").read_bytes()
    before = files(tmp_path)
    for room in (0, 4096, len(whole) // 2, len(whole) - 1):
        with no_file_larger_than(room):
            done = call(*line, cwd=tmp_path, cache=cache)
        assert done.returncode == 6, done.stderr
        wanted = f"audiocoach: cannot write x.{ending}: File too large; name another file\n"
        assert done.stderr == wanted
        assert (tmp_path / f"x.{ending}").read_bytes() == whole
        assert files(tmp_path) == before


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("call", ["write", "seek"])
def test_an_error_of_the_file_comes_through_the_library(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    ending: str,
    call: str,
) -> None:
    """From any of its calls, the first to the last, which come when it is closed."""
    session = master(CHUNK + 5000, [(0, 4000), (CHUNK, 4000)])
    real, counted = getattr(audio.Watched, call), [0]

    def fails(at: int) -> Callable[..., int]:
        counted[0] = 0

        def failing(watched: audio.Watched, *arguments: Any) -> int:
            counted[0] += 1
            if counted[0] == at:
                watched.error = OSError(errno.EIO, os.strerror(errno.EIO))
                return 0
            return int(real(watched, *arguments))

        return failing

    monkeypatch.setattr(audio.Watched, call, fails(-1))
    written(session, tmp_path / f"x.{ending}")
    for at in {1, 2, counted[0] // 2 or 1, counted[0]}:
        monkeypatch.setattr(audio.Watched, call, fails(at))
        with pytest.raises(DeliveryError, match="Input/output error"):
            written(session, tmp_path / f"y.{ending}")
    assert files(tmp_path) == {f"x.{ending}"}
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
@pytest.mark.parametrize("ending", ENDINGS)
def test_ctrl_c_while_a_library_writes_is_not_lost(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    ending: str,
) -> None:
    real = audio.Watched.write
    struck: list[bool] = []

    def write(watched: audio.Watched, data: bytes) -> int:
        if not struck:
            struck.append(True)
            os.kill(os.getpid(), signal.SIGINT)
        return real(watched, data)

    monkeypatch.setattr(audio.Watched, "write", write)
    before = set(threading.enumerate())  # other tests' services among them
    with pytest.raises(KeyboardInterrupt):
        written(master(3 * CHUNK, [(0, 4000)]), tmp_path / f"x.{ending}")
    for thread in set(threading.enumerate()) - before:
        thread.join(PATIENCE)
    assert files(tmp_path) <= {f"x.{ending}"}  # it may have been done meanwhile
    assert all(len(ffmpeg(path)) == 3 * CHUNK for path in tmp_path.iterdir())
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_ctrl_c_in_a_mix_over_a_bed_leaves_nothing(tmp_path: Path) -> None:
    bed = Bed(lambda _needed: Held(noise(1, 48_000)), 20, 14, str)
    told: list[int] = []

    def progress(done: int, total: int) -> None:
        told.append(done)
        if done == 2:
            os.kill(os.getpid(), signal.SIGINT)

    session = replace(master(5 * CHUNK, [(0, 4000)]), bed=bed, progress=progress)
    threads = set(threading.enumerate())
    with pytest.raises(KeyboardInterrupt):
        written(session, tmp_path / "x.mp3")
    assert told[:2] == [1, 2]
    assert len(told) < 5
    assert set(threading.enumerate()) == threads
    assert files(tmp_path) == set()


def test_progress_is_told_chunk_by_chunk(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    session = master(2 * CHUNK + 1, [])
    progress = replace(session, progress=lambda done, total: told.append((done, total)))
    written(progress, tmp_path / "x.wav")
    assert told == [(1, 3), (2, 3), (3, 3)]
