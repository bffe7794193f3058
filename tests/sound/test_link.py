from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from fastcrc import crc16
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory_cache import MemoryCache
from numpy.typing import NDArray
from strategies import examples

from audiocoach.sound.link import Layout, ObjectCache, Progress, Track, group, lay, uncut
from audiocoach.sound.mix import SamplesOf
from audiocoach.sound.mp3 import FRAME_BYTES, SILENT_FRAME, USUAL, Coding, frames_until
from audiocoach.timeline.script import FRAME_SAMPLES, Cue, CueKind, Sound, Utterance
from audiocoach.timeline.timeline import Fit, PlacedCue, Timeline

Decoder = Callable[[bytes], NDArray[np.float32]]

REACH = 1152 + 511
"""Samples to either side of a sound in which its coding noise may be heard: what one
granule spans (ISO/IEC 11172-3: MDCT of 36 slots of 32 samples, polyphase window of 512)."""


def key_of(sound: Sound) -> str:
    assert isinstance(sound, Utterance)
    return sound.text


def samples_of(sound: Sound) -> NDArray[np.int16]:
    """Noise told apart by its seed, full-scale from its first to its last sample."""
    length, seed = map(int, key_of(sound).split())
    return np.random.default_rng(seed).integers(-9000, 9000, length).astype(np.int16)


def never(sound: Sound) -> NDArray[np.int16]:
    raise AssertionError(f"the samples of {sound} are not needed")


def placed(start: int, length: int, seed: int = 0) -> PlacedCue:
    sound = Utterance(f"{length} {seed}", "en")
    return PlacedCue(start, length, sound, Cue(sound, CueKind.COUNT))


def timeline(cues: list[PlacedCue], total: int) -> Timeline:
    return Timeline("Test", "en", tuple(cues), (), (), total, Fit(0, 0, 0, 0))


def link(  # noqa: PLR0913 - what may be handed in
    session: Timeline,
    samples: SamplesOf,
    cache: ObjectCache,
    progress: Progress | None = None,
    *,
    start: int = 0,
    coding: Coding = USUAL,
) -> Track:
    return lay(session, key_of, start=start, coding=coding).linked(samples, cache, progress)


def linked(cues: list[PlacedCue], total: int) -> Track:
    return link(timeline(cues, total), samples_of, MemoryCache())


def written(track: Track) -> bytes:
    return b"".join(track)


def reference(cues: list[PlacedCue], total: int) -> NDArray[np.float32]:
    pcm = np.zeros(total, np.float32)
    for cue in cues:
        pcm[cue.start : cue.end] = samples_of(cue.sound) / np.float32(32768)
    return pcm


def lag(decoded: NDArray[np.float32], sound: NDArray[np.float32], start: int) -> int:
    """By how many samples the sound comes later than `start`, by cross-correlation."""
    span = 64
    padded = np.pad(decoded, span)
    window = padded[start : start + len(sound) + 2 * span]
    return int(np.argmax(np.correlate(window, sound, "valid"))) - span


@st.composite
def timelines(draw: st.DrawFn) -> tuple[list[PlacedCue], int]:
    """Cues with gaps of all sizes, those about which frames touch above all."""
    edges = st.sampled_from([0, 1, 1151, 1152, 1153, 2257, 3408, 3409, 4608])
    gaps = edges | st.integers(0, 3 * FRAME_SAMPLES) | st.integers(0, 20_000)
    lengths = st.sampled_from([1, 47, 1152, 2304]) | st.integers(1, 6000)
    at, cues = 0, []
    for seed in range(draw(st.integers(1, 8))):
        start = at + draw(gaps)
        cues.append(placed(start, draw(lengths), seed))
        at = cues[-1].end
    return cues, at + draw(gaps)


@settings(max_examples=examples(200), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=timelines())
def test_any_timeline(decode: Decoder, case: tuple[list[PlacedCue], int]) -> None:
    cues, total = case
    track = linked(cues, total)
    mp3 = written(track)
    decoded = decode(mp3)

    assert len(mp3) == track.size == (1 + frames_until(total)) * FRAME_BYTES
    assert len(decoded) == total
    assert _music_crc_field(mp3) == crc16.arc(mp3[FRAME_BYTES:]) == track.music_crc

    near = np.zeros(total + 2 * REACH, bool)
    for cue in cues:
        near[cue.start : cue.end + 2 * REACH] = True
        if cue.length >= 500:
            assert lag(decoded, samples_of(cue.sound).astype(np.float32), cue.start) == 0
    assert not decoded[~near[REACH : REACH + total]].any()


def _music_crc_field(mp3: bytes) -> int:
    at = 4 + 17 + 16 + 32
    return int.from_bytes(mp3[at : at + 2], "big")


