"""MP3 frames: MPEG-1 Layer III, 48 kHz, constant bit rate; by default 96 kbit/s, mono.

At 48 kHz a frame is exactly 24 ms, and at any of the bit rates a whole number of bytes (288 at 96
kbit/s): it never needs a padding bit, so frames can be laid side by side like tiles. A decoder's
output is `DELAY` samples late; the Info frame at the head of the file says so, and how many samples
at the end are padding (`info_frame`).

A stretch of sound between silences, a *region*, is encoded as a stream of its own.
It starts with an empty bit reservoir and only ever looks back into itself, so its
frames may stand anywhere among silent ones. See `docs/architecture.md`, "The linker",
and `audiocoach.sound.link`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from fastcrc import crc16

from audiocoach.timeline.script import FRAME_SAMPLES, SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from audiocoach.settings.table import Settings

HEADER_BYTES: Final = 4
_SIDE_INFO_BYTES: Final = (17, 32)
"""Of a mono and of a stereo frame (ISO/IEC 11172-3, 2.4.1.7)."""
MOST_HELD: Final = 511
"""Bytes before a frame in which its sound may begin (`main_data_begin`): the bit reservoir."""
CARRIERS: Final = 2
"""How many frames `carriers` returns: with three, an Info frame could not say how much to leave
out."""
ENCODER_DELAY = 576
"""Samples LAME puts before the first one it was given (LAME tag, "encoder delay")."""
DECODER_DELAY = 529
"""Samples every Layer III decoder adds: 528 of hybrid synthesis filter bank, and one."""
DELAY = ENCODER_DELAY + DECODER_DELAY

LAME = "LAME4.0"
"""The encoder in lameenc 1.9; a test holds this to what it signs its frames with."""
_QUALITY = 5
"""LAME's effort: half the time of 2 and no worse; what 7 saves, it pays in unmasked noise.

