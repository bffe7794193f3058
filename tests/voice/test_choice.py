"""Who speaks when the user does not say: the order, its reasons, and what is asked of whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from audiocoach.errors import VoiceError
from audiocoach.settings.config import Config
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache
from audiocoach.voice import choice
from audiocoach.voice.base import Engine, Offer, Voice
from audiocoach.voice.choice import (
    REMEMBERED,
    Answer,
    Choice,
    Choosing,
    Wish,
    decide,
    fallback_order,
    noticed,
    refuse_online,
)

CONFIG = Config(Path("config.toml"))
NONE = Surroundings({})
ADDED = Offer("piper:en_US-amy", "neural")
NOT_YET = Offer("piper:en_US-lessac", "neural", "audiocoach voices add en_US-lessac")


@dataclass
class Desk:
    """Stand-ins for the engines and the network; notes who was asked for."""

    cache: Cache
    piper: Sequence[Offer] = ()
    gtts: Sequence[Offer] = (Offer("gtts:en"),)
    absent: Sequence[str] = ()
    failure: str | None = None
    probes: int = 0

    def find(self, name: str, surroundings: Surroundings) -> Engine:
        assert surroundings is NONE
        if name in self.absent:
            raise ImportError(f"no module {name}")
        if name not in ("piper", "gtts", "espeak", "command", "cloud"):
            raise VoiceError(f"there is no voice engine '{name}'")
        return Stand(name, self)

    def probe(self, name: str) -> str | None:
        assert name == "gtts"
        self.probes += 1
        return self.failure

    def choose(self, wish: Wish = Wish(CONFIG), *, cached: bool = False) -> Choice:  # noqa: B008
        return Choosing("en", wish, self.cache, NONE, lambda _: cached, self.probe).choice()


@dataclass
class Stand:
    name: str
    desk: Desk

    @property
    def online(self) -> bool:
        return self.name in ("gtts", "cloud")

    def offers(self, language: str) -> Sequence[Offer]:
        assert language == "en"
        return self.desk.piper if self.name == "piper" else self.desk.gtts

    def open(self, voice: str, *, language: str, rate: float, cache: Cache) -> Voice:
        raise NotImplementedError


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(Cache(tmp_path / "cache"))
    monkeypatch.setattr(choice, "find_engine", made.find)
    return made


# The logic


def test_the_first_that_can_be_had_is_chosen_and_no_more_are_asked() -> None:
    asked = []

    def candidate(name: str, spec: str) -> Answer:
        asked.append(name)
        return Answer(spec, f"{name} says why")

    candidates = [
        lambda: candidate("a", ""),
        lambda: candidate("b", "b:1"),
        lambda: candidate("c", "c:1"),
    ]
    assert decide(candidates, Answer("z", "last")) == Answer("b:1", "a says why; b says why")
    assert asked == ["a", "b"]
    assert decide(candidates[:1], Answer("z", "last")) == Answer("z", "a says why; last")
    assert decide([], Answer("z", "last")) == Answer("z", "last")


# The order


def test_an_added_piper_voice_comes_first_and_nothing_is_probed(desk: Desk) -> None:
    desk.piper = [NOT_YET, ADDED]
    chosen = desk.choose()
    assert (chosen.spec, chosen.notice, desk.probes) == ("piper:en_US-amy", "", 0)
    assert "you added this Piper voice" in chosen.why
    assert "--voice" in chosen.how_to_choose_otherwise
    assert "config.toml" in chosen.how_to_choose_otherwise


@pytest.mark.parametrize("absent", [(), ("piper",)])
def test_then_gtts_when_it_answers(desk: Desk, absent: Sequence[str]) -> None:
    desk.piper, desk.absent = [NOT_YET], absent
    chosen = desk.choose()
    assert (chosen.spec, desk.probes) == ("gtts", 1)
    assert chosen.why == "no neural voice for en has been added; gTTS answers"


def test_then_the_embedded_voice(desk: Desk) -> None:
    desk.failure = "timed out"
    chosen = desk.choose()
    assert (chosen.spec, chosen.notice) == ("espeak", "")
    assert chosen.why == (
        "no neural voice for en has been added; gTTS can't be reached (timed out); "
        "so the built-in voice speaks"
    )


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [("absent", ["gtts"], "can't be used (no module gtts)"), ("gtts", [], "does not speak en")],
)
def test_gtts_is_not_probed_when_it_could_not_speak(
    desk: Desk, name: str, value: list[str], why: str
) -> None:
    setattr(desk, name, value)
    assert why in desk.choose().why
    assert desk.probes == 0


def test_gtts_is_not_probed_when_it_said_everything_before(desk: Desk) -> None:
    desk.failure = "offline"
    desk.choose()
    chosen = desk.choose(cached=True)  # though it was unreachable a moment ago
    assert (chosen.spec, desk.probes) == ("gtts", 1)


def test_a_failed_probe_is_remembered_for_ten_minutes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = 1_000_000.7
    monkeypatch.setattr("time.time", lambda: clock)
    desk.failure = "name not known"
    desk.choose()
    assert "a moment ago" in desk.choose().why
    clock += REMEMBERED - 1
    desk.cache = Cache(desk.cache.place)  # another run
    chosen = desk.choose()
    assert (chosen.spec, desk.probes) == ("espeak", 1)
    assert "9 min ago (name not known); --voice gtts tries again" in chosen.why
    clock += 1
    assert (desk.choose().spec, desk.probes) == ("espeak", 2)
    clock -= 60  # the clock was put back
    desk.failure = None
    assert (desk.choose().spec, desk.probes) == ("gtts", 3)


def test_a_success_is_not_remembered(desk: Desk) -> None:
    desk.choose()
    desk.failure = "gone"
    assert desk.choose().spec == "espeak"


# What the user said


def test_the_command_line_comes_first(desk: Desk) -> None:
    desk.piper = [ADDED]
    wish = Wish(replace(CONFIG, voice="espeak:de"), spec="command:x")
    assert desk.choose(wish) == Choice("command:x", "you asked for it")
    assert desk.choose(replace(wish, spec="gtts")).spec == "gtts"
    assert desk.probes == 0
    with pytest.raises(VoiceError, match="no voice engine"):
        desk.choose(replace(wish, spec="gtss"))


def test_the_config_comes_next(desk: Desk) -> None:
    desk.piper = [ADDED]
    chosen = desk.choose(Wish(replace(CONFIG, voice="espeak:de")))
    assert (chosen.spec, chosen.why) == ("espeak:de", "config.toml names it")
    assert "config.toml" in chosen.how_to_choose_otherwise


# Offline


@pytest.mark.parametrize("in_config", [False, True])
def test_offline_asks_no_online_engine(desk: Desk, in_config: bool) -> None:
    config = replace(CONFIG, voice="cloud:x", offline=in_config)
    chosen = desk.choose(Wish(config, offline=None if in_config else True), cached=True)
    assert (chosen.spec, desk.probes) == ("espeak", 0)
    assert "cloud:x in config.toml is online, and no text may leave this computer" in chosen.why


def test_offline_refuses_an_online_voice_that_was_asked_for(desk: Desk) -> None:
    for spec in ("gtts:en-uk", "cloud"):
        with pytest.raises(VoiceError, match=rf"{spec} is an online voice, and --offline keeps"):
            desk.choose(Wish(CONFIG, spec, offline=True))
    config = replace(CONFIG, offline=True)
    with pytest.raises(VoiceError, match=r"--offline \(offline = true in config\.toml\) keeps"):
        desk.choose(Wish(config, "gtts"))
    assert desk.choose(Wish(config, "gtts", offline=False)).spec == "gtts"
    assert desk.choose(Wish(config, "espeak")).spec == "espeak"


@dataclass
class Opened:
    name: str
    online: bool
    fingerprint: str = ""
    tempo: float = 1.0

    speak = NotImplemented


def test_an_open_voice_that_may_send_texts_is_refused_too() -> None:
    refuse_online(Opened("command:x", online=False))
    with pytest.raises(VoiceError, match="write online = false under its"):
        refuse_online(Opened("command:x", online=True))
    with pytest.raises(VoiceError, match="cloud:x is an online voice"):
        refuse_online(Opened("cloud:x", online=True))


# What is sent where


def test_what_is_sent_where_is_said_until_it_was_heard(desk: Desk) -> None:
    first = desk.choose()
    assert first.notice.startswith("gtts sends the texts to be spoken to Google Translate's speech")
    assert desk.choose().notice == first.notice  # a quiet build said nothing
    noticed(first, desk.cache)
    desk.cache = Cache(desk.cache.place)
    assert desk.choose().notice == ""
    assert desk.choose(Wish(CONFIG, "gtts:en-uk")).notice == ""
    assert "the voice engine cloud" in desk.choose(Wish(CONFIG, "cloud:x")).notice


# When a voice failed


@pytest.mark.parametrize(
    ("failed", "then"),
    [
        ("gtts:en-uk", ["piper:en_US-amy", "espeak"]),
        ("command:x", ["piper:en_US-amy", "espeak"]),
        ("piper:en_US-amy", ["espeak"]),
        ("espeak:en-us+f3", ["piper:en_US-amy"]),
    ],
)
def test_a_fallback_is_never_online(desk: Desk, failed: str, then: list[str]) -> None:
    desk.piper = [NOT_YET, ADDED]
    assert fallback_order("en", failed, NONE) == then
    desk.piper = []
    assert fallback_order("en", failed, NONE) == [spec for spec in then if spec == "espeak"]