@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=timelines())
def test_regions_do_not_disturb_each_other(
    decode: Decoder, case: tuple[list[PlacedCue], int]
) -> None:
    """The whole sounds like the sum of its regions, each linked alone into silence."""
    cues, total = case
    together = decode(written(linked(cues, total)))
    alone = [decode(written(linked(list(region.cues), total))) for region in group(cues, total)]
    np.testing.assert_allclose(together, np.sum(alone, axis=0), atol=1e-6)


@given(case=timelines())
def test_frames_of_regions_never_overlap(case: tuple[list[PlacedCue], int]) -> None:
    cues, total = case
    regions = group(cues, total)
    assert [cue for region in regions for cue in region.cues] == cues
    at = 0
    for region in regions:
        assert region.first_frame >= at
        assert region.first_frame * FRAME_SAMPLES + region.phase == region.start
        at = region.first_frame + region.frames
    assert at <= frames_until(total)


def assert_same(one: NDArray[np.float32], other: NDArray[np.float32]) -> None:
    """To the sample, and to a hundredth of a step of 16 bits: mpg123 adds in another order."""
    np.testing.assert_allclose(one, other, rtol=0, atol=3e-7)


@settings(max_examples=examples(50), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=timelines())
def test_a_session_from_a_region_on_is_the_tail_of_the_whole(
    decode: Decoder, case: tuple[list[PlacedCue], int]
) -> None:
    cues, total = case
    cache = MemoryCache()
    whole = decode(written(link(timeline(cues, total), samples_of, cache)))
    for region in group(cues, total):
        # Nothing is encoded anew: the objects of the whole are those of its tail.
        tail = link(timeline(cues, total), never, cache, start=region.start)
        assert_same(decode(written(tail)), whole[region.start :])


SESSION = [placed(0, 4800, 1), placed(20_000, 9600, 2)]
SESSION += [placed(48_000 * second, 12_000, 3) for second in range(2, 9)]
SESSION += [placed(48_000 * 9, 700, 4), placed(48_000 * 9 + 700, 2000, 5)]
SESSION += [placed(48_000 * 10 - 1000, 1000, 6)]
SESSION_TOTAL = 48_000 * 10


def test_every_decoder_hears_each_cue_on_its_sample(any_decoder: Decoder) -> None:
    decoded = any_decoder(written(linked(SESSION, SESSION_TOTAL)))
    assert len(decoded) == SESSION_TOTAL
    for cue in SESSION:
        assert lag(decoded, samples_of(cue.sound).astype(np.float32), cue.start) == 0


def test_every_decoder_hears_a_tail_from_its_first_sample(any_decoder: Decoder) -> None:
    total = 10 * 48_000
    whole = any_decoder(written(linked(SESSION, total)))
    for start in (20_000, 3 * 48_000, 3 * 48_000 + 20_000):
        tail = link(timeline(SESSION, total), samples_of, MemoryCache(), start=start)
        assert_same(any_decoder(written(tail)), whole[start:])


def test_a_tail_begins_only_where_it_loses_no_frame_of_a_region(decode: Decoder) -> None:
    total = 10 * 48_000
    whole = decode(written(linked(SESSION, total)))
    places = range(0, total, 3_000)
    exact = uncut(timeline(SESSION, total), places)
    assert not any(cue.start < at < cue.end for cue in SESSION for at in exact)
    assert len(exact) > len(places) // 2
    for at in exact:
        tail = link(timeline(SESSION, total), samples_of, MemoryCache(), start=at)
        assert_same(decode(written(tail)), whole[at:])


@given(st.integers(0, 2_500_000), st.integers(0, 1_500_000))
def test_a_stretch_of_a_track_is_those_bytes_of_it(start: int, size: int) -> None:
    track = linked(SESSION, 200 * 48_000)
    audio = written(track)[len(track.info) :]
    assert b"".join(track.stretch(start, start + size)) == audio[start : start + size]


def test_a_linked_session_is_as_good_as_one_stream(decode: Decoder) -> None:
    """Splicing costs no quality: nothing is lost at the edges of regions."""
    length = 30_000
    tones = 6000 * np.sin(np.arange(length) * 2 * np.pi * np.array([[220.0], [660.0]]) / 48_000)
    pcm = tones.sum(axis=0).astype(np.int16)
    sound = Utterance("tones", "en")
    cues = [PlacedCue(at, length, sound, Cue(sound, CueKind.COUNT)) for at in (0, 50_001, 120_000)]
    total = 150_000
    track = link(timeline(cues, total), lambda _: pcm, MemoryCache())
    expected = np.zeros(total, np.float32)
    for cue in cues:
        expected[cue.start : cue.end] = pcm / 32768
    error = decode(written(track)) - expected
    assert 10 * np.log10(np.sum(expected**2) / np.sum(error**2)) > 20


