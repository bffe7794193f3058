"""Which MP3 is whole: any kind that LAME makes, and none that is cut or changed."""

from __future__ import annotations

import random

import lameenc
import numpy as np
import pytest
from fake_translate import RATE, hum, mp3, speech
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples, sized

from audiocoach.voice.gtts.answer import GRANULE, UnbelievableError, _has_holes, decode
from audiocoach.voice.gtts.frames import is_whole


def encoded(rate: int, channels: int, *, kbit: int = 0, seconds: float = 0.6) -> bytes:
    """Noise, loud and soft by turns, as MP3; with a variable bit rate if none is given."""
    encoder = lameenc.Encoder()
    encoder.silence()
    if kbit:
        encoder.set_bit_rate(kbit)
    else:
        encoder.set_vbr(4)
        encoder.set_vbr_quality(4)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_channels(channels)
    noise = np.random.default_rng(1).normal(size=(int(rate * seconds), channels)) * 3000
    noise[len(noise) // 3 : len(noise) // 2] /= 100
    return bytes(encoder.encode(noise.astype("<i2").tobytes()) + encoder.flush())


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("rate", [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000])
def test_each_kind_is_whole(rate: int, channels: int) -> None:
    for kbit in (0, 32, 64, *((128, 320) if rate >= 32000 else (8, 160))):
        answer = encoded(rate, channels, kbit=kbit)
        assert is_whole(answer), kbit
        assert not is_whole(answer[:-1])
        tagged = b"ID3\4\0\0\0\0\0\5" + bytes(5) + answer + b"TAG".ljust(128, b"x")
        assert is_whole(tagged)


@pytest.mark.parametrize("content", [b"", b"ID3", b"\xff", b"<html>", bytes(1000), b"TAG" * 99])
def test_what_is_no_mp3_is_not_whole(content: bytes) -> None:
    assert not is_whole(content)


@settings(max_examples=examples(300))
@given(content=st.binary(max_size=400), head=st.booleans())
def test_any_bytes_have_an_answer(content: bytes, head: bool) -> None:
    assert is_whole((speech("Hold.")[:300] if head else b"") + content) in (True, False)


@pytest.mark.parametrize(("size", "step"), [(1, 1), (3, sized(7, 1))])
def test_a_cut_is_noticed_anywhere_but_between_two_frames(size: int, step: int) -> None:
    answer = speech("Stand tall. " * size)
    cuts = [end for end in range(0, len(answer), step) if is_whole(answer[:end])]
    assert all(end % 96 == 0 for end in cuts)
    assert not is_whole(answer[96 * 4 :])  # the first frames would be missed by the others


@pytest.mark.parametrize(("kbit", "by_frames", "by_sound"), [(32, 0.95, 0.99), (64, 0.80, 0.97)])
def test_of_changed_bytes_nearly_all_are_noticed(
    kbit: int, by_frames: float, by_sound: float
) -> None:
    """In an answer of 64 kbit/s, one of seven changes the bits of the sound alone: 14 %.

    Of those the decoder can often make nothing, and what it leaves then is heard.
    """
    chance = random.Random(1)  # noqa: S311
    answer = encoded(RATE, 1, kbit=kbit, seconds=2.0)
    decode(answer)
    tried = 300
    whole = [spoilt for _ in range(tried) if is_whole(spoilt := changed(answer, 60, chance))]
    assert 1 - len(whole) / tried >= by_frames
    believed = [each for each in whole if not refused(each)]
    assert 1 - len(believed) / tried >= by_sound


def changed(answer: bytes, count: int, chance: random.Random) -> bytes:
    """With so many bytes that are others."""
    content = bytearray(answer)
    for at in chance.sample(range(len(answer)), count):
        content[at] ^= chance.randrange(1, 256)
    return bytes(content)


def refused(answer: bytes) -> bool:
    try:
        decode(answer)
    except UnbelievableError:
        return True
    return False


def test_a_sound_that_stops_at_once_is_damaged_and_one_that_fades_is_not() -> None:
    """Speech with a silence amid it, and the silence that a decoder leaves."""
    speech = hum(2.0, 150)
    speech[RATE : RATE + 4 * GRANULE] = 0
    for kbit in (8, 32, 64, 160):
        assert len(decode(mp3(speech, kbit=kbit)).pcm) >= len(speech)
    assert _has_holes(speech)
