from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lameenc
import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutagen.mp3 import MP3, BitrateMode
from numpy.typing import NDArray
from strategies import examples

from audiocoach.sound import mp3
from audiocoach.sound.mp3 import (
    DELAY,
    FRAME_BYTES,
    SILENT_FRAME,
    Coding,
    encode_region,
    frames_until,
    info_frame,
)
from audiocoach.timeline.script import FRAME_SAMPLES

Decoder = Callable[[bytes], NDArray[np.float32]]

HEADER = {
    "sync": 0x7FF,
    "version": 3,
    "layer": 1,
    "unprotected": 1,
    "bit_rate": 7,
    "sample_rate": 1,
    "padding": 0,
    "private": 0,
    "mode": 3,
    "mode_extension": 0,
    "copyright": 0,
    "original": 1,
    "emphasis": 0,
}


WIDTHS = (11, 2, 2, 1, 4, 2, 1, 1, 2, 2, 1, 1, 2)
"""Bits of those fields, in this order (ISO/IEC 11172-3, 2.4.1.3)."""


def parse_header(frame: bytes) -> dict[str, int]:
    """The fields of a frame's header, by name."""
    bits, fields = f"{int.from_bytes(frame[:4], 'big'):032b}", {}
    for name, width in zip(HEADER, WIDTHS, strict=True):
        fields[name], bits = int(bits[:width], 2), bits[width:]
    return fields


def noise(length: int, seed: int = 0) -> NDArray[np.int16]:
    return np.random.default_rng(seed).integers(-12_000, 12_000, length).astype(np.int16)


