"""Cutting a word out of a sentence: synthetic speech whose pauses are known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from audiocoach.coaching.phrases import languages
from audiocoach.voice.piper.carrier import (
    Phrase,
    cut,
    cut_at,
    lead_in,
    leaning,
    levelled,
    loudness,
    phrases,
    sounding,
)

Samples = NDArray[np.float32]

RATE = 22_050
PHRASE = Phrase("The next word is: one.", parts=2, share=0.16)
THREE = Phrase("one; one; one.", parts=3, share=1 / 3)


def tone(seconds: float, level_db: float = -10.0, pitch: float = 150.0) -> Samples:
    """Something like a vowel: a pulse of harmonics, softly begun and ended."""
    time = np.arange(round(seconds * RATE)) / RATE
    wave = sum(np.sin(2 * np.pi * pitch * n * time) / n for n in (1, 2, 3, 5))
    edge = np.minimum(1, np.minimum(time, time[::-1]) / 0.01)
    return np.asarray(wave * edge / 1.8 * 10 ** (level_db / 20), np.float32)


def noise(seconds: float, level_db: float, seed: int = 0) -> Samples:
    """Breath, a fricative or the floor of a recording; `level_db` is its RMS."""
    wave = np.random.default_rng(seed).standard_normal(round(seconds * RATE))
    return np.asarray(wave * 10 ** (level_db / 20), np.float32)


def joined(*parts: Samples, floor_db: float = -75.0) -> Samples:
    whole = np.concatenate(parts)
    return np.asarray(whole + noise(len(whole) / RATE, floor_db, seed=9)[: len(whole)], np.float32)


def lead() -> Samples:
    """1.1 s with the short silences that stops leave inside words."""
    return np.concatenate(
        [tone(0.3), noise(0.06, -70), tone(0.5, -14), noise(0.05, -70), tone(0.2)]
    )


def onset(kept: Samples) -> float:
    """Where, in seconds, the kept part first gets within 25 dB of its peak."""
    return float(np.argmax(np.abs(kept) > np.abs(kept).max() * 10 ** (-25 / 20))) / RATE


def seconds(samples: NDArray[np.float32] | None) -> float:
    assert samples is not None
    return len(samples) / RATE


# Which texts, in which words


@pytest.mark.parametrize(
    "text",
    [
        "One",
        "One.",
        " Two! ",
        "Number four.",
        "Thirty-two",
        "l’autre ?",
        "Don't stop…",
        "3",
        "Fünf",
    ],
)
def test_one_or_two_words_need_a_carrier(text: str) -> None:
    tried = phrases(text, "en")
    assert [phrase.parts for phrase in tried] == [2, 3]
    for phrase in tried:
        assert text.strip().rstrip(".!?… ") in phrase.sentence
        assert 0 < phrase.share < 1


@pytest.mark.parametrize(
    "text",
    ["", "...", "Grip the floor", "Hold, release", "One. Two.", "4.5", "a_b", "one — two", "🦶"],
)
def test_longer_texts_and_those_with_pauses_do_not(text: str) -> None:
    assert phrases(text, "en") == []


def test_the_mark_at_the_end_is_kept() -> None:
    assert [phrase.sentence for phrase in phrases("Walk!", "en")] == [
        "The next word is: Walk!",
        "Walk; Walk; Walk!",
    ]
    assert phrases("Eins", "de_DE")[0].sentence == "Das nächste Wort ist: Eins."


def test_a_language_without_a_lead_repeats_the_word() -> None:
    assert [phrase.sentence for phrase in phrases("Uno", "it")] == ["Uno; Uno; Uno."]


@pytest.mark.parametrize("language", languages())
def test_a_lead_has_no_pause_of_its_own(language: str) -> None:
    assert lead_in(language)
    assert not set(lead_in(language)) & set(".,;:!?")


@pytest.mark.parametrize(
    ("text", "leant"),
    [
        ("One. Two. Three.", "One; Two; Three."),
        ("Heels down. Rest, ten seconds.", "Heels down; Rest, ten seconds."),
        ("Grip the floor. Hold. Then let it go.", "Grip the floor; Hold; Then let it go."),
        ("Grip the floor. Then let it go.", "Grip the floor. Then let it go."),
        ("Ready? Go now.", "Ready? Go now."),
        ("Hold 3. Rest now.", "Hold 3. Rest now."),
        ("Ask Dr. Who first.", "Ask Dr. Who first."),
        ("Dr. Who is in.", "Dr. Who is in."),
        ("Up 4.5 cm. Down.", "Up 4.5 cm; Down."),
        ("", ""),
    ],
)
def test_short_sentences_lean_on_their_neighbours(text: str, leant: str) -> None:
    assert leaning(text) == leant


# Cutting


@pytest.mark.parametrize("pause", [0.12, 0.15, 0.25, 0.5])
def test_the_word_is_cut_at_the_pause(pause: float) -> None:
    word = tone(0.35)
    kept = cut(joined(lead(), noise(pause, -70), word, noise(0.2, -70)), RATE, PHRASE)
    assert seconds(kept) == pytest.approx(0.55 + 0.02, abs=0.02)
    assert kept is not None
    assert onset(kept) < 0.03
    assert np.abs(kept[-len(word) - round(0.2 * RATE) :]).max() == pytest.approx(
        np.abs(word).max(), 0.01
    )


@pytest.mark.parametrize("breath_db", [-60, -50, -46])
def test_breath_in_the_pause_is_no_word(breath_db: float) -> None:
    breathy = np.concatenate([noise(0.08, -75), noise(0.15, breath_db), noise(0.07, -75)])
    kept = cut(joined(lead(), breathy, tone(0.35)), RATE, PHRASE)
    assert 0.3 < seconds(kept) < 0.45


@pytest.mark.parametrize("floor_db", [-75, -60, -50, -46])
def test_a_noisy_recording_is_cut_as_well(floor_db: float) -> None:
    samples = joined(lead(), noise(0.25, -90), tone(0.35), noise(0.1, -90), floor_db=floor_db)
    kept = cut(samples, RATE, PHRASE)
    assert 0.4 < seconds(kept) < 0.5


def test_a_soft_consonant_at_the_beginning_is_kept() -> None:
    word = np.concatenate([noise(0.09, -38), tone(0.3)])  # the f of "five", 25 dB below
    kept = cut(joined(lead(), noise(0.25, -75), word), RATE, PHRASE)
    assert seconds(kept) >= 0.39


def test_the_silence_before_a_final_t_is_part_of_the_word() -> None:
    eight = np.concatenate([tone(0.2), noise(0.1, -75), noise(0.05, -25)])
    kept = cut(joined(lead(), noise(0.25, -75), eight, noise(0.1, -75)), RATE, PHRASE)
    assert seconds(kept) == pytest.approx(0.45 + 0.02, abs=0.02)


def test_a_click_in_the_pause_is_no_word() -> None:
    clicking = np.concatenate([noise(0.12, -75), tone(0.015), noise(0.12, -75)])
    assert 0.3 < seconds(cut(joined(lead(), clicking, tone(0.35)), RATE, PHRASE)) < 0.4


@pytest.mark.parametrize("level_db", [-35.0, -19.0, -10.0, -4.0])
def test_a_word_is_made_as_loud_as_a_sentence(level_db: float) -> None:
    sentence = joined(tone(0.6, -14), noise(0.3, -70), tone(0.6, -14))
    word = levelled(tone(0.3, level_db), RATE, loudness(sentence, RATE))
    expected = np.abs(tone(0.3, -14)).max()
    assert abs(20 * np.log10(np.abs(word).max() / expected)) < 1


def test_pauses_do_not_sound() -> None:
    word = np.concatenate([tone(0.5), noise(0.05, -70), tone(0.2)])
    spoken = joined(noise(0.3, -75), tone(0.6), noise(0.4, -70), word)
    assert sounding(spoken, RATE) == pytest.approx(0.6 + 0.75, abs=0.05)
    assert sounding(spoken[:0], RATE) == 0.0


def test_silence_and_what_would_be_too_loud_stay_as_they_can() -> None:
    silence = np.zeros(RATE, np.float32)
    assert not levelled(silence, RATE, 0.2).any()
    click = np.zeros(RATE, np.float32)
    click[100] = 0.9
    assert np.abs(levelled(click, RATE, 0.7)).max() <= 1


def test_three_repetitions_leave_the_last() -> None:
    gap = noise(0.2, -75)
    samples = joined(tone(0.4), gap, tone(0.4), gap, tone(0.5), noise(0.1, -75))
    assert seconds(cut(samples, RATE, THREE)) == pytest.approx(0.6 + 0.02, abs=0.02)


def test_the_cut_begins_silently() -> None:
    kept = cut(joined(lead(), noise(0.3, -46), tone(0.3), floor_db=-60), RATE, PHRASE)
    assert kept is not None
    assert abs(kept[0]) < 1e-3


def test_the_original_is_left_as_it_is() -> None:
    samples = joined(lead(), noise(0.3, -60), tone(0.3))
    before = samples.copy()
    cut(samples, RATE, PHRASE)
    assert np.array_equal(samples, before)


@pytest.mark.parametrize("rate", [8_000, 16_000, 48_000])
def test_other_sample_rates(rate: int) -> None:
    samples = joined(lead(), noise(0.3, -60), tone(0.3))
    there = np.interp(np.arange(0, len(samples), RATE / rate), np.arange(len(samples)), samples)
    kept = cut(there.astype(np.float32), rate, PHRASE)
    assert kept is not None
    assert len(kept) / rate == pytest.approx(0.32, abs=0.02)


# Where the voice itself says when the word begins


def tail(pause: float = 0.25, word: float = 0.35, after: float = 0.2) -> Samples:
    """What is made of a phrase: the pause before the word, the word, the pause after it."""
    return joined(noise(pause, -75), tone(word), noise(after, -75))


@pytest.mark.parametrize("off", [-0.08, 0.0, 0.08])
def test_a_word_that_begins_about_where_it_should_is_kept_whole(off: float) -> None:
    kept = cut_at(tail(), RATE, round((0.25 + off) * RATE))
    assert seconds(kept) == pytest.approx(0.35 + 0.2 + 0.02, abs=0.02)
    assert kept is not None
    assert abs(kept[0]) < 1e-3
    assert onset(kept) < 0.03


@pytest.mark.parametrize("off", [-0.15, 0.15])
def test_what_begins_elsewhere_is_not_the_word(off: float) -> None:
    assert cut_at(tail(), RATE, round((0.25 + off) * RATE)) is None


def test_no_pause_before_the_word_is_no_cut() -> None:
    assert cut_at(joined(tone(0.6), noise(0.2, -75)), RATE, round(0.25 * RATE)) is None


def test_two_sounds_are_no_cut_either() -> None:
    two = joined(noise(0.25, -75), tone(0.2), noise(0.3, -75), tone(0.2))
    assert cut_at(two, RATE, round(0.25 * RATE)) is None


def test_a_stub_of_a_word_is_no_cut() -> None:
    assert cut_at(tail(word=0.06, after=0.5), RATE, round(0.25 * RATE)) is None


# Not cutting


def test_no_pause_is_no_cut() -> None:
    assert cut(joined(lead(), tone(0.35)), RATE, PHRASE) is None


def test_a_pause_too_short_is_no_cut() -> None:
    assert cut(joined(lead(), noise(0.05, -75), tone(0.35)), RATE, PHRASE) is None


def test_a_pause_full_of_loud_breath_is_no_cut() -> None:
    assert cut(joined(lead(), noise(0.3, -28), tone(0.35)), RATE, PHRASE) is None


def test_too_many_pauses_are_no_cut() -> None:
    gap = noise(0.25, -75)
    samples = joined(tone(0.3), gap, tone(0.4), gap, tone(0.3), gap, tone(0.3))
    assert cut(samples, RATE, PHRASE) is None


def test_a_pause_in_the_wrong_place_is_no_cut() -> None:
    """ "The … next word is one": what follows the only pause is far longer than the word."""
    assert cut(joined(tone(0.2), noise(0.25, -75), tone(1.2)), RATE, PHRASE) is None


def test_a_word_swallowed_to_a_stub_is_no_cut() -> None:
    assert cut(joined(lead(), noise(0.25, -75), tone(0.06)), RATE, PHRASE) is None


@pytest.mark.parametrize(
    "samples",
    [
        np.zeros(0, np.float32),
        np.zeros(100, np.float32),
        np.zeros(RATE, np.float32),
        noise(1.0, -30),
        np.full(RATE, np.nan, np.float32),
        np.full(RATE, 0.5, np.float32),
    ],
    ids=["none", "a few", "silence", "noise", "nan", "constant"],
)
def test_what_is_no_speech_is_no_cut(samples: Samples) -> None:
    assert cut(samples, RATE, PHRASE) is None
    assert cut(samples, RATE, THREE) is None
    assert cut_at(samples, RATE, len(samples) // 2) is None
