"""The two finished sessions, heard by someone who knows only the two source texts.

Nothing here imports audiocoach or reads its timeline, cue sheet or routines: the command
line builds an MP3, unrelated decoders make sound of it, and that sound is measured. What is
expected stands in `feet.py`, written down by hand, with the quotation it comes from.

Every check is a function from what was heard to a list of findings, so that the second half
of this file can spoil the sound and show that the check notices.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
import pytest
import soundfile
from ears import MS, RATE, SIDES, Ears, Pcm
from faults import inserted, moved, silence, silenced, span_of, swapped
from feet import (
    BEAT_CHECKS,
    PRESS_HOLD,
    SOURCES,
    WALK_CALLS,
    WALKS,
    Source,
    check_number_of_walks,
    check_rests,
    last_walk_over,
    score_of,
)
from hearing import build, chapter_frames, chapters_of
from mutagen.id3 import ID3
from mutagen.mp3 import MP3
from score import (
    EXACT,
    Finding,
    Heard,
    beat_errors,
    check_beats,
    check_chapters,
    check_endings,
    check_every_slot,
    check_no_other_count,
    check_nothing_extra,
    check_pulse,
    check_rhythms,
    check_same_sounds,
    check_silences,
    check_warnings,
    check_words,
    listen,
)

TWENTY_MINUTES = 57_600_000
"""Samples: both texts speak of 20 minutes, and 20:00 was asked for."""


def check_length(pcm: Pcm) -> list[Finding]:
    """Twenty minutes to the sample."""
    return [] if len(pcm) == TWENTY_MINUTES else [f"{len(pcm)} samples"]


# --- The two sessions -------------------------------------------------------------------------

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()


@dataclass(frozen=True)
class Session:
    """A built session."""

    source: Source
    file: Path
    pcm: Pcm
    chapters: list[float]
    ears: Ears

    def listen(self, pcm: Pcm | None = None, *, words: bool = False) -> Heard:
        heard_now = self.pcm if pcm is None else pcm
        return listen(heard_now, score_of(self.source), self.ears, words=words)


@pytest.fixture(scope="session")
def ears() -> Ears:
    return Ears()


@pytest.fixture(scope="session")
def build_once(
    tmp_path_factory: pytest.TempPathFactory, cache: Path, ears: Ears
) -> Callable[[str], Session]:
    """Build a session with the command line, as a user does, once."""
    folder = tmp_path_factory.mktemp("acceptance")
    built: dict[str, Session] = {}

    def built_once(name: str) -> Session:
        if name not in built:
            file = folder / f"{name}.mp3"
            build(cache, name, "-o", str(file))
            pcm, rate = soundfile.read(file, dtype="int16")
            assert (rate, pcm.ndim) == (RATE, 1)
            built[name] = Session(SOURCES[name], file, pcm, chapters_of(file), ears)
        return built[name]

    return built_once


@pytest.fixture(scope="session", params=sorted(SOURCES))
def session(request: pytest.FixtureRequest, build_once: Callable[[str], Session]) -> Session:
    return build_once(request.param)


@pytest.fixture(scope="session")
def heard(session: Session) -> Heard:
    """The session, heard without knowing a word."""
    return session.listen()


@pytest.fixture(scope="session")
def understood(session: Session, words: None) -> Heard:
    """The session, with what is said."""
    return session.listen(words=True)


@pytest.fixture(scope="session")
def words() -> None:
    pytest.importorskip(
        "pocketsphinx",
        reason="pocketsphinx has no wheel for Python 3.14, nor for Linux on ARM with 3.12: "
        "times are measured, but nobody checks which words are said",
    )


def decode_with_ffmpeg(file: Path) -> Pcm:
    command = [FFMPEG, "-v", "error", "-i", str(file), "-f", "s16le", "pipe:"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    return np.frombuffer(done.stdout, "<i2")


def decode_with_miniaudio(file: Path) -> Pcm:
    miniaudio = pytest.importorskip(
        "miniaudio", reason="miniaudio has no wheel for Linux on ARM: dr_mp3 is not tested there"
    )
    decoded = miniaudio.mp3_read_file_s16(str(file))
    assert (decoded.sample_rate, decoded.nchannels) == (RATE, 1)
    return np.frombuffer(decoded.samples, "<i2")


def test_it_is_twenty_minutes_long_to_the_sample(session: Session) -> None:
    """libsndfile (mpg123) says so, and MP3's own header."""
    assert check_length(session.pcm) == []
    info: Any = MP3(session.file).info
    assert info.length == pytest.approx(1200.0, abs=0.0005)


