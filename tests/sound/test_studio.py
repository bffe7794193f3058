"""The studio with a voice that counts what it is asked for."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples

from audiocoach import Options, pipeline
from audiocoach.coaching.phrases import phrases_for
from audiocoach.delivery.words import note_text
from audiocoach.errors import VoiceError
from audiocoach.sound.beat import beat
from audiocoach.sound.clip import MOST_HURRIED, from_samples, hurry, samples
from audiocoach.sound.studio import Studio, Takes
from audiocoach.store import Cache
from audiocoach.timeline.script import FRAME_SAMPLES, SAMPLE_RATE, Chime, Sound, Utterance
from audiocoach.voice import base
from audiocoach.voice.segment import AudioSegment
from audiocoach.wording import excerpt

RATE = 16_000
CALIBRATION = phrases_for("en").variants("calibration")
SECOND = SAMPLE_RATE
AFTER_BEAT = SECOND * 9 // 10
"""What a second has after a beat."""


def tone(seconds: float, level: float, pitch: float = 180.0) -> AudioSegment:
    """A tone that swells like syllables."""
    time = np.arange(round(seconds * RATE)) / RATE
    wave = np.sin(2 * np.pi * pitch * time) * (0.6 + 0.4 * np.sin(2 * np.pi * 5 * time))
    data = np.asarray(wave * level * 32767, "<i2").tobytes()
    return AudioSegment(data=data, sample_width=2, frame_rate=RATE, channels=1)


@dataclass
class Counted:
    """A voice that notes each text; a text `1.5 s` lasts 1.5 s."""

    fingerprint: str = "counted 1"
    tempo: float = 1.0
    level: float = 0.3
    fails_at: str = ""
    mute: bool = False
    asked: list[str] = field(default_factory=list)
    name: str = "counted"
    online: bool = False

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, AudioSegment]]:
        for utterance in utterances:
            text = utterance.text
            if text == self.fails_at:
                raise VoiceError(f"could not speak {text!r}")
            self.asked.append(text)
            seconds = text.removesuffix(" s")
            length = float(seconds) if seconds != text else 0.5 + zlib.crc32(text.encode()) % 9 / 9
            yield utterance, tone(length, 0.0 if self.mute else self.level)


def says(*texts: str, language: str = "en") -> list[Utterance]:
    return [Utterance(text, language) for text in texts]


@pytest.fixture
def studio(tmp_path: Path) -> Callable[..., Studio]:
    """Opens a studio for a voice, each time with the cache of a new build."""

    def opened(voice: Counted, language: str = "en") -> Studio:
        return Studio(voice, language, Cache(tmp_path / "cache"))

    return opened


Open = Callable[..., Studio]


def entries(tmp_path: Path, kind: str = "clip") -> set[Path]:
    return {each for each in (tmp_path / "cache/v1" / kind).rglob("*") if each.is_file()}


def damage(paths: Iterable[Path]) -> None:
    for path in paths:
        content = bytearray(path.read_bytes())
        content[-100] ^= 0xFF
        path.write_bytes(content)


# Level


def test_the_level_is_measured_on_the_calibration_and_once(studio: Open) -> None:
    voice = Counted()
    first = studio(voice).record(says("One.", "Two."))
    assert voice.asked == [*CALIBRATION, "One.", "Two."]
    voice.asked.clear()
    again = studio(voice).record(says("Two.", "Three."))
    assert voice.asked == ["Three."]
    assert again.samples(says("Two.")[0]).tobytes() == first.samples(says("Two.")[0]).tobytes()


def test_nobody_looks_for_a_sentence_of_ours_in_a_routine(
    studio: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(said: Sequence[Utterance]) -> Iterator[tuple[Utterance, AudioSegment]]:
        text = said[0].text
        raise VoiceError(f"could not speak {excerpt(text)}; try again", utterance=text)

    voice = Counted()
    monkeypatch.setattr(voice, "speak", failing)
    whose = r"…\" \(a sentence of audiocoach's own, to measure a new voice\); try again"
    with pytest.raises(VoiceError, match=whose):
        studio(voice).level()


def test_a_clip_is_the_same_in_every_routine(tmp_path: Path) -> None:
    clips = []
    for number, others in enumerate([[], ["A loud one!"], ["Very", "many", "others"]]):
        made = Studio(Counted(), "en", Cache(tmp_path / str(number)))
        takes = made.record(says(*others, "Hold."))
        clips.append(takes.samples(says("Hold.")[0]).tobytes())
    assert len(set(clips)) == 1


def test_a_quiet_voice_is_brought_to_the_level_of_a_loud_one(tmp_path: Path) -> None:
    peaks = []
    for level in (0.05, 0.8):
        made = Studio(Counted(level=level), "en", Cache(tmp_path / str(level)))
        takes = made.record(says("Hold."))
        peaks.append(int(np.abs(takes.samples(says("Hold.")[0]).astype(int)).max()))
    assert peaks[0] == pytest.approx(peaks[1], rel=0.02)


# Keys


def test_a_key_has_all_that_changes_the_sound_and_not_the_name(studio: Open) -> None:
    def key(voice: Counted, sound: Sound) -> str:
        return studio(voice).record([sound]).key(sound)

    voice, hold = Counted(), says("Hold.")[0]
    keys = [
        key(voice, hold),
        key(replace(voice, fingerprint="counted 2"), hold),
        key(replace(voice, tempo=1.25), hold),
        key(replace(voice, tempo=1.2500001), hold),
        key(voice, says("Hold!")[0]),
        key(voice, says("Hold.", language="en-GB")[0]),
    ]
    assert len(set(keys)) == 5  # the fourth tempo is the third
    assert keys[2] == keys[3]
    assert key(replace(voice, name="another"), hold) == keys[0]
    assert key(voice, Chime.START) != key(voice, Chime.END)


def test_each_clip_is_under_its_own_key(studio: Open, tmp_path: Path) -> None:
    voice = Counted()
    sounds = says("One.", "Two.", "One.")
    made = studio(voice)
    assert made.record([*sounds, Chime.START]).lengths.keys() == {*sounds, Chime.START}
    assert len(entries(tmp_path)) == 2
    made.record(sounds)
    assert voice.asked.count("One.") == 1
    studio(replace(voice, tempo=2.0)).record(sounds)
    assert len(entries(tmp_path)) == 4


def test_has_all_and_what_is_to_speak(studio: Open) -> None:
    voice = Counted()
    sounds: list[Sound] = [*says("One.", "Two."), Chime.START]
    assert studio(voice).has_all([Chime.START])
    assert studio(voice).to_speak([Chime.START]) == []
    assert not studio(voice).has_all(sounds)
    assert [each.text for each in studio(voice).to_speak(sounds)] == [*CALIBRATION, "One.", "Two."]
    assert voice.asked == []
    studio(voice).record(sounds)
    assert studio(voice).has_all(sounds)
    assert studio(voice).to_speak(sounds) == []
    assert studio(voice).to_speak(says("Two.", "Three.")) == says("Three.")
    assert not studio(replace(voice, tempo=1.1)).has_all(sounds)


# Damage and failures


def test_a_damaged_clip_is_made_again_with_the_same_bytes(studio: Open, tmp_path: Path) -> None:
    voice, (hold, rest) = Counted(), says("Hold.", "Rest.")
    before = studio(voice).record([hold, rest]).samples(hold).tobytes()
    voice.asked.clear()
    damage(entries(tmp_path))
    takes = studio(voice).record([hold, rest])  # sees only headers
    assert takes.samples(hold).tobytes() == before
    assert voice.asked == ["Hold."]
    assert studio(voice).record([hold]).samples(hold).tobytes() == before
    assert voice.asked == ["Hold."]


@pytest.mark.parametrize("which", ["natural", "hurried", "both"])
def test_so_is_a_hurried_one(studio: Open, tmp_path: Path, which: str) -> None:
    voice, (word,) = Counted(), says("1.2 s")
    natural = studio(voice).record([word]).lengths[word]
    old = entries(tmp_path)
    takes = hurried(studio(voice), [word])
    first = takes.lengths[word]
    assert first < natural
    before = takes.samples(word).tobytes()
    made_by_hurry = entries(tmp_path) - old
    assert len(made_by_hurry) == 1
    if which != "hurried":
        damage(old)
    if which == "natural":
        made_by_hurry.pop().unlink()
    damage(made_by_hurry)
    takes = hurried(studio(voice), [word])
    assert takes.lengths[word] == first
    assert takes.samples(word).tobytes() == before
    assert len(takes.samples(word)) == first


def test_a_voice_that_gives_no_sound_is_an_error(studio: Open, tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="no sound"):
        studio(Counted(mute=True)).record(says("Hold."))
    assert not entries(tmp_path) | entries(tmp_path, "gain")


def test_a_voice_that_yields_nothing_is_never_a_silent_session(studio: Open) -> None:
    voice = Counted()
    voice.speak = lambda utterances: iter(())  # type: ignore[method-assign]
    with pytest.raises((VoiceError, RuntimeError)):
        studio(voice).record(says("Hold."))


def test_a_voice_that_fails_midway_is_asked_only_for_the_rest(studio: Open, tmp_path: Path) -> None:
    texts = [f"Number {number}." for number in range(12)]
    voice = Counted(fails_at=texts[7])
    told: list[tuple[int, int]] = []
    with pytest.raises(VoiceError, match=r"Number 7\."):
        studio(voice).record(says(*texts), lambda done, total: told.append((done, total)))
    assert told == [(done, 12) for done in range(1, 8)]
    assert len(entries(tmp_path)) == 7
    voice.fails_at = ""
    voice.asked.clear()
    lengths = studio(voice).record(says(*texts)).lengths
    assert voice.asked == texts[7:]
    assert len(lengths) == 12


def test_one_that_fails_while_it_is_measured_keeps_nothing_false(studio: Open) -> None:
    voice = Counted(fails_at=CALIBRATION[-1])
    with pytest.raises(VoiceError):
        studio(voice).record(says("Hold."))
    voice.fails_at = ""
    voice.asked.clear()
    studio(voice).record(says("Hold."))
    assert voice.asked == [*CALIBRATION, "Hold."]


# Beats


def hurried(made: Studio, words: list[Utterance], limit: int = AFTER_BEAT) -> Takes:
    """The words, spoken faster where they go on for longer than that after their beat."""
    return made.hurried(made.record(words), dict.fromkeys(words, limit))


def test_a_word_longer_than_its_beat_is_hurried_and_that_is_noted(studio: Open) -> None:
    voice, (long, short) = Counted(), says("1.3 s", "0.5 s")
    made = studio(voice)
    natural = made.record([long])
    takes = hurried(made, [long, short])
    found = takes.lengths
    assert found[long] - takes.beats([long])[long] <= AFTER_BEAT
    assert natural.lengths[long] / found[long] <= MOST_HURRIED
    assert len(takes.samples(long)) == found[long]
    (note,) = (note_text(note, phrases_for("en")) for note in takes.notes)
    assert "'1.3 s' lasts 1.3" in note
    assert "times as fast to fit its beat" in note
    assert voice.asked.count("1.3 s") == 1


def test_what_was_taken_stays_as_it_is_whatever_the_studio_does_next(studio: Open) -> None:
    made, (word,) = studio(Counted()), says("1.3 s")
    natural = made.record([word])
    faster = hurried(made, [word])
    tighter = hurried(made, [word], AFTER_BEAT * 9 // 10)
    again = made.record([word])
    assert again == natural
    assert len({each.key(word) for each in (natural, faster, tighter)}) == 3
    for takes in (natural, faster, tighter):
        assert len(takes.samples(word)) == takes.lengths[word]
    assert again.notes == ()


def test_one_that_would_not_be_clear_is_left_as_it_is(studio: Open) -> None:
    made, (word,) = studio(Counted()), says("1.7 s")
    natural = made.record([word]).lengths[word]
    takes = hurried(made, [word])
    assert takes.lengths == {word: natural}
    assert takes.notes == ()


def test_and_the_session_says_that_it_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every word lasts two seconds, so no count of a hold can be heard."""

    class Slow(Counted):
        def speak(
            self, utterances: Sequence[Utterance]
        ) -> Iterator[tuple[Utterance, AudioSegment]]:
            return ((each, tone(2.0, 0.3)) for each in utterances)

    engine = SimpleNamespace(
        name="slow", online=False, offers=lambda _: [], open=lambda *_, **__: Slow()
    )
    monkeypatch.setitem(sys.modules, "slow_engine", SimpleNamespace(ENGINE=engine))
    row = base.BuiltIn("slow_engine:ENGINE", "Slow", base.Unasked.NEVER)
    monkeypatch.setitem(base.BUILT_IN, "slow", row)
    text = "title: T\nlanguage: en\nexercises:\n  - name: squat\n    hold: 3s\n"
    (tmp_path / "squat.yaml").write_text(text)
    done = pipeline.rehearse(
        tmp_path / "squat.yaml",
        Options(voice="slow", duration="natural"),
        cache=Cache(tmp_path / "cache"),
    )
    notes = [note_text(note, phrases_for("en")) for note in done.timeline.notes]
    assert any("'Two.' is left out" in note or "'Two' is left out" in note for note in notes), notes
    spoken = {cue.sound.text for cue in done.timeline.cues if isinstance(cue.sound, Utterance)}
    left_out = {note.split("'")[1] for note in notes if "left out" in note}
    assert done.script.sounds()
    texts = {each.text for each in done.script.sounds() if isinstance(each, Utterance)}
    assert left_out <= texts
    assert len(spoken) > 3


