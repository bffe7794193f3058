"""A session by OpenVoiceOS from its first word to its end, on a player that keeps real time."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import numpy as np
import pytest
import soundfile

from audiocoach.remote import Intent, Place
from audiocoach.sound.mix import mix
from audiocoach.timeline.script import SAMPLE_RATE, IntervalKind

pytest.importorskip("ovoscope", reason="OpenVoiceOS: scripts/assistants ovos runs this")

PAUSED, PLAYING, STOPPED, END_OF_MEDIA = 2, 1, 0, 7


class Player:
    """The player behind the bus: it plays one file as long as it lasts, by the clock."""

    def __init__(self, bus: Any) -> None:
        self._bus = bus
        self.path: Path | None = None
        self._before, self._since = 0.0, 0.0
        for name, act in {
            "play": self._play,
            "pause": self._pause,
            "resume": self._resume,
            "stop": self._stop,
            "get_track_position": self._position,
        }.items():
            bus.croft.bus.on(f"ovos.common_play.{name}", act)

    def _play(self, message: Any) -> None:
        self.path = Path(unquote(urlsplit(message.data["media"]["uri"]).path))
        self._before, self._since = 0.0, 0.0  # paused, as while somebody speaks

    def _pause(self, _message: Any) -> None:
        self._before, self._since = self.at, 0.0
        self._bus.emit("ovos.common_play.player.state", state=PAUSED)

    def _resume(self, _message: Any) -> None:
        self._since = self._since or time.monotonic()
        self._bus.emit("ovos.common_play.player.state", state=PLAYING)

    def _stop(self, _message: Any) -> None:
        self.path, self._since = None, 0.0

    def _position(self, message: Any) -> None:
        self._bus.croft.bus.emit(message.response({"position": round(self.at * 1000) or -189}))

    def go_to(self, seconds: float) -> None:
        self._before, self._since = seconds, time.monotonic()

    @property
    def at(self) -> float:
        return self._before + (time.monotonic() - self._since if self._since else 0.0)

    @property
    def plays(self) -> bool:
        return bool(self._since)

    def sound(self) -> Any:
        assert self.path
        return soundfile.read(self.path, dtype="float32")[0]

    def to_the_end(self) -> None:
        """Play what is left, and say that it is over."""
        left = len(self.sound()) / SAMPLE_RATE - self.at
        assert 0 < left < 60, "a test should not wait for long"
        time.sleep(left)
        self._bus.emit("ovos.common_play.media.state", state=END_OF_MEDIA)


@pytest.fixture
def player(bus: Any) -> Player:
    return Player(bus)


def sounds(player: Player) -> bool:
    return player.plays


def starts_at(bus: Any, player: Player, at: int) -> None:
    """What is played is the session from there: the first sound within 20 ms of its place."""
    session = bus.skill.coach._session
    sound = player.sound()
    assert len(sound) == session.remote.timeline.total - at
    end = at + 10 * SAMPLE_RATE
    cues = [cue for cue in session.remote.timeline.cues if at <= cue.start and cue.end <= end]
    there = mix(cues, at, end, session.rehearsal.takes.samples) / 32768
    firsts = [np.flatnonzero(np.abs(each) > 0.01)[0] for each in (there, sound)]
    assert abs(int(firsts[0]) - int(firsts[1])) < SAMPLE_RATE // 50


def test_a_session_from_its_first_word_to_its_end(bus: Any, player: Player) -> None:
    coach = bus.skill.coach
    bus.say("begin the desk break")
    assert player.plays
    starts_at(bus, player, 0)
    remote = coach._session.remote
    starts = [remote.answer(Intent.NEXT, Place(0)).place.at]
    time.sleep(0.5)

    bus.say("next")
    starts_at(bus, player, starts[0])
    time.sleep(3.2)
    bus.say("how long is left")
    expected = remote.answer(
        Intent.TIME_LEFT, Place(starts[0] + int(player.at * SAMPLE_RATE))
    ).say.split()
    (said,) = bus.spoken
    assert said.split()[:2] == expected[:2]
    told, real = (int(next(filter(str.isdigit, text), 0)) for text in (said.split(), expected))
    assert abs(told - real) <= 1, "to the second"
    assert player.plays

    bus.say("repeat this exercise")
    starts_at(bus, player, starts[0])
    bus.say("pause")
    assert bus.spoken == ["Paused. Say: go on, when you are ready."]
    assert not sounds(player)
    bus.say("go on")
    assert sounds(player)
    bus.say("skip this exercise")
    second = coach._session.start
    assert second > starts[0]
    starts_at(bus, player, second)

    while bus.say("next exercise") or not bus.spoken:
        pass
    assert bus.spoken == ["This is the last part."]
    player.to_the_end()
    assert not coach.is_on
    assert coach.kept.done == ("desk-break",)


def test_a_rest_is_skipped_and_slower_goes_on_at_the_same_rep(bus: Any, player: Player) -> None:
    coach = bus.skill.coach
    bus.say("begin the foot workout")
    remote = coach._session.remote
    bus.say("skip the rest")
    assert bus.spoken == ["There is no rest at the moment."]
    assert player.plays

    sixth = next(unit for unit in remote.done if unit.address.rep == 6)
    middle = (sixth.steps[0].start + sixth.steps[-1].end) // 2
    play_from(bus, player, middle)
    bus.say("slower please")
    assert bus.spoken == ["Slower from here on."]
    slow = coach._session.remote
    assert slow.timeline.total > remote.timeline.total
    twin = next(unit for unit in slow.done if unit.steps[0].start >= coach._session.start)
    assert twin.address == sixth.address
    starts_at(bus, player, coach._session.start)

    rest = next(unit for unit in slow.done if unit.kind is IntervalKind.REST)
    play_from(bus, player, rest.steps[0].start + SAMPLE_RATE)
    bus.say("skip the rest please")
    at = coach._session.start
    assert rest.steps[0].start + 2 * SAMPLE_RATE < at < rest.steps[0].end
    starts_at(bus, player, at)
    counted = [cue.sound.text for cue in slow.timeline.cues if at <= cue.start < rest.steps[0].end]
    assert counted[-3:] == ["Three.", "Two.", "One."]
    assert player.plays


def play_from(bus: Any, player: Player, at: int) -> None:
    """Go elsewhere in the file that is played, as if so much time had gone by."""
    player.go_to((at - bus.skill.coach._session.start) / SAMPLE_RATE)


def test_what_was_stopped_goes_on_after_a_restart(bus: Any, another: Any) -> None:
    player = Player(bus)
    bus.say("begin the desk break")
    bus.say("next exercise")
    start = bus.skill.coach._session.start
    time.sleep(2)
    bus.say("stop")
    assert player.path is None
    bus.stop()

    again = another()
    player = Player(again)
    (left,) = again.skill.coach.kept.left
    assert start < left.at < start + 30 * SAMPLE_RATE
    again.say("go on with the session")
    assert player.plays
    at = again.skill.coach._session.start
    assert start <= at <= left.at
    starts_at(again, player, at)


def test_the_words_of_its_locale_are_used_and_can_be_ones_own(
    home: Path, another: Callable[[], Any]
) -> None:
    """Who has other words puts files where OpenVoiceOS looks first."""
    own = home / "data" / "mycroft" / "resources" / "skill-audiocoach.audiocoach" / "locale"
    (own / "en-us").mkdir(parents=True)
    (own / "en-us" / "next.voc").write_text("onwards\n", "utf-8")
    (own / "en-us" / "last.dialog").write_text("That was all of it.\n", "utf-8")
    bus = another()
    player = Player(bus)
    bus.say("begin the desk break")
    remote = bus.skill.coach._session.remote
    bus.say("onwards")
    assert bus.skill.coach._session.start == remote.answer(Intent.NEXT, Place(0)).place.at
    bus.say("which exercise is this")
    assert bus.spoken == ["Exercise one of three: Shoulder shrug."]
    play_from(bus, player, remote.timeline.total - 10 * SAMPLE_RATE)
    bus.say("next exercise")
    assert bus.spoken == ["That was all of it."]


@pytest.mark.parametrize(
    "said",
    ["don't stop", "please don't stop the workout yet", "stop the timer", "why did you stop"],
)
def test_dont_stop_does_not_stop(bus: Any, player: Player, said: str) -> None:
    bus.say("begin the desk break")
    path = player.path
    bus.say(said)
    assert (player.path, player.plays, bus.spoken) == (path, True, [])
    assert bus.skill.coach.is_on
    bus.emit("mycroft.stop")  # a button
    assert player.path is None


def test_common_play_finds_it(bus: Any, player: Player) -> None:
    bus.seen.clear()
    bus.emit("ovos.common_play.query", phrase="foot relief", question_type=0)
    found = [
        result
        for name, data in bus.seen
        if name == "ovos.common_play.query.response"
        for result in data.get("results", ())
    ]
    assert [each["title"] for each in found] == ["foot relief"]
    bus.seen.clear()
    bus.emit("ovos.common_play.query", phrase="smooth jazz", question_type=0)
    assert not any(data.get("results") for _, data in bus.seen)
    bus.emit("ovos.common_play.skill-audiocoach.audiocoach.play", title="desk break")
    bus.skill._acting.submit(lambda: None).result(60)
    starts_at(bus, player, 0)
