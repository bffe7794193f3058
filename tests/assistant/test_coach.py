"""The coach on a player that keeps time: what is heard after each word, from the real sound."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audiocoach.assistant import coach as coaches
from audiocoach.assistant.coach import OFFERED, Coach
from audiocoach.assistant.memory import Kept, Left
from audiocoach.coaching.phrases import phrases_for
from audiocoach.errors import FitError
from audiocoach.pipeline import rehearse
from audiocoach.remote import Intent, Place, Said
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.sound.mix import mix
from audiocoach.timeline.script import SAMPLE_RATE


@dataclass
class Player:
    """A player whose clock the test turns; it notes what is asked of it."""

    said: list[str] = field(default_factory=list)
    noticed: list[str] = field(default_factory=list)
    path: Path | None = None
    at: float = 0.0
    playing: bool = False
    deaf: bool = False

    def say(self, said: Said) -> None:
        self.said.append(said.text)

    def notice(self, text: str) -> None:
        self.noticed.append(text)

    def play(self, path: Path, title: str) -> None:
        self.path, self.at, self.playing = path, 0.0, True
        assert title

    def pause(self) -> bool:
        self.playing = self.deaf
        return not self.playing

    def resume(self) -> None:
        self.playing = True

    def stop(self) -> None:
        self.path, self.playing = None, False

    def position(self) -> float:
        return self.at

    def sound(self) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        assert self.path is not None
        with soundfile.SoundFile(self.path) as file:
            assert file.samplerate == SAMPLE_RATE
            return np.asarray(file.read(dtype="float32"))


STOPPED = Left("desk-break", "en", {}, 100 * SAMPLE_RATE)


@pytest.fixture
def player() -> Player:
    return Player()


@pytest.fixture
def here(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Surroundings:
    monkeypatch.setattr(coaches, "PATIENCE", 600.0)
    here = {"VOICE": "espeak", "OFFLINE": "on", "CACHE": str(cache)}
    return Surroundings({f"AUDIOCOACH_{name}": value for name, value in here.items()})


@pytest.fixture
def coach(player: Player, tmp_path: Path, here: Surroundings) -> Coach:
    return Coach(player, tmp_path, surroundings=here)


def sounds(player: Player) -> bool:
    return player.playing


def heard_from(coach: Coach, player: Player, at: int) -> None:
    """The file that plays is the session from there, to the sample."""
    session = coach._session
    assert session is not None
    sound = player.sound()
    assert len(sound) == session.remote.timeline.total - at
    end = at + 20 * SAMPLE_RATE
    cues = [cue for cue in session.remote.timeline.cues if at <= cue.start and cue.end <= end]
    there = mix(cues, at, end, session.rehearsal.takes.samples).astype(np.float32) / 32768
    here = sound[: cues[-1].end - at]
    there = there[: len(here)]
    first_there, first_here = (np.flatnonzero(np.abs(each) > 0.01)[0] for each in (there, here))
    assert abs(int(first_there) - int(first_here)) < SAMPLE_RATE // 50
    assert np.corrcoef(there, here)[0, 1] > 0.99


def test_a_session_is_begun_and_gone_through_by_words(coach: Coach, player: Player) -> None:
    coach.begin("begin the desk break", "en-US")
    assert player.playing
    heard_from(coach, player, 0)
    remote = coach._session.remote if coach._session else None
    assert remote

    player.at = 10.0
    coach.hear(Intent.NEXT, "en-US")
    first = coach.place()
    assert remote.part(first.at).address.exercise
    heard_from(coach, player, first.at)

    player.at = 7.5
    coach.hear(Intent.TIME_LEFT, "en-US")
    place = Place(first.at + int(7.5 * SAMPLE_RATE))
    assert player.said == [remote.answer(Intent.TIME_LEFT, place).say]
    assert coach.place() == place

    coach.hear(Intent.REPEAT, "en-US")
    assert coach.place() == first
    coach.hear(Intent.PAUSE, "en-US")
    assert not sounds(player)
    assert player.said[-1] == "Paused. Say: go on, when you are ready."
    coach.hear(Intent.GO_ON, "en-US")
    assert sounds(player)

    player.at = remote.timeline.total / SAMPLE_RATE
    coach.ended()
    assert not coach.is_on
    assert coach.kept == Kept(done=("desk-break",))


def test_what_lets_it_be_changes_nothing_but_the_silence(coach: Coach, player: Player) -> None:
    assert not coach.lets_be("don't stop", "en"), "there is nothing to let be"
    coach.begin("desk break", "en")
    player.at = 20.0
    assert coach.lets_be("don't stop", "en")
    assert coach.hears("don't stop", "en") is None
    place, player.playing = coach.place(), False  # while it listens
    coach.let_be()
    assert sounds(player)
    assert coach.place() == place
    coach.hear(Intent.PAUSE, "en")
    coach.let_be()
    assert not sounds(player), "what was paused stays so"


def test_paused_is_said_only_once_it_is(coach: Coach, player: Player) -> None:
    coach.begin("desk break", "en")
    player.deaf = True
    coach.hear(Intent.PAUSE, "en")
    assert player.said == []
    assert coach.place().playing


def test_who_stopped_goes_on_there_after_a_restart(
    coach: Coach, player: Player, tmp_path: Path, here: Surroundings
) -> None:
    coach.begin("desk break", "en")
    coach.hear(Intent.NEXT, "en")
    coach.hear(Intent.NEXT, "en")
    mark = coach.place()
    player.at = 6.0
    coach.hear(Intent.STOP, "en")
    assert player.path is None
    kept = coach.kept
    (left,) = kept.left
    assert (left.routine, left.at) == ("desk-break", mark.at + 6 * SAMPLE_RATE)

    again = Coach(player, tmp_path, kept, here)
    again.hear(Intent.NEXT, "en")
    assert player.said == ["No session is on."]
    again.hear(Intent.GO_ON, "en")
    player.at = 0.0
    place = again.place()
    assert mark.at <= place.at <= left.at
    heard_from(again, player, place.at)


def test_who_begins_anew_is_told_where_he_stopped(
    player: Player, tmp_path: Path, here: Surroundings
) -> None:
    coach = Coach(player, tmp_path, Kept((STOPPED,), ("desk-break",)), here)
    coach.begin("desk break", "en")
    assert coach._session
    part = coach._session.remote.part(STOPPED.at)
    assert part.address.exercise
    assert player.said == [
        f"Last time you stopped at: {part.title}. To go on from there, say: go on."
    ]
    assert coach.place().at > 0, "and is spared the welcome"
    coach.begin("desk break", "en")
    assert len(player.said) == 1, "who has not stopped is not told so"


def test_the_offer_to_go_on_leads_there(player: Player, tmp_path: Path, here: Surroundings) -> None:
    coach = Coach(player, tmp_path, Kept((STOPPED,)), here)
    coach.begin("desk break", "en")
    player.at = 3.0
    assert coach.kept.left == (STOPPED,), "what was only begun takes no place"
    coach.hear(Intent.GO_ON, "en")
    player.at = 0.0
    place = coach.place()
    session = coach._session
    assert session
    assert session.remote.part(place.at) == session.remote.part(STOPPED.at)
    assert place.at <= STOPPED.at
    heard_from(coach, player, place.at)
    coach.hear(Intent.GO_ON, "en")
    assert coach.place() == place, "it led there once"


def test_after_a_jump_nothing_is_offered_any_more(
    player: Player, tmp_path: Path, here: Surroundings
) -> None:
    coach = Coach(player, tmp_path, Kept((STOPPED,)), here)
    coach.begin("desk break", "en")
    player.at = 3.0
    coach.hear(Intent.NEXT, "en")
    place = coach.place()
    assert coach.kept.left[0].at == place.at != STOPPED.at
    coach.hear(Intent.PAUSE, "en")
    coach.hear(Intent.GO_ON, "en")
    assert coach.place() == place


@pytest.mark.parametrize(
    ("wished", "left_at", "begun"),
    [
        ("a slow desk break", 340, "desk break"),
        ("desk break without the neck stretch", 170, "desk break"),
        ("desk break only the neck stretch", 60, "a slow desk break"),
    ],
)
def test_the_offer_leads_into_the_session_that_was_left(
    player: Player, coach: Coach, wished: str, left_at: int, begun: str
) -> None:
    """Its settings and its selection are its own: a place means nothing in another session."""
    coach.begin(wished, "en")
    assert coach._session
    before = coach._session
    place = before.remote.timeline.total - 40 * SAMPLE_RATE  # told only where it is done
    place = min(left_at * SAMPLE_RATE, place)
    player.at = place / SAMPLE_RATE
    coach.hear(Intent.STOP, "en")
    coach.begin(begun, "en")
    name = before.remote.part(place).title
    assert player.said == [f"Last time you stopped at: {name}. To go on from there, say: go on."]
    player.at = 5.0
    coach.hear(Intent.GO_ON, "en")
    player.at = 0.0
    session = coach._session
    assert session.remote.timeline == before.remote.timeline
    assert session.remote.part(coach.place().at) == before.remote.part(place)


def test_the_offer_outlasts_another_pace(
    player: Player, tmp_path: Path, here: Surroundings
) -> None:
    coach = Coach(player, tmp_path, Kept((STOPPED,)), here)
    coach.begin("desk break", "en")
    player.at = 3.0
    coach.hear(Intent.SLOWER, "en")
    assert coach.kept.left == (STOPPED,)


def test_who_begins_by_mistake_can_go_back(player: Player, coach: Coach) -> None:
    coach.begin("desk break", "en")
    player.at = 200.0
    assert coach._session
    part = coach._session.remote.part(coach.place().at)
    coach.begin("desk break", "en")
    player.at = 5.0
    assert [each.at for each in coach.kept.left] == [200 * SAMPLE_RATE]
    coach.hear(Intent.GO_ON, "en")
    player.at = 0.0
    assert coach._session.remote.part(coach.place().at) == part


def test_an_exercise_alone_is_as_long_as_it_is(player: Player, coach: Coach) -> None:
    coach.begin("desk break only the neck stretch", "en")
    assert player.playing
    assert player.said == []
    coach.leave()
    coach.begin("desk break only the neck stretch for twenty minutes", "en")
    assert player.said == ["Desk break takes three minutes at most."]


@pytest.mark.parametrize(
    "stored",
    [
        None,
        [],
        "x",
        {"left": None, "done": None},
        {"left": {"a": 1}, "done": 3, "more": 1},
        {"left": [None, 7, {"routine": "x"}, {"routine": 1, "language": 2}], "done": [[], 5]},
        {"left": [{**asdict(STOPPED), "at": -1}, {**asdict(STOPPED), "settings": None}]},
    ],
)
def test_what_was_stored_in_another_way_is_nothing(stored: object) -> None:
    assert Kept.read(stored) == Kept()


def test_what_can_be_read_is_kept() -> None:
    newer = {**asdict(STOPPED), "settings": {"pace": "slow", "mood": "good"}, "colour": "red"}
    kept = Kept.read({"left": [newer, {"routine": "x"}], "done": ["eye-rest", 4], "version": 2})
    assert kept == Kept((replace(STOPPED, settings={"pace": "slow"}),), ("eye-rest",))


def test_who_only_tried_the_beginning_keeps_the_place(
    player: Player, tmp_path: Path, here: Surroundings
) -> None:
    coach = Coach(player, tmp_path, Kept((STOPPED,)), here)
    coach.begin("desk break", "en")
    player.at = 10.0
    coach.hear(Intent.STOP, "en")
    assert coach.kept.left == (STOPPED,)
    coach.begin("desk break", "en")
    player.at = 10.0
    coach.hear(Intent.PAUSE, "en")
    coach.hear(Intent.GO_ON, "en")
    assert coach.place() == Place(10 * SAMPLE_RATE), "what was paused goes on where it was"
    player.at = OFFERED / SAMPLE_RATE + 1
    coach.hear(Intent.GO_ON, "en")
    assert coach.place().at == OFFERED + SAMPLE_RATE
    coach.hear(Intent.STOP, "en")
    assert [each.at for each in coach.kept.left] == [OFFERED + SAMPLE_RATE]


def test_each_routine_is_gone_on_with_where_it_was_left(
    player: Player, tmp_path: Path, here: Surroundings
) -> None:
    coach = Coach(player, tmp_path, Kept((STOPPED,)), here)
    coach.begin("eye rest", "en")
    player.at = 12.0
    coach.begin("heel drops", "en")
    player.at = 4.0
    coach.hear(Intent.STOP, "en")
    assert [each.routine for each in coach.kept.left] == ["desk-break", "eye-rest", "heel-drops"]
    assert coach.kept.of("desk-break") == STOPPED
    assert Kept.read(coach.kept.stored()) == coach.kept
    coach.hear(Intent.GO_ON, "en")
    assert coach._session
    assert coach._session.routine == "heel-drops"


def test_who_stops_in_the_goodbye_has_done_it(coach: Coach, player: Player) -> None:
    coach.begin("desk break", "en")
    assert coach._session
    player.at = coach._session.remote.timeline.total / SAMPLE_RATE - 1
    coach.hear(Intent.STOP, "en")
    assert coach.kept == Kept(done=("desk-break",))
    coach.hear(Intent.GO_ON, "en")
    assert player.said == ["No session is on."]


def test_ten_minutes_are_too_short_for_the_feet(
    coach: Coach, player: Player, here: Surroundings
) -> None:
    with pytest.raises(FitError) as refused:
        rehearse("foot-relief", Options(duration=600_000), surroundings=here)
    minutes = phrases_for("en").number(-(-refused.value.shortest // 60_000))
    coach.begin("foot workout, ten minutes", "en")
    assert player.path is None
    assert player.said == [
        f"Foot relief takes {minutes} minutes or more.",
        "Desk break would fit.",
    ]


def test_what_was_refused_can_be_asked_for_otherwise(coach: Coach, player: Player) -> None:
    assert not coach.begins("twenty minutes", "en")
    coach.begin("foot care for four minutes", "en")
    assert player.path is None
    assert player.said == [
        "Foot care takes nineteen minutes or more.",
        "On its own, this would fit: Toe press.",
    ]
    assert not coach.begins("what's the weather", "en")
    assert coach.begins("half an hour", "en")
    coach.begin("half an hour", "en")
    assert coach._session
    assert coach._session.remote.timeline.total == 1800 * SAMPLE_RATE
    coach.leave()
    assert not coach.begins("half an hour", "en")


def test_a_word_is_said_when_it_takes_long(
    coach: Coach, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coaches, "PATIENCE", 0.0)
    coach.begin("desk break", "en")
    assert player.said == ["One moment. I am preparing it."]


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "begin my spotify foot workout", "I did not understand: spotify."),
        ("de", "Fußtraining ohne Handstand", "Das habe ich nicht verstanden: ohne handstand."),
    ],
)
def test_what_is_not_understood_begins_nothing(
    coach: Coach, player: Player, language: str, text: str, said: str
) -> None:
    coach.begin(text, language)
    assert player.said == [said]
    assert not coach.is_on


def test_slower_goes_on_at_the_same_rep(coach: Coach, player: Player) -> None:
    coach.begin("foot workout", "en")
    session = coach._session
    assert session
    part = next(part for part in session.remote.parts if part.address.exercise == 1)
    sixth = part.passages[0].units[5]
    assert sixth.address.rep == 6
    player.at = (sixth.steps[0].start + SAMPLE_RATE) / SAMPLE_RATE
    coach.hear(Intent.SLOWER, "en")
    assert player.said == ["Slower from here on."]
    other = coach._session
    assert other
    assert other.remote.timeline.total > session.remote.timeline.total
    (twin,) = (
        unit
        for each in other.remote.parts
        for passage in each.passages
        for unit in passage.units
        if unit.steps[0].start == other.start
    )
    assert twin.address == sixth.address
    heard_from(coach, player, other.start)
    coach.hear(Intent.SLOWER, "en")
    assert player.said[-1] == "It can't be told more slowly than this."
