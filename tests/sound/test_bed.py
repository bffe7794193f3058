"""A bed is as far under the voice as was asked, has no seam, and changes nothing else."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory_cache import MemoryCache
from numpy.typing import NDArray
from peaks import true_peak
from running import PATIENCE, ROOT, environment
from strategies import examples, sized

from audiocoach.decoding import samples
from audiocoach.errors import UsageError
from audiocoach.settings.table import Settings
from audiocoach.settings.values import Ambience
from audiocoach.sound import ambience, mix
from audiocoach.sound.bed import Bed, Held, Laid, Loop
from audiocoach.sound.beds import bed_of, check_bed
from audiocoach.sound.encode import Encoded
from audiocoach.sound.loudness import in_two_bytes
from audiocoach.sound.mp3 import USUAL, Coding
from audiocoach.sound.recording import _steady, recording
from audiocoach.store import DECODED
from audiocoach.timeline.script import Cue, CueKind, Sound, Utterance
from audiocoach.timeline.timeline import Fit, PlacedCue, Timeline

Pcm = NDArray[np.int16]
Decoder = Callable[[bytes], NDArray[np.float32]]
Meter = Callable[[NDArray[np.float32]], tuple[float, float]]
RATE = 48_000


class Speech:
    """Takes of sounds like speech: syllables of noise, with pauses between them."""

    def __init__(self, lengths: dict[Sound, int]) -> None:
        self.lengths = lengths

    def samples(self, sound: Sound) -> Pcm:
        assert isinstance(sound, Utterance)
        random = np.random.default_rng(int(sound.text))
        wave = random.normal(size=self.lengths[sound])
        wave = np.convolve(wave, np.ones(8) / 8, "same")  # the most of it below 3 kHz
        beat = np.sin(2 * np.pi * 4 * np.arange(len(wave)) / RATE) ** 2
        return np.asarray(wave * beat * random.uniform(9000, 16_000), np.int16)

    def loudness(self, sounds: Any) -> dict[Sound, float]:
        each = {sound: in_two_bytes(self.samples(sound)) for sound in sounds}
        return {sound: -int.from_bytes(two, "big") / 100 for sound, two in each.items()}


def session(places: list[tuple[int, int]], total: int) -> tuple[Timeline, Any]:
    """A session with sounds at (start, length), and their takes."""
    sounds: list[Sound] = [Utterance(str(seed), "en") for seed in range(len(places))]
    cues = tuple(
        PlacedCue(start, length, sound, Cue(sound, CueKind.COUNT))
        for (start, length), sound in zip(places, sounds, strict=True)
    )
    lengths = {sound: length for sound, (_, length) in zip(sounds, places, strict=True)}
    timeline = Timeline("Test", "en", cues, (), (), total, Fit(0, 0, 0, 0))
    return timeline, Speech(lengths)


TALK = [(RATE // 2, 3 * RATE), (5 * RATE, RATE // 2), (6 * RATE, RATE // 2), (20 * RATE, 4 * RATE)]
TOTAL = 40 * RATE + 123


@pytest.fixture(scope="module")
def made() -> dict[str, Pcm]:
    return {name: ambience.made(name) for name in Ambience}


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stereo file at another rate with a quiet and a loud part, shorter than the session."""
    at = np.arange(11 * 44_100) / 44_100
    chord = sum(np.sin(2 * np.pi * hertz * at) for hertz in (196.3, 246.9, 293.7)) / 3
    swell = np.where(at % 8 < 4, 0.08, 0.4)
    path = tmp_path_factory.mktemp("music") / "music.flac"
    soundfile.write(path, np.stack([chord * swell, chord * swell * 0.5], axis=1), 44_100)
    return path


def loop_of(path: Path, needed: int, cache: MemoryCache | None = None) -> Loop:
    return recording(path, cache or MemoryCache(), needed)  # type: ignore[arg-type]


class Forgetful(MemoryCache):
    """Keeps no sound that was decoded: as one that is full, or can't be written."""

    def put(self, kind: str, key: str, payload: bytes) -> None:
        if kind != DECODED:
            super().put(kind, key, payload)


@pytest.fixture(params=[MemoryCache, Forgetful])
def cache(request: pytest.FixtureRequest) -> MemoryCache:
    """One that keeps what was decoded, and one that doesn't."""
    return request.param()  # type: ignore[no-any-return]