def lame(pcm: NDArray[np.int16], quality: int | None = None) -> bytes:
    """A whole stream as LAME writes it when it is given all at once, nothing dropped."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(48_000)
    encoder.set_bit_rate(96)
    if quality is not None:
        encoder.set_quality(quality)
    return bytes(encoder.encode(pcm.tobytes()) + encoder.flush())


def frames_of(stream: bytes) -> list[bytes]:
    assert len(stream) % FRAME_BYTES == 0
    return [stream[at : at + FRAME_BYTES] for at in range(0, len(stream), FRAME_BYTES)]


def test_frames_are_tiles() -> None:
    assert FRAME_BYTES == 288
    assert FRAME_SAMPLES * 1000 / 48_000 == 24


def test_every_frame_has_the_same_header() -> None:
    stream = encode_region(noise(9000), 100)
    for frame in (*frames_of(stream), SILENT_FRAME, info_frame(4, 2000, 0)):
        assert len(frame) == FRAME_BYTES
        assert parse_header(frame) == HEADER


def test_the_silent_frame_says_what_lame_says_of_silence(any_decoder: Decoder) -> None:
    by_lame = frames_of(lame(np.zeros(30 * FRAME_SAMPLES, np.int16)))
    assert parse_header(by_lame[0]) == parse_header(SILENT_FRAME)
    ours = any_decoder(SILENT_FRAME * 30)
    theirs = any_decoder(b"".join(by_lame[:30]))
    assert len(ours) == len(theirs)
    assert not ours.any()
    assert not theirs.any()


def test_the_named_encoder_is_the_one_installed() -> None:
    # When this fails, LAME was updated: its bytes are no longer those in users' caches.
    assert mp3.LAME.encode() in lame(np.zeros(4800, np.int16))


@pytest.mark.parametrize("phase", [-1, FRAME_SAMPLES])
def test_phase_is_inside_a_frame(phase: int) -> None:
    with pytest.raises(ValueError, match="phase"):
        encode_region(noise(10), phase)


@settings(max_examples=examples(40))
@given(
    phase=st.integers(0, FRAME_SAMPLES - 1),
    length=st.integers(1, 6000) | st.sampled_from([FRAME_SAMPLES * n - DELAY for n in (1, 2, 3)]),
    seed=st.integers(0, 1000),
)
def test_a_region_has_died_away_in_its_frames(phase: int, length: int, seed: int) -> None:
    """What LAME writes later holds no spectral line, even after a hard edge."""
    frames = frames_until(phase + length)
    last_with_lines = frames - 2  # the one after it is there for the ringing
    pcm = noise(length, seed)
    padded = np.concatenate([np.zeros(phase, np.int16), pcm, np.zeros(8000, np.int16)])
    rest = frames_of(lame(padded))[last_with_lines + 1 :]
    assert rest
    assert all(not _has_lines(frame) for frame in rest)
    assert len(encode_region(pcm, phase)) == frames * FRAME_BYTES


@settings(max_examples=examples(25))
@given(
    phase=st.integers(0, FRAME_SAMPLES - 1),
    length=st.integers(1, 150_000)
    | st.sampled_from([mp3._SLICE - 1, mp3._SLICE, mp3._SLICE + 1, 2 * mp3._SLICE]),
)
def test_slices_give_the_bytes_of_the_whole(phase: int, length: int) -> None:
    pcm = noise(length)
    frames = frames_until(phase + length)
    whole = np.pad(pcm, (phase, frames * FRAME_SAMPLES - phase - length))
    assert encode_region(pcm, phase) == lame(whole, mp3._QUALITY)[: frames * FRAME_BYTES]


def _has_lines(frame: bytes) -> bool:
    """Whether either granule of a mono frame codes a spectral line.

    Side information (ISO/IEC 11172-3, 2.4.1.7): main_data_begin 9 bits, private 5,
    scfsi 4; then for each granule 59 bits: part2_3_length 12, big_values 9, ...
    count1 lines are there when part2_3_length has bits to hold them.
    """
    side = int.from_bytes(frame[4:21], "big")
    bits = f"{side:0136b}"
    granules = (bits[18:77], bits[77:136])
    return any(int(granule[:12], 2) or int(granule[12:21], 2) for granule in granules)


def test_a_region_starts_with_an_empty_reservoir() -> None:
    first = frames_of(encode_region(noise(48_000), 0))[0]
    assert int.from_bytes(first[4:6], "big") >> 7 == 0


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(total=st.integers(1, 200_000))
def test_decoders_give_back_exactly_the_samples_stated(any_decoder: Decoder, total: int) -> None:
    frames = frames_until(total)
    decoded = any_decoder(info_frame(frames, total, 0) + SILENT_FRAME * frames)
    assert len(decoded) == total


def test_info_frame_as_mutagen_reads_it() -> None:
    total = 48_000 * 60
    frames = frames_until(total)
    file = io.BytesIO(info_frame(frames, total, 0) + SILENT_FRAME * frames)
    info: Any = MP3(file).info
    assert info.length == pytest.approx(60, abs=1e-9)
    assert info.bitrate == 96_000
    assert info.bitrate_mode == BitrateMode.CBR
    assert info.encoder_info.startswith("LAME 4.0")
    assert info.sample_rate == 48_000
    assert info.channels == 1
    assert not info.sketchy


def test_info_frame_field_by_field() -> None:
    """Against the Mp3 Info Tag revision 1 specification, read with other code than ours."""
    frame = info_frame(frames=1000, total=1_150_000, music_crc=0xBEEF)
    assert frame[4:21] == bytes(17)
    assert frame[21:25] == b"Info"
    tag = frame[25:]
    assert int.from_bytes(tag[0:4], "big") == 0b0011
    assert int.from_bytes(tag[4:8], "big") == 1000
    assert int.from_bytes(tag[8:12], "big") == 1001 * 288
    lame_tag = tag[12:]
    assert lame_tag[:9].startswith(b"LAME")
    assert lame_tag[9] == 0x01
    assert lame_tag[20] == 96
    delay_and_padding = int.from_bytes(lame_tag[21:24], "big")
    assert delay_and_padding >> 12 == 576
    assert delay_and_padding & 0xFFF == 1000 * 1152 - 576 - 1_150_000
    assert int.from_bytes(lame_tag[28:32], "big") == 1001 * 288
    assert int.from_bytes(lame_tag[32:34], "big") == 0xBEEF
    end = 25 + 12 + 34
    assert int.from_bytes(frame[end : end + 2], "big") == _crc16_arc(frame[:end])
    assert not any(frame[end + 2 :])


def _crc16_arc(data: bytes) -> int:
    """Bit by bit, as the polynomial's definition has it."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 * (crc & 1)
    return crc


