"""MP3 frames: MPEG-1 Layer III, 48 kHz, mono, constant 96 kbit/s.

At this rate a frame is exactly 24 ms and exactly 288 bytes and never needs a padding
bit, so frames can be laid side by side like tiles. What a decoder gives back is
`DELAY` samples late; the Info frame at the head of the file tells it so, and how
many samples at the end are not ours (`info_frame`).

A stretch of sound between silences, a *region*, is encoded as a stream of its own.
It starts with an empty bit reservoir and only ever looks back into itself, so its
frames may stand anywhere among silent ones. See `docs/architecture.md`, "The linker",
and `audiocoach.sound.link`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fastcrc import crc16

from audiocoach.timeline.script import FRAME_SAMPLES, SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BIT_RATE = 96_000
"""Bits a second."""
FRAME_BYTES = FRAME_SAMPLES * BIT_RATE // (8 * SAMPLE_RATE)

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
ENCODER = f"{LAME} cbr{BIT_RATE} q{_QUALITY} frames1"
"""What the bytes of a region depend on besides its samples: part of its cache key."""
_SLICE = 28 * FRAME_SAMPLES
"""Samples handed to LAME at once (63 kB); its bytes do not depend on it."""
_LOWPASS_HZ = 20_000
"""Where LAME cuts at this bit rate: white noise is level to 20 kHz and gone at 20.5."""

HEADER = bytes.fromhex("fffb74c4")
"""What every frame begins with (ISO/IEC 11172-3, 2.4.1.3): sync, MPEG-1, Layer III, no CRC;
96 kbit/s, 48 kHz, no padding; mono, original. A test reads it field by field."""
_SIDE_INFO_BYTES = 17
"""Of a mono frame (ISO/IEC 11172-3, 2.4.1.7)."""

SILENT_FRAME = HEADER.ljust(FRAME_BYTES, b"\0")
"""24 ms of digital silence.

Side information of zeros says: nothing from the bit reservoir, no Huffman data, so
every spectral line is zero. It is the frame any Info frame looks like to a decoder
that does not know Info frames, so all decoders take it.
"""


def frames_until(end: int) -> int:
    """How many frames it takes until a sound that ends at sample `end` has died away.

    A granule's lines stand for the 1152 + 511 samples that the MDCT and the polyphase
    filter bank span, and those come out of the decoder from the granule's own place on.
    The sound's last sample comes out `DELAY` samples late, so no frame after that place
    has lines of it. What the last one rings on, 576 + 511 samples, fits in one frame more.
    """
    return -(-(end + DELAY) // FRAME_SAMPLES) + 1


def encode_region(pcm: NDArray[np.int16], phase: int) -> bytes:
    """The frames of a region (48 kHz samples) that starts `phase` samples into its first frame.

    All of it can be heard in these frames; what LAME writes after them is silence.
    """
    import lameenc

    if not 0 <= phase < FRAME_SAMPLES:
        raise ValueError(f"a phase is 0 to {FRAME_SAMPLES - 1} samples, got {phase}")
    frames = frames_until(phase + len(pcm))
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(SAMPLE_RATE)
    encoder.set_bit_rate(BIT_RATE // 1000)
    encoder.set_quality(_QUALITY)
    encoded = b"".join(map(encoder.encode, _stream(pcm, phase, frames)))
    return (encoded + bytes(encoder.flush()))[: frames * FRAME_BYTES]


def _stream(pcm: NDArray[np.int16], phase: int, frames: int) -> Iterator[bytes]:
    """A region among zeros, `frames` frames long, in slices: all at once it would be copied."""
    yield bytes(2 * phase)
    for at in range(0, len(pcm), _SLICE):
        yield pcm[at : at + _SLICE].astype("<i2", copy=False).tobytes()
    yield bytes(2 * (frames * FRAME_SAMPLES - phase - len(pcm)))


_HAS_FRAMES = 1
_HAS_BYTES = 2
_LAME_TAG = struct.Struct(">9s B B f H H B B 3s B B H I H")


def info_frame(frames: int, total: int, music_crc: int, lead: int = 0) -> bytes:
    """The Info frame with LAME tag that goes before `frames` frames of audio.

    A decoder that honours it gives back exactly `total` samples, those after the first `lead`
    (less than a frame). `music_crc` is the CRC-16/ARC of all bytes of the audio frames.

    The fields are those of "Mp3 Info Tag revision 1 specification" (G. Moeller,
    gabriel.mp3-tech.org/mp3infotag.html). There is no table of contents: with a
    constant bit rate, its 100 points would only make seeking coarser.
    """
    delay = ENCODER_DELAY + lead
    padding = frames * FRAME_SAMPLES - delay - total
    if not DECODER_DELAY <= padding < 1 << 12:
        raise ValueError(f"{frames} frames cannot carry {total} samples (padding {padding})")
    size = (frames + 1) * FRAME_BYTES
    xing = struct.pack(">4sIII", b"Info", _HAS_FRAMES | _HAS_BYTES, frames, size)
    lame = _LAME_TAG.pack(
        LAME.encode().ljust(9),
        0x01,  # tag revision 0, method: constant bit rate
        _LOWPASS_HZ // 100,
        0.0,  # peak: not stated
        0,  # radio replay gain: not stated
        0,  # audiophile replay gain: not stated
        0x14,  # flags: nspsytune; ATH type 4
        BIT_RATE // 1000,
        (delay << 12 | padding).to_bytes(3, "big"),
        0x80,  # source 48 kHz, mono
        0,  # MP3 gain: unchanged
        0,  # no preset
        size,
        music_crc,
    )
    tagged = HEADER + bytes(_SIDE_INFO_BYTES) + xing + lame
    return (tagged + crc16.arc(tagged).to_bytes(2, "big")).ljust(FRAME_BYTES, b"\0")