def test_what_decodes_a_bed_ends_with_it(music: Path) -> None:
    """Not when a collector comes: at the end of the program none does, and soxr complains."""
    loop = loop_of(music, RATE * 60, Forgetful())
    loop.read(0, RATE)
    there = weakref.ref(loop.source)  # type: ignore[attr-defined]
    gc.disable()
    try:
        del loop
        assert there() is None
    finally:
        gc.enable()


def laid(bed: str | Path, level: int, made: dict[str, Pcm]) -> tuple[Timeline, Any, Laid]:
    timeline, takes = session(TALK, TOTAL)
    if isinstance(bed, Path):
        chosen = bed_of(Settings(bed=bed, bed_level=level), MemoryCache())  # type: ignore[arg-type]
    else:
        chosen = Bed(lambda _needed: Held(made[bed]), level, 14, str)
    assert chosen
    return timeline, takes, chosen.under(timeline, takes)


def lone(bed: Laid) -> NDArray[np.float32]:
    """The bed without the session."""
    sound = np.zeros(bed.total, np.float32)
    bed.put(sound, 0)
    return sound


def parts(timeline: Timeline, takes: Any, bed: Laid) -> tuple[Pcm, Pcm]:
    """The voice alone, and all of it together."""
    voice = np.concatenate(list(mix.chunks(timeline, takes.samples)))
    return voice, np.concatenate(list(mix.chunks(timeline, takes.samples, bed)))


def spoken(timeline: Timeline) -> NDArray[np.bool_]:
    there = np.zeros(timeline.total, bool)
    for cue in timeline.cues:
        there[cue.start : cue.end] = True
    return there


def full(pcm: Pcm) -> NDArray[np.float32]:
    return (pcm / 32768).astype(np.float32)


# How loud it is


@pytest.mark.parametrize("level", [15, 20, 32])
@pytest.mark.parametrize("name", [*Ambience, "music"])
def test_the_voice_is_as_far_above_it_as_was_asked(
    ebur128: Meter, made: dict[str, Pcm], music: Path, name: str, level: int
) -> None:
    """By ffmpeg's meter, over the times in which anything is said."""
    timeline, takes, bed = laid(music if name == "music" else name, level, made)
    alone, together = parts(timeline, takes, bed)
    said = spoken(timeline)
    voice, _ = ebur128(full(alone[said]))
    below, _ = ebur128(lone(bed)[said])
    assert level - 0.2 <= voice - below
    if name != "music":  # which keeps its distance in its loudest part too
        assert voice - below <= level + 1.5
    assert true_peak(full(together)) <= -1.0


def test_even_the_loudest_of_a_file_keeps_its_distance(
    ebur128: Meter, made: dict[str, Pcm], music: Path
) -> None:
    timeline, takes, bed = laid(music, 14, made)
    alone, _ = parts(timeline, takes, bed)
    voice, _ = ebur128(full(alone[spoken(timeline)]))
    under = lone(bed)
    for start in range(0, timeline.total - 3 * RATE, RATE):
        if spoken(timeline)[start : start + 3 * RATE].all():
            assert voice - ebur128(under[start : start + 3 * RATE])[0] >= 13.8


def test_it_comes_up_in_a_long_pause_and_is_down_before_the_next_word(
    made: dict[str, Pcm],
) -> None:
    timeline, _, bed = laid("rain", 20, made)
    gains = np.empty(timeline.total, np.float32)
    bed._put_gains(gains, 0)
    low = pytest.approx(bed.low)
    assert gains[3 * RATE : 6 * RATE] == low  # from count to count it stays down
    high = gains[10 * RATE : 19 * RATE]
    assert 20 * np.log10(high / gains[4 * RATE]) == pytest.approx(8.0, abs=1e-3)
    for cue in timeline.cues[1:]:
        assert gains[cue.start : cue.end] == low
    steps = np.abs(np.diff(20 * np.log10(gains[2 * RATE : 36 * RATE])))
    assert steps.max() < 8 / 20_000  # no faster than 8 dB in 0.4 s