@pytest.mark.parametrize("decode", [decode_with_ffmpeg, decode_with_miniaudio])
def test_unrelated_decoders_hear_the_same(session: Session, decode: Callable[[Path], Pcm]) -> None:
    """Nothing is longer, shorter or later in another decoder."""
    other = decode(session.file)
    assert check_length(other) == []
    part = slice(0, 120 * RATE)
    difference = session.pcm[part].astype(np.int32) - other[part]
    assert np.abs(difference).max() <= 8


def test_chapters_are_complete(session: Session) -> None:
    """The five exercises in the order of the text, a welcome and a close, without a hole."""
    tags = ID3(session.file)
    (contents,) = tags.getall("CTOC")
    frames = sorted(chapter_frames(session.file))
    assert len(frames) >= 7
    assert contents.child_element_ids == [name for _, _, name in frames]
    assert frames[0][0] == 0
    assert frames[-1][1] == 1_200_000
    assert all(one[1] == other[0] for one, other in pairwise(frames))
    titles = [str(tags[f"CHAP:{name}"].sub_frames["TIT2"]).lower() for _, _, name in frames]
    order = [part for title in titles for part in session.source.order if part in title]
    assert order == list(session.source.order)


def test_chapters_start_with_a_sound(session: Session, heard: Heard) -> None:
    assert check_chapters(heard, session.chapters) == []


