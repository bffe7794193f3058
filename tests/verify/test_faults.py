"""Faults put into finished sessions: each is found by the check that is for it, and told."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from damage import (
    Built,
    Pcm,
    clicked,
    cut,
    faster,
    ffmpeg,
    flipped,
    louder,
    reframed,
    replanned,
    retagged,
    with_noise,
    without_frames,
)
from faults import inserted, moved, silenced, swapped
from mutagen.id3 import ID3

from audiocoach import pipeline
from audiocoach.delivery.plan import OWNER, PlannedCue, read_plan
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.sound.mp3 import FRAME_BYTES
from audiocoach.store import Cache
from audiocoach.timeline.script import SAMPLES_PER_MS as MS
from audiocoach.verify.checks import Finding
from audiocoach.verify.report import Report, verify_file

OPTIONS: Final = Options(only=("toe press",), reps="4", duration="natural", voice="espeak")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Built:
    folder = tmp_path_factory.mktemp("built")
    for name in ("x.mp3", "x.wav"):
        pipeline.build("foot-relief", folder / name, OPTIONS, cache=Cache(cache))
    (plan,) = ID3(folder / "x.mp3").getall("PRIV")
    mp3, wav = ((folder / name).read_bytes() for name in ("x.mp3", "x.wav"))
    return Built(mp3, wav, read_plan(plan.data))


def verified(content: bytes, path: Path, *arguments: Any) -> Report:
    path.write_bytes(content)
    return verify_file(path, *arguments, surroundings=Surroundings({}))


def bad(report: Report) -> list[Finding]:
    return list(report.failed)


def between(built: Built, ms: int) -> int:
    """The end of the first cue, from the middle on, after which so much is silent."""
    cues = built.plan.cues
    pairs = list(itertools.pairwise(cues))
    return next(one.end for one, two in pairs[len(pairs) // 2 :] if two.start - one.end > ms * MS)


def unlike(built: Built) -> tuple[slice, slice]:
    """Two cues of other words that have room for each other: two of the numbers of the reps."""
    cues = built.plan.cues
    roomy = [
        cue
        for cue, after in itertools.pairwise(cues)
        if 25 <= cue.sound.length // 1152 <= 32 and after.start - cue.end > 200 * MS
    ]
    first = roomy[0]
    other = next(each for each in roomy if each.sound is not first.sound)
    return slice(first.start, first.end), slice(other.start, other.end)


def lonely(built: Built) -> slice:
    """The cue with the most silence around it."""
    cues = built.plan.cues
    around = zip(cues, cues[1:], cues[2:], strict=False)
    _, cue, _ = max(around, key=lambda three: min(_silence(*three[:2]), _silence(*three[1:])))
    return slice(cue.start, cue.end)


def _silence(one: PlannedCue, two: PlannedCue) -> int:
    return two.start - one.end


def longest(built: Built) -> PlannedCue:
    return max(built.plan.cues, key=lambda cue: cue.sound.length)


# -- nothing wrong -----------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["mp3", "wav", "flac", "opus", "m4b"])
def test_a_session_as_it_was_built(ending: str, cache: Path, tmp_path: Path) -> None:
    path = tmp_path / f"x.{ending}"
    pipeline.build("foot-relief", path, OPTIONS, cache=Cache(cache))
    report = verify_file(path, "foot-relief", OPTIONS, surroundings=Surroundings({}))
    assert not bad(report)
    assert report.findings[-1].what == "routine"
    whats = {each.what for each in report.findings}
    wanted = {"plan", "encoding", "tags", "chapters", "length", "place", "onset", "sound", "level"}
    assert whats == wanted | {"silence", "gain", "loudness", "peak", "routine"}


OTHER_SOUNDS = [
    {"keep_awake": True},
    {"stereo": True, "bitrate": 320},
    {"bitrate": 48},
    {"bed": "rain", "stereo": True},
]


@pytest.mark.parametrize("sound", OTHER_SOUNDS, ids=str)
def test_a_session_of_another_sound_as_it_was_built(
    cache: Path, tmp_path: Path, sound: dict[str, Any]
) -> None:
    options = OPTIONS.but(only=("toe press",), **sound)
    for ending in ("mp3", "flac"):
        path = tmp_path / f"x.{ending}"
        pipeline.build("foot-relief", path, options, cache=Cache(cache))
        assert not bad(verify_file(path, "foot-relief", options, surroundings=Surroundings({})))
    whole = (tmp_path / "x.mp3").read_bytes()
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 0xFF
    assert bad(verified(bytes(damaged), tmp_path / "damaged.mp3"))


def test_putting_the_same_sound_back_is_no_fault(built: Built, tmp_path: Path) -> None:
    assert not bad(verified(built.with_sound(built.pcm), tmp_path / "x.wav"))
    assert not bad(verified(retagged(built.mp3, lambda tags: None), tmp_path / "x.mp3"))
    assert not bad(verified(reframed(built.mp3, bytes), tmp_path / "x.mp3"))


# -- the tag and the frames --------------------------------------------------------------


def first_chapter(tags: Any) -> Any:
    return tags.getall("CHAP")[1]


def later_chapter(tags: Any) -> None:
    first_chapter(tags).start_time += 5000


def other_title_of_a_chapter(tags: Any) -> None:
    first_chapter(tags).sub_frames["TIT2"].text = ["Toe presses, the long way"]


def one_chapter_less(tags: Any) -> None:
    tags.delall(first_chapter(tags).HashKey)


def other_title(tags: Any) -> None:
    tags["TIT2"].text = ["A much longer title than the one that it was built with"]


def no_comment(tags: Any) -> None:
    tags.delall("COMM")


def other_length(tags: Any) -> None:
    tags["TLEN"].text = ["1200000"]


def other_bit_rate(frames: bytes) -> bytes:
    """The header of one frame says so."""
    at = 2000 * FRAME_BYTES + 2
    return frames[:at] + bytes([frames[at] ^ 0x10]) + frames[at + 1 :]


FILES: Final[dict[str, tuple[Callable[[Built], Any], str, str]]] = {
    "re-encoded at 64 kbit/s": (
        lambda b: ffmpeg(b.mp3, "-b:a", "64k"),
        "encoding",
        "re-encoded: .* and is MP3, 64 kbit/s",
    ),
    "re-encoded at 128 kbit/s, 44.1 kHz, stereo": (
        lambda b: ffmpeg(b.mp3, "-b:a", "128k", "-ar", "44100", "-ac", "2"),
        "encoding",
        "re-encoded: .* and is MP3, 128 kbit/s, 44.1 kHz, stereo",
    ),
    "re-encoded at 32 kbit/s, 22.05 kHz": (
        lambda b: ffmpeg(b.mp3, "-b:a", "32k", "-ar", "22050"),
        "encoding",
        "re-encoded: .* 32 kbit/s, 22.05 kHz",
    ),
    "re-encoded as it was": (lambda b: ffmpeg(b.mp3, "-b:a", "96k"), "encoding", "re-encoded: "),
    "re-encoded with a variable bit rate": (
        lambda b: ffmpeg(b.mp3, "-q:a", "4"),
        "encoding",
        r"re-encoded: .* \d+ to \d+ kbit/s",
    ),
    "copied by another program": (
        lambda b: ffmpeg(b.mp3, "-c", "copy"),
        "encoding",
        "copied by another program|re-encoded",
    ),
    "as AAC": (
        lambda b: ffmpeg(b.mp3, "-f", "mp3", "-map_metadata", "-1"),
        "plan",
        "carries no plan",
    ),
    "trimmed by another program": (
        lambda b: ffmpeg(b.mp3, "-ss", "20", "-t", "60"),
        "length",
        r"cut at the front \(20.0\d\d s\), at the end",
    ),
    "ten frames less at the front": (
        lambda b: without_frames(b.mp3, 0, 10),
        "length",
        "samples .* are missing: it was cut at the front",
    ),
    "five frames less at the end": (
        lambda b: without_frames(b.mp3, -5, 5),
        "encoding",
        "5 of [0-9]+ frames are missing",
    ),
    "a hundred frames less in the middle": (
        lambda b: without_frames(b.mp3, 3000, 100),
        "place",
        "2.400 s early",
    ),
    "frames twice": (
        lambda b: reframed(b.mp3, lambda f: f[: FRAME_BYTES * 2000] + f[FRAME_BYTES * 1800 :]),
        "encoding",
        "200 of [0-9]+ frames are too many",
    ),
    "the second half missing": (
        lambda b: b.mp3[: len(b.mp3) // 2],
        "length",
        "missing: it was cut at the end",
    ),
    "cut inside a frame": (lambda b: b.mp3[:-100], "encoding", "1 of [0-9]+ frames are missing"),
    "a flipped bit in the sound": (lambda b: flipped(b.mp3, 0.5), "encoding", "changed|damaged"),
    "a flipped bit near the end": (lambda b: flipped(b.mp3, 0.98), "encoding", "changed|damaged"),
    "a frame of another bit rate": (
        lambda b: reframed(b.mp3, other_bit_rate),
        "encoding",
        "^(?!re-encoded).*(changed|damaged|none|missing|many)",
    ),
    "rubbish between frames": (
        lambda b: reframed(b.mp3, lambda f: f[:288_000] + b"rubbish" * 9 + f[288_000:]),
        "encoding",
        "63 bytes between its frames belong to none",
    ),
    "a chapter later": (lambda b: retagged(b.mp3, later_chapter), "chapters", "number 2"),
    "another title of a chapter": (
        lambda b: retagged(b.mp3, other_title_of_a_chapter),
        "chapters",
        "number 2 .* renamed",
    ),
    "a chapter less": (lambda b: retagged(b.mp3, one_chapter_less), "chapters", "2, and .* with 3"),
    "another title": (lambda b: retagged(b.mp3, other_title), "tags", "title or comment"),
    "no comment on what was changed": (lambda b: retagged(b.mp3, no_comment), "tags", "comment"),
    "another length in the tag": (lambda b: retagged(b.mp3, other_length), "tags", "20:00"),
    "no tags": (lambda b: retagged(b.mp3, lambda t: t.clear()), "plan", "carries no plan"),
    "no plan": (
        lambda b: retagged(b.mp3, lambda t: t.delall(f"PRIV:{OWNER}")),
        "plan",
        "carries no plan|damaged",
    ),
    "a damaged plan": (
        lambda b: replanned(b.mp3, lambda p: p[:900] + bytes([p[900] ^ 1]) + p[901:]),
        "plan",
        "it is damaged",
    ),
    "a plan of another version": (
        lambda b: replanned(b.mp3, lambda p: b"acp0" + p[4:]),
        "plan",
        "of another version; verify it with the audiocoach that made it",
    ),
    "half a plan": (lambda b: replanned(b.mp3, lambda p: p[: len(p) // 2]), "plan", "damaged"),
    "something else as plan": (
        lambda b: replanned(b.mp3, lambda p: b"x" * 99),
        "plan",
        "not a plan",
    ),
}


@pytest.mark.parametrize("fault", FILES)
def test_what_becomes_of_a_file_is_found(fault: str, built: Built, tmp_path: Path) -> None:
    make, what, detail = FILES[fault]
    made = make(built)
    report = verified(made(tmp_path) if callable(made) else made, tmp_path / "x.mp3")
    told = [each.detail for each in bad(report) if each.what == what]
    assert told, bad(report)
    assert any(re.search(detail, each) for each in told), told


# -- the sound ---------------------------------------------------------------------------


def doubled(built: Built) -> Pcm:
    """A cue is said once more in the silence after it."""
    cue, pcm = lonely(built), built.pcm.copy()
    start = cue.stop + 100 * MS
    length = min(cue.stop - cue.start, 400 * MS)
    pcm[start : start + length] += pcm[cue.start : cue.start + length]
    return pcm


def replaced(built: Built) -> Pcm:
    """Another word is said in the place of one."""
    one, other = unlike(built)
    pcm = silenced(built.pcm, one)
    pcm[one.start : one.start + other.stop - other.start] = built.pcm[other]
    return pcm


def backwards(built: Built) -> Pcm:
    cue, pcm = longest(built), built.pcm.copy()
    pcm[cue.start : cue.end] = pcm[cue.start : cue.end][::-1]
    return pcm


def dropped(built: Built) -> Pcm:
    """Where a sentence is said, not in a pause of it."""
    cue, length = longest(built), 600 * MS
    loud = np.cumsum(np.abs(built.pcm[cue.start : cue.end].astype(np.int64)))
    start = cue.start + int(np.argmax(loud[length:] - loud[:-length]))
    return silenced(built.pcm, slice(start, start + length))


def hum(built: Built) -> Pcm:
    pcm = built.pcm
    wave = 60 * np.sin(np.arange(len(pcm)) * 2 * np.pi * 50 / 48_000)
    return np.asarray(np.clip(pcm + wave, -32768, 32767), np.int16)


SOUNDS: Final[dict[str, tuple[Callable[[Built], Pcm], set[str], str]]] = {
    "all 20 ms late": (
        lambda b: inserted(b.pcm, 0, np.zeros(20 * MS, np.int16)),
        {"place"},
        "cues come 0.020 s late",
    ),
    "all 20 ms early": (
        lambda b: np.concatenate([b.pcm[20 * MS :], np.zeros(20 * MS, np.int16)]),
        {"place"},
        "cues come 0.020 s early",
    ),
    "a cue 15 ms late": (lambda b: moved(b.pcm, lonely(b), 15), {"onset"}, "0.01[4-6] s late"),
    "a cue 15 ms early": (lambda b: moved(b.pcm, lonely(b), -15), {"onset"}, "0.01[4-6] s early"),
    "a cue 400 ms late": (lambda b: moved(b.pcm, lonely(b), 400), {"onset"}, "0.(399|400|401) s"),
    "a cue missing": (lambda b: silenced(b.pcm, lonely(b)), {"sound"}, "is not heard"),
    "two cues swapped": (
        lambda b: swapped(b.pcm, *unlike(b)),
        {"sound"},
        "is another sound: what belongs at",
    ),
    "another word in place of one": (replaced, {"sound"}, "is another sound: what belongs at"),
    "a cue twice": (doubled, {"silence"}, "where there should be silence, is a sound of 0.[2-5]"),
    "noise in a silence": (
        lambda b: with_noise(b.pcm, slice(between(b, 600) + 9600, between(b, 600) + 14400), -50),
        {"silence"},
        "a sound of 0.1. s at -4. dBFS",
    ),
    "a click in a silence": (
        lambda b: clicked(b.pcm, between(b, 600) + 9600),
        {"silence"},
        "a sound of 0.00 s",
    ),
    "a hum under all of it": (hum, {"silence"}, "where there should be silence"),
    "3 dB louder": (
        lambda b: louder(b.pcm, slice(0, None), 3),
        {"gain", "peak"},
        "(2.9|3.0) dB louder",
    ),
    "3 dB quieter": (lambda b: louder(b.pcm, slice(0, None), -3), {"gain"}, "3.[01] dB quieter"),
    "1 dB quieter": (lambda b: louder(b.pcm, slice(0, None), -1), {"gain"}, "1.[01] dB quieter"),
    "a cue 3 dB louder": (lambda b: louder(b.pcm, lonely(b), 3), {"level"}, "[23].. dB too loud"),
    "a cue 3 dB quieter": (
        lambda b: louder(b.pcm, lonely(b), -3),
        {"level"},
        "[23].. dB too quiet",
    ),
    "clipped": (
        lambda b: louder(b.pcm, slice(0, None), 12),
        {"gain", "peak", "loudness"},
        "true peak",
    ),
    "a sample less at the front": (lambda b: b.pcm[1:], {"length"}, "1 samples .* are missing$"),
    "5 ms less at the front": (lambda b: b.pcm[240:], {"length"}, "240 samples .* at the front$"),
    "a sample less at the end": (lambda b: b.pcm[:-1], {"length"}, "1 samples .* are missing"),
    "5 ms less at the end": (lambda b: b.pcm[:-240], {"length"}, "240 samples .* at the end$"),
    "half a second more at the end": (
        lambda b: np.concatenate([b.pcm, np.zeros(24_000, np.int16)]),
        {"length"},
        "24000 samples .* too long",
    ),
    "a second less in a pause": (
        lambda b: cut(b.pcm, between(b, 1200) + 4800, 48_000),
        {"length", "place"},
        "48000 samples .* are missing: it was cut between",
    ),
    "half a second more in a pause": (
        lambda b: inserted(b.pcm, between(b, 600) + 4800, np.zeros(24_000, np.int16)),
        {"place"},
        "0.500 s late",
    ),
    "a sentence backwards": (backwards, {"sound"}, "does not sound as it was made|another sound"),
    "a drop-out in a sentence": (dropped, {"sound"}, "does not sound as it was made"),
    "2 % faster": (lambda b: faster(b.pcm, 1.02), {"length", "place"}, "samples .* are missing"),
    "silence": (lambda b: np.zeros_like(b.pcm), {"sound", "gain", "loudness"}, "is not heard"),
}


ALONE: Final = {
    *("a cue 15 ms late", "a cue 15 ms early", "a cue 400 ms late", "a cue missing"),
    *("noise in a silence", "a click in a silence", "1 dB quieter", "a cue twice"),
    *("a cue 3 dB quieter", "a sample less at the front", "all 20 ms late"),
    *("5 ms less at the front", "a sample less at the end", "5 ms less at the end"),
    *("half a second more at the end", "half a second more in a pause", "a drop-out in a sentence"),
    *("two cues swapped", "another word in place of one", "a second less in a pause"),
}
"""With these nothing else is said to be wrong."""


@pytest.mark.parametrize("fault", SOUNDS)
def test_what_becomes_of_the_sound_is_found(fault: str, built: Built, tmp_path: Path) -> None:
    make, whats, detail = SOUNDS[fault]
    report = verified(built.with_sound(make(built)), tmp_path / "x.wav")
    found = {each.what for each in bad(report)}
    assert found == whats if fault in ALONE else found >= whats, bad(report)
    told = [each.detail for each in bad(report)]
    assert any(re.search(detail, each) for each in told), told
    assert all(each.remedy for each in bad(report))


@pytest.mark.parametrize(("rate", "channels"), [(44_100, 1), (48_000, 2)])
def test_another_rate_and_more_channels(
    rate: int, channels: int, built: Built, tmp_path: Path
) -> None:
    import soxr

    pcm = np.asarray(soxr.resample(built.pcm, 48_000, rate), np.int16)
    content = built.with_sound(np.repeat(pcm, channels), rate=rate, channels=channels)
    report = verified(content, tmp_path / "x.wav")
    assert [each.what for each in bad(report)] == ["encoding"]
    assert "re-encoded" in bad(report)[0].detail


# -- the routine -------------------------------------------------------------------------


def test_another_routine_settings_or_length(built: Built, tmp_path: Path) -> None:
    path = tmp_path / "x.mp3"

    def told(source: str, options: Options) -> str:
        report = verified(built.mp3, path, source, options)
        assert [each.what for each in bad(report)] == ["routine"]
        assert "flags it was built with" in bad(report)[0].remedy
        return bad(report)[0].detail

    assert "now another session: the file says" in told("foot-care", OPTIONS)
    assert "now another session" in told("foot-relief", OPTIONS.but(pace="slow"))
    assert "now another session" in told("foot-relief", Options(voice="espeak"))
    assert "now another session" in told("foot-relief", OPTIONS.but(duration="3:20"))


def test_a_routine_that_was_changed_by_a_word(built: Built, tmp_path: Path) -> None:
    from audiocoach.routine.load import bundled_text

    mine = tmp_path / "mine.yaml"
    text = bundled_text("foot-relief")
    mine.write_text(text, encoding="utf-8")
    assert not bad(verified(built.mp3, tmp_path / "x.mp3", mine, OPTIONS))
    mine.write_text("# A comment\n\n" + text, encoding="utf-8")
    assert not bad(verified(built.mp3, tmp_path / "x.mp3", mine, OPTIONS))
    assert text.count("Grip") >= 1
    mine.write_text(text.replace("Grip", "Clutch"), encoding="utf-8")
    (found,) = bad(verified(built.mp3, tmp_path / "x.mp3", mine, OPTIONS))
    assert "the file says" in found.detail
    assert "Clutch" in found.detail