def test_it_fades_in_and_out(made: dict[str, Pcm]) -> None:
    _, _, bed = laid("brook", 20, made)
    under = lone(bed)
    assert not under[0]
    assert np.abs(under[-200:]).max() < 1e-5
    middle = np.sqrt(np.mean(np.square(under[30 * RATE : 34 * RATE])))
    for edge in (under[: RATE // 4], under[-RATE // 4 :]):
        assert np.sqrt(np.mean(np.square(edge))) < middle / 8


def test_a_session_without_a_word_has_a_bed_too(made: dict[str, Pcm]) -> None:
    timeline, takes = session([], 3 * RATE)
    bed = Bed(lambda _needed: Held(made["drone"]), 20, 14, str).under(timeline, takes)
    assert 0.001 < np.abs(lone(bed)).max() < 0.1


# Without a seam


@pytest.mark.parametrize("name", list(Ambience))
def test_a_made_loop_has_no_seam_and_is_the_same_each_time(made: dict[str, Pcm], name: str) -> None:
    loop = made[name].astype(float)
    bends = np.abs(np.diff(np.concatenate([loop[-2000:], loop[:2000]]), 2))
    assert bends[1990:2010].max() <= np.abs(np.diff(loop, 2)).max()
    assert np.mean(bends[1950:2050]) < 2 * np.mean(np.abs(np.diff(loop, 2)))
    # And the level goes on as it does elsewhere: half a second on either side.
    levels = [np.sqrt(np.mean(np.square(np.roll(loop, at)[: RATE // 2]))) for at in (0, RATE // 2)]
    assert abs(20 * np.log10(levels[0] / levels[1])) < 4
    assert np.array_equal(ambience.made(name), made[name])


def test_the_seam_of_a_file_is_no_click_and_no_gap(tmp_path: Path, cache: MemoryCache) -> None:
    """A tone that ends in mid-wave, and would click 22 times a minute."""
    at = np.arange(int(2.7313 * RATE)) / RATE
    soundfile.write(tmp_path / "tone.wav", 0.3 * np.sin(2 * np.pi * 440.7 * at), RATE)
    loop = loop_of(tmp_path / "tone.wav", 60 * RATE, cache)
    assert loop.length < len(at)
    twice = loop.read(0, 2 * loop.length) / 32768
    assert np.array_equal(twice[: loop.length], twice[loop.length :])
    bend = 0.3 * (2 * np.pi * 440.7 / RATE) ** 2
    assert np.abs(np.diff(twice, 2)).max() < 2 * bend
    ends = np.abs(twice[loop.length - 480 : loop.length + 480])
    assert ends.max() > 0.2


def test_a_file_longer_than_the_session_is_not_repeated(tmp_path: Path, cache: MemoryCache) -> None:
    sound = np.diff(np.random.default_rng(1).normal(size=3 * RATE + 1)) * 0.05  # nothing below 2 Hz
    soundfile.write(tmp_path / "long.wav", sound, RATE, "FLOAT")
    loop = loop_of(tmp_path / "long.wav", 2 * RATE, cache)
    assert loop.length >= 2 * RATE
    wanted = np.rint(sound[: 2 * RATE] * 32768).clip(-32768, 32767)
    assert np.abs(loop.read(0, 2 * RATE)[1000:] - wanted[1000:]).max() <= 1


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 300_000), st.integers(1, 200_000)), min_size=1))
def test_a_file_is_the_same_loop_wherever_it_is_read(
    tmp_path: Path, spans: list[tuple[int, int]]
) -> None:
    """On and on with some of what was before, as the mix does, or from anywhere; kept or not."""
    path = tmp_path / "noise.wav"
    if not path.exists():
        soundfile.write(path, np.random.default_rng(5).normal(size=70_000) * 0.1, 44_100)
    kept = loop_of(path, 60 * RATE)
    whole = np.resize(kept.read(0, kept.length), 500_000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("audiocoach.sound.recording._PIECE", 4 * 4800)
        patch.setattr("audiocoach.sound.recording._HELD", 1)
        for cache in (MemoryCache(), Forgetful()):
            loop = loop_of(path, 60 * RATE, cache)
            assert loop.energies == pytest.approx(kept.energies, rel=1e-3)
            for at, count in spans:
                assert np.array_equal(loop.read(at, count), whole[at : at + count])


@pytest.mark.parametrize("seconds", [3, 60])
def test_a_file_is_measured_once_and_anew_when_it_is_another(
    tmp_path: Path, seconds: int, cache: MemoryCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bed.wav"
    soundfile.write(path, np.random.default_rng(6).normal(size=5 * RATE) * 0.1, RATE)
    first, second = (loop_of(path, seconds * RATE, cache) for _ in range(2))
    assert [kind for kind, _ in cache.objects if kind != DECODED] == ["bed"]
    assert np.array_equal(first.energies, second.energies)
    assert np.array_equal(first.read(0, first.length), second.read(0, first.length))
    with monkeypatch.context() as patch:
        patch.setattr("audiocoach.sound.recording.hop_energies", None)
        loop_of(path, seconds * RATE, cache)
    soundfile.write(path, np.random.default_rng(7).normal(size=5 * RATE) * 0.2, RATE)
    louder = loop_of(path, seconds * RATE, cache).energies.sum() / first.energies.sum()
    assert louder == pytest.approx(4, rel=0.1)


def test_a_file_is_decoded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And not for each time that it is repeated, to be measured, or for another session."""
    path, decoded = tmp_path / "bed.wav", []
    soundfile.write(path, np.random.default_rng(10).normal(size=5 * RATE) * 0.1, RATE)

    def counted(decoder: soundfile.SoundFile, rate: int) -> Iterator[NDArray[np.float32]]:
        decoded.append(decoder.name)
        return samples(decoder, rate)

    monkeypatch.setattr("audiocoach.sound.recording.samples", counted)
    monkeypatch.setattr("audiocoach.sound.recording._PIECE", 2 * RATE)
    monkeypatch.setattr("audiocoach.sound.recording._HELD", 1)
    cache = MemoryCache()
    for seconds in (60, 60, 3, 61):
        loop = loop_of(path, seconds * RATE, cache)
        for at in range(0, seconds * RATE, 7 * RATE):
            loop.read(at, 7 * RATE)
    assert len(decoded) == 1


def test_nothing_is_kept_of_a_file_that_changes_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be taken for the sound of the file that was there before."""
    path, cache = tmp_path / "bed.wav", MemoryCache()
    noise = np.random.default_rng(12).normal(size=5 * RATE) * 0.1
    soundfile.write(path, noise, RATE)

    def changed(decoder: soundfile.SoundFile, rate: int) -> Iterator[NDArray[np.float32]]:
        os.utime(path, (1, 1))
        return samples(decoder, rate)

    monkeypatch.setattr("audiocoach.sound.recording.samples", changed)
    loop_of(path, 60 * RATE, cache)
    assert not [kind for kind, _ in cache.objects if kind == DECODED]


def test_a_file_that_shrinks_while_it_is_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audiocoach.sound.recording._HELD", 1)
    monkeypatch.setattr("audiocoach.sound.recording._PIECE", 2 * RATE)
    path = tmp_path / "bed.wav"
    noise = np.random.default_rng(8).normal(size=5 * RATE) * 0.1
    soundfile.write(path, noise, RATE)
    loop = loop_of(path, 60 * RATE, Forgetful())
    soundfile.write(path, noise[:RATE], RATE)
    with pytest.raises(
        UsageError, match=f"--bed {path}: it changed while it was read; build again"
    ):
        loop.read(0, 60 * RATE)


@settings(max_examples=examples(20))
@given(cuts=st.lists(st.integers(0, 60_000), max_size=6), size=st.integers(1, 60_000))
def test_an_offset_is_the_same_in_whatever_pieces_a_file_is_decoded(
    cuts: list[int], size: int
) -> None:
    random = np.random.default_rng(11)
    sound = (0.2 + 0.1 * random.normal(size=size)).astype(np.float32)
    whole = np.concatenate(list(_steady([sound])))
    assert len(whole) == size
    assert abs(whole.mean()) < 0.005
    pieces = np.split(sound, sorted(min(cut, size) for cut in cuts))
    assert np.array_equal(np.concatenate(list(_steady(pieces))), whole)


# The mix


@settings(max_examples=examples(20))
@given(chunk=st.integers(20_000, 400_000))
def test_chunks_of_any_size_are_the_same_mix(chunk: int) -> None:
    timeline, takes = session(TALK, 26 * RATE)
    loop = Held(np.random.default_rng(2).integers(-9000, 9000, 7 * RATE).astype(np.int16))
    bed = Bed(lambda _needed: loop, 14, 14, str).under(timeline, takes)
    with pytest.MonkeyPatch.context() as patch:
        whole = np.concatenate(list(mix.chunks(timeline, takes.samples, bed)))
        patch.setattr(mix, "CHUNK", chunk)
        cut = np.concatenate(list(mix.chunks(timeline, takes.samples, bed)))
    assert len(whole) == len(cut) == timeline.total
    assert np.abs(whole.astype(int) - cut).max() <= 2


def assert_cut(encoded: Encoded, starts: Iterable[int], decoder: Decoder) -> None:
    """What is cut from a session is the tail of the whole, to the sample."""
    whole = decoder(b"".join(encoded))
    assert len(whole) == encoded.total
    for start in starts:
        cut = encoded.since(start)
        written = b"".join(cut)
        assert len(written) == cut.size
        assert written == b"".join([cut.info, *cut.stretch(0, 99), *cut.stretch(99, cut.size)])
        heard = decoder(written)
        assert len(heard) == encoded.total - start
        np.testing.assert_allclose(heard, whole[start:], atol=1e-6)


def encoded_over(bed: str | Path, coding: Coding, made: dict[str, Pcm]) -> Encoded:
    timeline, takes, under = laid(bed, 20, made)
    return Encoded(mix.chunks(timeline, takes.samples, under), timeline.total, coding)


CUTS = [TALK[1][0], 20 * RATE + 47, TOTAL - 1]
"""One in the middle of a frame, one where as few samples as can be are left out, and the last."""


@pytest.mark.parametrize("bed", ["rain", "brook", "drone", "music"])
def test_what_is_cut_from_it_is_the_tail_of_the_whole(
    made: dict[str, Pcm], music: Path, any_decoder: Decoder, bed: str
) -> None:
    kbit = {"rain": 96, "brook": 48, "drone": 64, "music": 320}[bed]
    assert_cut(
        encoded_over(music if bed == "music" else bed, Coding(kbit), made), CUTS, any_decoder
    )


@pytest.mark.parametrize("kbit", [48, 96, 192])
def test_what_is_cut_from_it_in_stereo_too(
    made: dict[str, Pcm], decode: Decoder, kbit: int
) -> None:
    assert_cut(encoded_over("rain", Coding(kbit, 2), made), CUTS[:1], decode)


@pytest.mark.parametrize("coding", [USUAL, Coding(48), Coding(192, 2), Coding(320, 1)])
@pytest.mark.parametrize("total", [1, 5000, 10 * RATE, 10 * RATE + 1153])
def test_what_is_encoded_is_as_long_to_the_sample(
    tmp_path: Path, total: int, coding: Coding
) -> None:
    pcm = np.random.default_rng(3).integers(-3000, 3000, total).astype(np.int16)
    encoded = Encoded(iter(np.array_split(pcm, 3)), total, coding)
    written = b"".join(encoded)
    assert len(written) == encoded.size
    assert written == b"".join(encoded)
    (tmp_path / "x.mp3").write_bytes(written)
    decoded, rate = soundfile.read(tmp_path / "x.mp3", always_2d=True)
    assert (len(decoded), decoded.shape[1], rate) == (total, coding.channels, RATE)


_AN_HOUR = """
import resource, sys
from pathlib import Path
import numpy as np
seconds, bed, kept, sys.path[:0] = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4:]
from test_bed import session, RATE
from audiocoach.settings.table import Settings
from audiocoach.settings.values import Ambience
from audiocoach.sound import mix
from audiocoach.sound.beds import bed_of
from audiocoach.sound.encode import Encoded
from audiocoach.sound.mp3 import USUAL
from audiocoach.store import Cache
timeline, takes = session([(at * RATE, RATE // 2) for at in range(0, seconds, 9)], seconds * RATE)
chosen = Settings(bed=Path(bed) if bed.endswith(".flac") else Ambience(bed))
laid = bed_of(chosen, Cache(kept)).under(timeline, takes)
for part in Encoded(mix.chunks(timeline, takes.samples, laid), timeline.total, USUAL):
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the unit of ru_maxrss is kB on Linux")
@pytest.mark.parametrize(
    ("name", "cache"),
    [("rain", "cache"), ("music.flac", "cache"), ("music.flac", "music.flac/cache")],
    ids=["rain", "file", "file and no cache"],
)
def test_an_hour_stays_in_little_memory(tmp_path: Path, name: str, cache: str) -> None:
    """The libraries of the test itself count too: pytest, hypothesis and pydub are among them."""
    bed, lengths = name, (20, sized(60, 3600))
    if name.endswith(".flac"):  # as long as the longer session
        bed = str(tmp_path / name)
        second = np.random.default_rng(9).integers(-9000, 9000, (44_100, 2)).astype(np.int16)
        with soundfile.SoundFile(bed, "w", 44_100, 2) as music:
            for _ in range(lengths[1]):
                music.write(second)
    folders = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).parent)]
    peaks = []
    for seconds in lengths:
        done = subprocess.run(
            [sys.executable, "-c", _AN_HOUR, str(seconds), bed, str(tmp_path / cache), *folders],
            env=environment(tmp_path, PYTHONPATH=os.pathsep.join(folders)),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        peaks.append(int(done.stdout) * 1024)
    assert peaks[1] - peaks[0] < 15_000_000


# Files that are none, and levels that are too much


def told(error: UsageError) -> str:
    assert "\n" not in str(error)
    return str(error)


def tone(offset: float, level: float, seconds: float) -> NDArray[np.float64]:
    """A tone of 440 Hz, moved by an offset."""
    at = np.arange(int(seconds * RATE)) / RATE
    return np.asarray(offset + level * np.sin(2 * np.pi * 440 * at), np.float64)


def test_an_offset_is_neither_measured_nor_heard(tmp_path: Path) -> None:
    """A meter has no ear for it, and a limiter would take the voice down for it."""
    path = tmp_path / "bed.wav"
    soundfile.write(path, tone(0.5, 0.005, 8), RATE, "FLOAT")
    bed = loop_of(path, 6 * RATE)
    heard = bed.read(0, 6 * RATE) / 32768
    assert abs(heard.mean()) < 1e-5
    np.testing.assert_allclose(heard[RATE:], tone(0.0, 0.005, 6)[RATE:], atol=1e-4)
    soundfile.write(path, tone(0.0, 0.005, 8), RATE, "FLOAT")
    np.testing.assert_allclose(loop_of(path, 6 * RATE).energies, bed.energies, rtol=0.01)


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (None, "there is no such file; write rain, brook, drone or a sound file"),
        (b"# notes\n", "it can't be decoded"),
        (b"", "it can't be decoded"),
        ((0.0, 0.0, 3), "it is silent; name another file"),
        ((0.5, 0.0, 3), "it is silent; name another file"),
        ((0.0, 0.1, 0.5), "it is shorter than a second; name a longer one"),
    ],
)
def test_a_file_that_can_be_no_bed_is_one_line(
    tmp_path: Path, content: bytes | tuple[float, float, float] | None, wrong: str
) -> None:
    path = tmp_path / "bed.wav"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content:
        soundfile.write(path, tone(*content), RATE)
    with pytest.raises(UsageError) as caught:
        _checked(path)
    assert told(caught.value).startswith(f"--bed {path}: {wrong}")


def _checked(path: Path) -> Loop:
    check_bed(Settings(bed=path))
    return loop_of(path, 60 * RATE)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are Unicode")
@pytest.mark.parametrize("name", [b"-", b"F\xc3\xbc\xc3\x9fe \xff.wav", b"new\nline.wav"])
def test_a_file_may_have_any_name(
    tmp_path: Path, name: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    soundfile.write("x.wav", tone(0.0, 0.1, 2), RATE)
    path = Path(os.fsdecode(name))
    Path("x.wav").rename(path)
    assert _checked(path).length > RATE


def test_a_folder_and_a_slip_are_told(tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match="it is not a file; write rain, brook, drone or a sound file"
    ):
        check_bed(Settings(bed=tmp_path))
    with pytest.raises(UsageError, match=r"there is no such file; did you mean rain\?"):
        check_bed(Settings(bed=Path("rian")))


_KNOW_THEIR_LENGTH = ("flac", "mp3")


@pytest.mark.parametrize("ending", ["flac", "wav", "mp3", "ogg"])
def test_a_file_cut_short_is_told_or_heard_as_far_as_it_goes(tmp_path: Path, ending: str) -> None:
    """Of a WAV or an Ogg the decoder does not say from which length it was cut."""
    whole = tmp_path / f"whole.{ending}"
    noise = np.random.default_rng(4).normal(size=8 * RATE) * 0.05
    soundfile.write(whole, noise, RATE)
    cut = tmp_path / f"cut.{ending}"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    if ending in _KNOW_THEIR_LENGTH:
        with pytest.raises(UsageError) as caught:
            _checked(cut)
        assert told(caught.value).startswith(f"--bed {cut}: it")
    else:
        assert 2 * RATE < _checked(cut).length < 5 * RATE


@pytest.mark.parametrize(("bed", "least"), [("rain", 15), ("brook", 15), ("drone", 14)])
def test_no_bed_may_cover_words(bed: str, least: int) -> None:
    check_bed(Settings(bed=Ambience(bed), bed_level=least))
    check_bed(Settings(bed_level=14))
    if least > 14:
        with pytest.raises(UsageError, match=f"14 dB is too little under {bed}.*write {least}"):
            check_bed(Settings(bed=Ambience(bed), bed_level=14))