def test_equal_regions_share_an_object() -> None:
    cache = MemoryCache()
    cues = [placed(48_000 * second, 12_000) for second in range(60)]
    link(timeline(cues, 60 * 48_000), samples_of, cache)
    assert len(cache.objects) == 3  # a whole second falls on three phases of the frame grid


def test_an_object_serves_another_session() -> None:
    cache = MemoryCache()
    link(timeline([placed(1000, 5000)], 10_000), samples_of, cache)
    later = 1000 + 300 * FRAME_SAMPLES
    track = link(timeline([placed(later, 5000)], later + 5000), never, cache)
    assert track.pieces[0][0] == 300


def test_relinking_gives_the_same_bytes_and_reads_no_samples() -> None:
    cache = MemoryCache()
    session = timeline(SESSION, SESSION_TOTAL)
    cold = written(link(session, samples_of, cache))
    assert written(link(session, never, cache)) == cold
    assert written(linked(SESSION, SESSION_TOTAL)) == cold


def test_what_is_in_the_key() -> None:
    base = [placed(1000, 5000, 1), placed(6100, 500, 2)]
    others = [
        [placed(1000 + FRAME_SAMPLES + 1, 5000, 1), placed(6101 + FRAME_SAMPLES, 500, 2)],
        [placed(1000, 5000, 1), placed(6101, 500, 2)],
        [placed(1000, 5000, 3), placed(6100, 500, 2)],
        [placed(1000, 5000, 1)],
    ]
    keys = set()
    for cues in [base, *others]:
        [region] = group(cues, 100_000)
        keys.add(region.key({cue.sound: key_of(cue.sound) for cue in cues}))
    assert len(keys) == 5


@pytest.mark.parametrize("damage", [lambda _: b"", lambda kept: kept[:-1], lambda kept: kept * 2])
def test_a_damaged_object_is_encoded_again(damage: Callable[[bytes], bytes]) -> None:
    cache = MemoryCache()
    session = timeline(SESSION, SESSION_TOTAL)
    good = written(link(session, samples_of, cache))
    cache.objects = {name: damage(kept) for name, kept in cache.objects.items()}
    assert written(link(session, samples_of, cache)) == good
    assert written(link(session, never, cache)) == good


def test_progress_counts_what_is_encoded() -> None:
    cache = MemoryCache()
    told: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> None:
        told.append((done, of))

    session = timeline(SESSION, SESSION_TOTAL)
    link(session, samples_of, cache, progress)
    encoded = len(cache.objects)
    assert told == [(done, encoded) for done in range(1, encoded + 1)]
    told.clear()
    link(session, never, cache, progress)
    assert told == []


def test_a_session_without_a_sound(any_decoder: Decoder) -> None:
    decoded = any_decoder(written(linked([], 48_000)))
    assert len(decoded) == 48_000
    assert not decoded.any()