Measured on 124 s of four eSpeak voices in 2 s regions. CPU seconds per 200 s of speech,
signal to noise, 99th percentile of noise to mask (by a plain model of Bark bands):
2: 1.5 s, 25.4 dB, 8.4 dB; 5: 0.8 s, 25.3 dB, 7.6 dB; 7: 0.5 s, 25.8 dB, 9.8 dB.
"""
_SLICE = 28 * FRAME_SAMPLES
"""Samples handed to LAME at once (63 kB); its bytes do not depend on it."""
_LOWPASS_HZ = 20_000
"""Where LAME cuts at this bit rate: white noise is level to 20 kHz and gone at 20.5."""

_SYNC: Final = 0xFFFB0004
"""What every frame begins with (ISO/IEC 11172-3, 2.4.1.3) but for bit rate and mode: sync, MPEG-1,
Layer III, no CRC; 48 kHz, no padding; original. A test reads it field by field."""
BIT_RATES: Final = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
"""The bit rates (kbit/s) of Layer III, in the order in which a header counts them from 1."""
_RATES: Final = {44_100: (0b00, 1), 48_000: (0b01, 2)}
"""The sample rates as a header and as a LAME tag counts them."""
_STEREO, _JOINT_STEREO, _MONO = 0b00, 0b01, 0b11
_JOINT_UP_TO: Final = 128
"""LAME codes two channels jointly up to this bit rate (kbit/s), above it each by itself."""

_HUM_GAIN: Final = 174
"""The global gain of the hum: an amplitude of -54 dBFS."""
_HUM: Final = ("010", "011")
"""The Huffman codes of the two granules of a hum (ISO/IEC 11172-3, table B.7, code 1): the pair of
lines (1, 0), then its sign, which changes from one granule to the next."""


class Coding(NamedTuple):
    """How the frames of an MP3 are coded; the same for all frames of a file."""

    kbit: int = 96
    """Thousands of bits a second."""
    channels: int = 1
    """With two, both are identical."""
    awake: bool = False
    """Whether the gaps contain a hum that nobody hears, but no device takes for silence."""

    rate: int = SAMPLE_RATE
    """Samples a second; at 44 100, some frames are a byte longer, and nothing is linked."""

    @property
    def frame_bytes(self) -> int:
        return FRAME_SAMPLES * self.kbit * 1000 // (8 * self.rate)

    @property
    def data_bytes(self) -> int:
        """Bytes of a frame that may be sound: all but its header and its side information."""
        return self.frame_bytes - HEADER_BYTES - _SIDE_INFO_BYTES[self.channels - 1]

    @property
    def encoder(self) -> str:
        """Everything besides its samples that the bytes of a region depend on: part of its cache
        key."""
        stereo = " stereo" if self.channels > 1 else ""
        return f"{LAME} cbr{self.kbit * 1000}{stereo} q{_QUALITY} frames1"

    @property
    def mode(self) -> int:
        """Of a header: mono, or how two channels are coded."""
        joint = _JOINT_STEREO if self.kbit <= _JOINT_UP_TO else _STEREO
        return _MONO if self.channels == 1 else joint

    @property
    def header(self) -> bytes:
        index = BIT_RATES.index(self.kbit) + 1
        return (_SYNC | index << 12 | _RATES[self.rate][0] << 10 | self.mode << 6).to_bytes(
            4, "big"
        )

    @property
    def silent_frame(self) -> bytes:
        """24 ms of digital silence.

        Side information of zeros says: nothing from the bit reservoir, no Huffman data, so
        every spectral line is zero. It is the frame any Info frame looks like to a decoder
        that does not know Info frames, so all decoders take it.
        """
        return self.header.ljust(self.frame_bytes, b"\0")

    @property
    def hum_frame(self) -> bytes:
        """24 ms of a sine of 41 2/3 Hz: one period, so that this frame again goes on with it.

        It holds one spectral line, the lowest, and nothing from the bit reservoir. In stereo
        each channel has it by itself.
        """
        side = f"{0:0{18 if self.channels == 1 else 20}b}"  # main_data_begin, private, scfsi
        for code in _HUM:
            # part2_3_length, big_values, global_gain; long blocks, no scale factors; code table 1
            granule = f"{len(code):012b}{1:09b}{_HUM_GAIN:08b}{0:05b}{1:05b}{0:020b}"
            side += granule * self.channels
        bits = side + "".join(code * self.channels for code in _HUM)
        size = self.frame_bytes - len(self.header)
        return self.header + int(bits.ljust(8 * size, "0"), 2).to_bytes(size, "big")

    @property
    def gap_frame(self) -> bytes:
        """The frame for gaps."""
        return self.hum_frame if self.awake else self.silent_frame


def coding_of(settings: Settings) -> Coding:
    """How frames are coded with these settings; over a bed no equipment falls asleep."""
    awake = settings.keep_awake and settings.bed is None
    return Coding(settings.bitrate, 2 if settings.stereo else 1, awake)


USUAL: Final = Coding()
FRAME_BYTES: Final = USUAL.frame_bytes
SILENT_FRAME: Final = USUAL.silent_frame


def frames_until(end: int) -> int:
    """How many frames it takes until a sound that ends at sample `end` has died away.

    A granule's lines stand for the 1152 + 511 samples that the MDCT and the polyphase
    filter bank span, and those come out of the decoder from the granule's own place on.
    The sound's last sample comes out `DELAY` samples late, so no frame after that place
    has lines of it. What the last one rings on, 576 + 511 samples, fits in one frame more.
    """
    return -(-(end + DELAY) // FRAME_SAMPLES) + 1


def encode_region(pcm: NDArray[np.int16], phase: int, coding: Coding = USUAL) -> bytes:
    """The frames of a region (48 kHz samples, mono) that starts `phase` samples into its first one.

    All of it can be heard in these frames; what LAME writes after them is silence.
    """
    if not 0 <= phase < FRAME_SAMPLES:
        raise ValueError(f"a phase is 0 to {FRAME_SAMPLES - 1} samples, got {phase}")
    frames = frames_until(phase + len(pcm))
    lame = Lame(coding)
    encoded = b"".join(map(lame.encode, _stream(pcm, phase, frames)))
    return (encoded + lame.flush())[: frames * coding.frame_bytes]


class Lame:
    """LAME with one stream (samples in mono). It runs without the interpreter's lock."""

    def __init__(self, coding: Coding) -> None:
        import lameenc

        self._channels = coding.channels
        self._encoder = lameenc.Encoder()
        self._encoder.silence()
        self._encoder.set_channels(coding.channels)
        self._encoder.set_in_sample_rate(coding.rate)
        self._encoder.set_out_sample_rate(coding.rate)
        self._encoder.set_bit_rate(coding.kbit)
        self._encoder.set_quality(_QUALITY)

    def encode(self, samples: NDArray[np.int16]) -> bytes:
        """The frames completed by these samples."""
        pcm = samples.astype("<i2", copy=False)
        if self._channels > 1:
            pcm = pcm.repeat(self._channels)
        return bytes(self._encoder.encode(pcm.tobytes()))

    def flush(self) -> bytes:
        """The remaining frames."""
        return bytes(self._encoder.flush())