def too_long(limit: int, ratio: float, pitch: float) -> tuple[AudioSegment, int]:
    """A tone that goes on after its beat `ratio` times as long as it may, and its length."""
    time = np.arange(int(limit * ratio) + SECOND) / SAMPLE_RATE
    wave = np.asarray(np.sin(2 * np.pi * pitch * time) * 9000, "<i2")
    length = int(limit * ratio) + beat(wave)
    return from_samples(wave[:length]), length


@settings(max_examples=examples(25))
@given(limit=st.integers(SECOND * 9 // 10, SECOND * 2), ratio=st.floats(1.001, 1.44))
def test_what_is_not_half_too_long_always_fits(limit: int, ratio: float) -> None:
    """Not quite up to 1.6: a clip is whole MP3 frames, and a stretched one rings on a little."""
    clip, length = too_long(limit, ratio, 150)
    faster = hurry(clip, limit)
    assert faster is not None
    fitted = samples(faster)
    assert len(fitted) - beat(fitted) <= limit
    assert len(fitted) % FRAME_SAMPLES == 0
    assert len(fitted) >= length / MOST_HURRIED - FRAME_SAMPLES
    assert np.abs(fitted.astype(int)).max() > 5000


@settings(max_examples=examples(25))
@given(limit=st.integers(SECOND // 2, SECOND * 2), ratio=st.floats(1.001, 3.0))
def test_nothing_is_ever_longer_than_its_beat_or_too_fast(limit: int, ratio: float) -> None:
    """From half a beat up: in 0.1 s a whole frame is a quarter of the room."""
    clip, length = too_long(limit, ratio, 143)
    hurried = hurry(clip, limit)
    if hurried is None:
        assert ratio > 1.1  # nearly too long is no reason to give up
    else:
        fitted = samples(hurried)
        assert length / MOST_HURRIED - FRAME_SAMPLES <= len(fitted)
        assert len(fitted) - beat(fitted) <= limit