def test_long_silence_comes_in_bounded_chunks() -> None:
    hours = 48_000 * 3600 * 5
    track = linked([placed(0, 5000), placed(hours - 5000, 5000)], hours)
    sizes = [len(chunk) for chunk in track]
    assert sum(sizes) == track.size
    assert max(sizes) <= 1 << 20
    assert list(track)[2] == SILENT_FRAME * (sizes[2] // FRAME_BYTES)


@pytest.mark.parametrize(
    ("cues", "total"),
    [
        ([placed(5000, 5001)], 10_000),
        ([placed(0, 100), placed(99, 100)], 10_000),
        ([placed(500, 100), placed(0, 100)], 10_000),
        ([placed(-1, 100)], 10_000),
        ([placed(10, 0)], 10_000),
    ],
    ids=["past the end", "overlapping", "out of order", "before the start", "empty"],
)
def test_a_timeline_that_cannot_be(cues: list[PlacedCue], total: int) -> None:
    with pytest.raises(ValueError, match="must follow"):
        linked(cues, total)


def test_samples_of_another_length_than_placed() -> None:
    wrong: Callable[[Sound], NDArray[np.int16]] = lambda _: np.zeros(99, np.int16)  # noqa: E731
    with pytest.raises(ValueError, match="99 samples, not 100"):
        link(timeline([placed(0, 100)], 1000), wrong, MemoryCache())


def test_a_failing_voice_keeps_what_was_encoded() -> None:
    cache = MemoryCache()
    cues = [placed(20_000 * n, 5000, n) for n in range(12)]

    def fails_late(sound: Sound) -> NDArray[np.int16]:
        if sound == cues[10].sound:
            raise OSError("gone")
        return samples_of(sound)

    with pytest.raises(OSError, match="gone"):
        link(timeline(cues, 300_000), fails_late, cache)
    assert cache.objects


CODINGS = [Coding(64), Coding(128, 2), Coding(320, 2), Coding(48, 2, awake=True)]


@pytest.mark.parametrize("coding", CODINGS, ids=str)
def test_a_track_of_any_coding(tmp_path: Path, coding: Coding) -> None:
    file, cache = tmp_path / "x.mp3", MemoryCache()
    tracks = [
        link(timeline(SESSION, SESSION_TOTAL), samples, cache, coding=coding)
        for samples in (samples_of, never)
    ]
    assert written(tracks[0]) == written(tracks[1])
    file.write_bytes(written(tracks[0]))
    assert file.stat().st_size == tracks[0].size
    decoded, _ = soundfile.read(file, dtype="float32", always_2d=True)
    assert decoded.shape == (SESSION_TOTAL, coding.channels)
    assert np.array_equal(decoded[:, 0], decoded[:, -1])
    for cue in SESSION:
        sound = samples_of(cue.sound).astype(np.float32)
        assert lag(decoded[:, 0], sound, cue.start) == 0


@pytest.mark.parametrize("start", [0, SESSION[1].start], ids=["whole", "end"])
@pytest.mark.parametrize("coding", [Coding(), *CODINGS], ids=str)
def test_a_layout_tells_the_size_before_anything_is_encoded(coding: Coding, start: int) -> None:
    session = timeline(SESSION, SESSION_TOTAL)
    layout = lay(session, key_of, start=start, coding=coding)
    track = layout.linked(samples_of, MemoryCache())
    assert layout.size == track.size == len(written(track))


def test_other_bytes_have_another_key() -> None:
    cue, last = placed(5_000, 30_000), placed(200_000, 30_000)
    one, total = [cue, last], 300_000
    others: list[Layout] = [
        lay(timeline(one, total + 48), key_of),
        lay(timeline([cue, placed(200_001, 30_000)], total), key_of),
        lay(timeline([cue, placed(200_000 + FRAME_SAMPLES, 30_000)], total), key_of),
        lay(timeline([cue, placed(200_000, 30_000, seed=1)], total), key_of),
        lay(timeline([cue], total), key_of),
        lay(timeline(one, total), key_of, start=200_000),
        *(lay(timeline(one, total), key_of, coding=coding) for coding in CODINGS),
        lay(timeline(one, total), key_of, coding=Coding(awake=True)),
    ]
    first = lay(timeline(one, total), key_of)
    assert lay(timeline(list(one), total), key_of).key == first.key
    assert len({first.key, *(each.key for each in others)}) == 1 + len(others)


def test_a_hum_is_in_every_gap_and_the_objects_are_the_same() -> None:
    cache, awake = MemoryCache(), Coding(awake=True)
    whole = timeline(SESSION, SESSION[-1].end + 48_000)
    first = link(whole, samples_of, cache)
    track = link(whole, never, cache, coding=awake)
    assert track.pieces == first.pieces
    decoded, _ = soundfile.read(io.BytesIO(written(track)), dtype="float32")
    loud = np.flatnonzero(np.abs(decoded) > 1e-4)
    assert np.diff(loud).max() < 4 * FRAME_SAMPLES  # around a region there is less of it
    end = SESSION[-1].end + 4 * FRAME_SAMPLES
    assert np.abs(decoded[end:]).max() == pytest.approx(10 ** (-54 / 20), rel=0.05)
    # It is let go as smoothly as frames are, over half a frame: no click.
    after = decoded[SESSION[-1].end + 2 * REACH : end]
    assert np.abs(np.diff(after, 2)).max() < 10 ** (-54 / 20) / 100


WARM = """
import sys
from audiocoach.sound import chime, link, mp3
from audiocoach.timeline.script import Chime, Cue, CueKind
from audiocoach.timeline.timeline import Fit, PlacedCue, Timeline

class Full:
    def payloads(self, kind, keys):
        frames = mp3.SILENT_FRAME * mp3.frames_until(chime.length(Chime.START))
        return dict.fromkeys(keys, frames)
    def put(self, kind, key, payload):
        raise AssertionError

length = chime.length(Chime.START)
cue = PlacedCue(0, length, Chime.START, Cue(Chime.START, CueKind.CHIME))
timeline = Timeline("", "en", (cue,), (), (), 480_000, Fit(0, 0, 0, 0))
track = link.lay(timeline, chime.identity).linked(None, Full())
assert sum(map(len, track)) == track.size
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_a_warm_link_imports_no_audio_library() -> None:
    done = subprocess.run([sys.executable, "-c", WARM], capture_output=True, text=True, check=True)
    heavy = {"numpy", "soxr", "lameenc", "pydub", "concurrent"}
    assert not heavy & set(done.stdout.split())


def test_a_track_can_be_written_twice() -> None:
    track = linked(SESSION, SESSION_TOTAL)
    chunks: Iterator[bytes] = iter(track)
    assert b"".join(chunks) == written(track)