@pytest.mark.parametrize("total", [1_152_000 - 576 - 528, 1_152_000 - 576 - 4096])
def test_info_frame_refuses_a_total_its_frames_cannot_state(total: int) -> None:
    with pytest.raises(ValueError, match="padding"):
        info_frame(frames=1000, total=total, music_crc=0)


# Other codings

CODINGS = [
    Coding(kbit, channels) for kbit in (48, 64, 96, 128, 160, 192, 256, 320) for channels in (1, 2)
]


@pytest.mark.parametrize("coding", CODINGS, ids=str)
def test_frames_are_tiles_at_any_bit_rate(coding: Coding) -> None:
    pcm = noise(30_000)
    stream = encode_region(pcm, 100, coding)
    size = coding.frame_bytes
    frames = [stream[at : at + size] for at in range(0, len(stream), size)]
    assert len(frames) == frames_until(100 + len(pcm))
    ours = (coding.silent_frame, coding.hum_frame, info_frame(4, 2000, 0, coding=coding))
    for frame in (*frames, *ours):
        assert len(frame) == size
        header = int.from_bytes(frame[:4], "big")
        # LAME says of each frame whether it coded the sum and the difference of both channels.
        assert header & ~0x30 == int.from_bytes(coding.header, "big")


@pytest.mark.parametrize("coding", CODINGS, ids=str)
def test_the_info_frame_of_any_coding_is_read_by_others(tmp_path: Path, coding: Coding) -> None:
    total = 3 * 48_000 + 7
    frames = frames_until(total)
    head = info_frame(frames, total, 0, coding=coding)
    file = tmp_path / "x.mp3"
    file.write_bytes(head + coding.silent_frame * frames)
    decoded, _ = soundfile.read(file, always_2d=True)
    assert decoded.shape == (total, coding.channels)
    assert not decoded.any()
    read: Any = MP3(file).info
    assert (read.bitrate, read.channels, read.bitrate_mode) == (
        *(coding.kbit * 1000, coding.channels),
        BitrateMode.CBR,
    )
    assert read.length == pytest.approx(total / 48_000, abs=1e-6)


THRESHOLD = {20: 78.5, 25: 68.7, 31.5: 59.5, 40: 51.1, 50: 44.0, 63: 37.5, 80: 31.5, 100: 26.5}
"""dB SPL that an ear just hears, at these frequencies (Hz; ISO 226:2003, table 1), lowest at 3 kHz
with -6."""
LOUD_SPEECH = 75.0
"""dB SPL of a voice at -19 LUFS: louder than one talks."""


@pytest.mark.parametrize("coding", CODINGS, ids=str)
def test_the_hum_is_a_pure_tone_that_nobody_hears(tmp_path: Path, coding: Coding) -> None:
    file = tmp_path / "x.mp3"
    file.write_bytes(coding.hum_frame * 120)
    decoded, _ = soundfile.read(file, always_2d=True)
    steady = decoded[20 * FRAME_SAMPLES : 100 * FRAME_SAMPLES]
    assert np.array_equal(steady[:, 0], steady[:, -1])
    sound = steady[:, 0]
    assert np.abs(sound[:FRAME_SAMPLES]).max() == pytest.approx(10 ** (-54 / 20), rel=0.05)
    lines = np.abs(np.fft.rfft(sound)) * 2 / len(sound)
    level = 20 * np.log10(lines + 1e-15) + 19 + LOUD_SPEECH
    hertz = np.fft.rfftfreq(len(sound), 1 / 48_000)
    assert hertz[np.argmax(level)] == pytest.approx(41.667, abs=0.01)
    heard_from = np.interp(
        hertz, [*THRESHOLD, 200, 3000, 24_000], [*THRESHOLD.values(), 14, -6, -6]
    )
    assert (level < heard_from).all()
    assert np.sort(level)[-2] < np.max(level) - 100