def test_loudness(session: Session) -> None:
    """-19 LUFS, as spoken-word mono is delivered, and a true peak of -1 dBTP at most."""
    meter = ["-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    command = [FFMPEG, "-hide_banner", "-nostats", "-i", str(session.file), *meter]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    integrated = re.search(r"I:\s+(-?[\d.]+) LUFS", done.stderr)
    peak = re.search(r"Peak:\s+(-?[\d.]+) dBFS", done.stderr)
    assert integrated is not None
    assert peak is not None
    assert float(integrated[1]) == pytest.approx(-19.0, abs=1.5)
    assert float(peak[1]) <= -1.0


SOUND_CHECKS = (check_silences, check_endings)


@pytest.mark.parametrize("check", [*BEAT_CHECKS, check_pulse, *SOUND_CHECKS])
def test_the_prescription_is_heard(heard: Heard, check: Callable[[Heard], list[Finding]]) -> None:
    """Without knowing a word: by times, and by which sounds are the same."""
    assert check(heard) == []


@pytest.mark.parametrize("check", [*BEAT_CHECKS, check_words, check_warnings])
def test_the_prescription_is_understood(
    understood: Heard, check: Callable[[Heard], list[Finding]]
) -> None:
    """With the words."""
    assert check(understood) == []


def test_rests(session: Session, heard: Heard) -> None:
    assert check_rests(heard, session.source, session.chapters) == []


def test_rests_are_as_long_as_said(session: Session, understood: Heard) -> None:
    assert check_rests(understood, session.source, session.chapters) == []
    spoken = [understood.filled[slot] for _, slot, _ in understood.score.rests]
    assert len(spoken) == WALKS - 1
    assert None not in spoken


# --- What the checks notice -------------------------------------------------------------------


@pytest.fixture(scope="session")
def relief(build_once: Callable[[str], Session]) -> Session:
    return build_once("foot-relief")


@pytest.fixture(scope="session")
def truth(relief: Session) -> Heard:
    """Where things are in foot-relief before it is spoiled."""
    return relief.listen()


def slot_of(heard: Heard, name: str, number: int) -> int:
    """A slot of a measure or a block of circles."""
    for measure in heard.score.measures:
        if measure.name == name:
            return measure.beats[number][0]
    (rhythm,) = (each for each in heard.score.rhythms if each.name == name)
    return rhythm.slots[number]


# Words that are often heard: of two that are alone with their wording, nobody could tell which.
BESIDE = (
    ("press: count-in", 1),
    ("press: hold 4", 2),
    ("press: hold 10", 3),
    ("walk: count-in", 2),
    ("walk: bout 3", 3),
    ("walk: bout 6", 2),
    ("flexion: hold 7", 4),
    ("pickup: left 5", 3),
)


@pytest.mark.parametrize("ms", [-30, 30])
def test_counts_beside_their_beats_are_noticed(relief: Session, truth: Heard, ms: int) -> None:
    """All of them, and nothing else."""
    pcm, slots = relief.pcm, [slot_of(truth, name, number) for name, number in BESIDE]
    for slot in slots:
        pcm = moved(pcm, span_of(truth, slot), ms)
    heard = relief.listen(pcm)
    found = [
        (name, slot, round(error * 100))
        for name, slot, _, error in beat_errors(heard)
        if abs(error) > EXACT
    ]
    assert found == [(name, slot, ms // 10) for (name, _), slot in zip(BESIDE, slots, strict=True)]
    assert len(check_beats(heard)) == len(BESIDE)


@pytest.mark.parametrize("ms", [-30, 30])
def test_a_circle_beside_its_beat_is_noticed(relief: Session, truth: Heard, ms: int) -> None:
    span = span_of(truth, slot_of(truth, "circles: block 3", 6))
    (finding,) = check_rhythms(relief.listen(moved(relief.pcm, span, ms)))
    error = re.fullmatch(r"circles: block 3: count 6 ([+-]\d+) ms at .*", finding)
    assert error is not None
    assert abs(int(error[1]) - ms) <= 1000 * EXACT


def test_a_word_that_is_always_beside_its_beat_is_noticed(relief: Session, truth: Heard) -> None:
    """All counts are regular, but one number comes as much too soon as with its onset on time."""
    pcm = relief.pcm
    for slot in (n for n, each in enumerate(truth.score.slots) if each.word == "four"):
        pcm = moved(pcm, span_of(truth, slot), -60)
    heard = relief.listen(pcm)
    assert check_beats(heard) == []
    assert check_pulse(truth) == []
    assert "“four 0”" in {finding.split(" is ")[0] for finding in check_pulse(heard)}


def test_a_missing_word_is_noticed(relief: Session, truth: Heard) -> None:
    span = span_of(truth, slot_of(truth, "flexion: hold 2", 3))
    (finding,) = check_every_slot(relief.listen(silenced(relief.pcm, span)))
    assert finding.startswith("flexion: no “four”")


def test_swapped_words_are_noticed_by_their_sound(relief: Session, truth: Heard) -> None:
    spoiled = relief.listen(_two_and_four_swapped(relief.pcm, truth))
    assert len(check_same_sounds(spoiled)) == 2


def test_swapped_words_are_understood(relief: Session, truth: Heard, words: None) -> None:
    spoiled = relief.listen(_two_and_four_swapped(relief.pcm, truth), words=True)
    (finding,) = check_words(spoiled)
    assert finding.startswith("“four” and “two” changed places")


def _two_and_four_swapped(pcm: Pcm, truth: Heard) -> Pcm:
    two, four = (span_of(truth, slot_of(truth, "flexion: hold 5", n)) for n in (1, 3))
    return swapped(pcm, two, four)


def test_swapped_sides_are_noticed(relief: Session, words: None) -> None:
    truth = relief.listen(words=True)
    right, left = (
        next(slot for word, slot in truth.score.warnings if word == side) for side in SIDES
    )
    spoiled = swapped(relief.pcm, span_of(truth, right), span_of(truth, left))
    found = check_warnings(relief.listen(spoiled, words=True))
    assert len([finding for finding in found if finding.startswith("circles")]) == 2


def test_a_longer_hold_is_noticed(relief: Session, truth: Heard) -> None:
    at = span_of(truth, slot_of(truth, "press: hold 6", 3)).start
    found = check_beats(relief.listen(inserted(relief.pcm, at, silence(50))))
    assert [finding.split(" at ")[0] for finding in found] == ["press: hold 6: “release” +50 ms"]


def test_a_longer_rest_is_noticed(relief: Session, truth: Heard) -> None:
    down, spoken, walk = truth.score.rests[2]
    start, end = truth.time(down), truth.time(walk)
    assert start is not None
    assert end is not None
    at = span_of(truth, spoken).start
    too_long = round(1000 * (relief.source.rest[1] + 0.5 - (end - start)))
    spoiled = inserted(relief.pcm, at, silence(too_long))
    (finding,) = check_rests(relief.listen(spoiled), relief.source, relief.chapters)
    assert finding.startswith("walk: a rest of 15.5")


def test_a_seventh_walk_is_noticed(relief: Session, truth: Heard) -> None:
    fifth, sixth = (span_of(truth, slot_of(truth, f"walk: bout {n}", 6 - 1)) for n in (5, 6))
    end = slot_of(truth, "walk: bout 6", len(WALK_CALLS))
    at = span_of(truth, end).start
    again = relief.pcm[at - (sixth.start - fifth.start) : at]
    spoiled = relief.listen(inserted(relief.pcm, at, again))
    assert check_number_of_walks(spoiled) == ["7 holds or walks of 20 s instead of 6"]


def test_a_missing_walk_is_noticed(relief: Session, truth: Heard) -> None:
    start, end = (
        span_of(truth, slot_of(truth, f"walk: bout {n}", len(WALK_CALLS) + 1)).start for n in (3, 4)
    )
    spoiled = relief.listen(np.delete(relief.pcm, slice(start, end)))
    assert check_number_of_walks(spoiled) == ["5 holds or walks of 20 s instead of 6"]


def test_one_repetition_more_is_noticed(relief: Session, truth: Heard) -> None:
    at, end = (span_of(truth, slot_of(truth, f"flexion: hold {n}", 0)).start for n in (8, 9))
    spoiled = relief.listen(inserted(relief.pcm, at, relief.pcm[at:end]))
    assert check_nothing_extra(spoiled) or check_no_other_count(spoiled)


def test_one_repetition_less_is_noticed(relief: Session, truth: Heard) -> None:
    at, end = (span_of(truth, slot_of(truth, f"press: hold {n}", 0)).start for n in (4, 5))
    spoiled = relief.listen(np.delete(relief.pcm, slice(at, end)))
    assert len(check_every_slot(spoiled)) >= PRESS_HOLD


def test_too_little_time_after_the_last_walk_is_noticed(relief: Session, truth: Heard) -> None:
    over = truth.time(last_walk_over(truth))
    assert over is not None
    chapters = [over + 9.5 if start > over else start for start in relief.chapters]
    (finding,) = check_rests(truth, relief.source, chapters)
    assert finding.startswith("walk: only 9.500 s")


def test_a_hundred_samples_more_are_noticed(relief: Session) -> None:
    assert check_length(np.append(relief.pcm, np.zeros(100, np.int16))) == ["57600100 samples"]


def test_a_word_cut_off_is_noticed(relief: Session, truth: Heard) -> None:
    span = span_of(truth, slot_of(truth, "press: hold 4", 1))
    spoiled = silenced(relief.pcm, slice(span.start + 150 * MS, span.stop))
    (finding,) = check_endings(relief.listen(spoiled))
    assert finding.startswith("cut off at")


def test_a_hiss_is_noticed(relief: Session, truth: Heard) -> None:
    at = span_of(truth, slot_of(truth, "walk: bout 1", 0)).stop
    spoiled = relief.pcm.copy()
    spoiled[at + RATE : at + 2 * RATE : 3] = 8
    (finding,) = check_endings(relief.listen(spoiled))
    assert finding.startswith("no silence after")


def test_a_long_silence_is_noticed(relief: Session, truth: Heard) -> None:
    at = span_of(truth, slot_of(truth, "walk: bout 1", 0)).stop
    spoiled = silenced(relief.pcm, slice(at, at + 20 * RATE))
    assert len(check_silences(relief.listen(spoiled))) == 1


def test_a_chapter_beside_its_sound_is_noticed(relief: Session, truth: Heard) -> None:
    before = check_chapters(truth, relief.chapters)
    chapters = [relief.chapters[0], relief.chapters[1] + 0.03, *relief.chapters[2:]]
    assert len(check_chapters(truth, chapters)) == len(before) + 1