def _stream(pcm: NDArray[np.int16], phase: int, frames: int) -> Iterator[NDArray[np.int16]]:
    """A region among zeros, `frames` frames long, in slices: all at once it would be copied."""
    import numpy as np

    yield np.zeros(phase, np.int16)
    for at in range(0, len(pcm), _SLICE):
        yield pcm[at : at + _SLICE]
    yield np.zeros(frames * FRAME_SAMPLES - phase - len(pcm), np.int16)


_MODES: Final = {_MONO: 0, _STEREO: 1, _JOINT_STEREO: 3}
"""The modes as a LAME tag counts them."""


def held_before(frame: bytes) -> int:
    """How many of the bytes before a frame belong to its sound."""
    return frame[HEADER_BYTES] << 1 | frame[HEADER_BYTES + 1] >> 7


def carriers(held: bytes, coding: Coding) -> bytes:
    """Two silent frames that pass bytes on to the frame that follows, as its bit reservoir.

    The second has a higher bit rate if two normal ones have too little room.
    """
    wide = next(
        wider
        for kbit in BIT_RATES[BIT_RATES.index(coding.kbit) :]
        if (wider := coding._replace(kbit=kbit)).data_bytes >= len(held) - coding.data_bytes
    )
    early = max(len(held) - wide.data_bytes, 0)
    return b"".join(
        each.header
        + (before << 7).to_bytes(2, "big").ljust(_SIDE_INFO_BYTES[each.channels - 1], b"\0")
        + part.rjust(each.data_bytes, b"\0")
        for each, before, part in ((coding, 0, held[:early]), (wide, early, held[early:]))
    )


_HAS_FRAMES = 1
_HAS_BYTES = 2
_LAME_TAG = struct.Struct(">9s B B f H H B B 3s B B H I H")


def info_frame(  # noqa: PLR0913, PLR0917 - what the tag tells
    frames: int,
    total: int,
    music_crc: int,
    lead: int = 0,
    coding: Coding = USUAL,
    music_bytes: int | None = None,
) -> bytes:
    """The Info frame with LAME tag that goes before `frames` frames of audio.

    A decoder that honours it gives back exactly `total` samples, those after the first `lead`
    (three frames at most). `music_crc` is the CRC-16/ARC of all bytes of the audio frames, and
    `music_bytes` how many they are, where they differ in length.

    The fields are those of "Mp3 Info Tag revision 1 specification" (G. Moeller,
    gabriel.mp3-tech.org/mp3infotag.html). There is no table of contents: with a
    constant bit rate, its 100 points would only make seeking coarser.
    """
    delay = ENCODER_DELAY + lead
    padding = frames * FRAME_SAMPLES - delay - total
    if not DECODER_DELAY <= padding < 1 << 12:
        raise ValueError(f"{frames} frames cannot carry {total} samples (padding {padding})")
    size = coding.frame_bytes + (music_bytes or frames * coding.frame_bytes)
    xing = struct.pack(">4sIII", b"Info", _HAS_FRAMES | _HAS_BYTES, frames, size)
    lame = _LAME_TAG.pack(
        LAME.encode().ljust(9),
        0x01,  # tag revision 0, method: constant bit rate
        _LOWPASS_HZ // 100 if coding.kbit == USUAL.kbit else 0,  # 0: not stated
        0.0,  # peak: not stated
        0,  # radio replay gain: not stated
        0,  # audiophile replay gain: not stated
        0x14,  # flags: nspsytune; ATH type 4
        min(coding.kbit, 0xFF),
        (delay << 12 | padding).to_bytes(3, "big"),
        _RATES[coding.rate][1] << 6 | _MODES[coding.mode] << 2,
        0,  # MP3 gain: unchanged
        0,  # no preset
        size,
        music_crc,
    )
    tagged = coding.header + bytes(_SIDE_INFO_BYTES[coding.channels - 1]) + xing + lame
    return (tagged + crc16.arc(tagged).to_bytes(2, "big")).ljust(coding.frame_bytes, b"\0")
