"""Decks: the real mpv and the real miniaudio, with sound devices that are none."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile
from programs import program

from audiocoach import pipeline
from audiocoach.deck import Deck, MiniaudioDeck, MpvDeck, open_deck
from audiocoach.errors import LackError
from audiocoach.settings.resolve import Options
from audiocoach.store import Cache

PATIENCE = 60


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    path = tmp_path_factory.mktemp("deck") / "x.mp3"
    pipeline.build(
        "desk-break", path, Options(voice="espeak", duration="natural"), cache=Cache(cache)
    )
    return path


@pytest.fixture(params=["mpv", "miniaudio"])
def deck(request: pytest.FixtureRequest, session: Path) -> Iterator[Deck]:
    found: Deck
    if request.param == "mpv":
        found = MpvDeck(program("mpv", package="mpv"), session, ("--ao=null",))
    else:
        miniaudio = pytest.importorskip("miniaudio")
        found = MiniaudioDeck(session, miniaudio.Backend.NULL)
    yield found
    found.close()


def until(deck: Deck, at: float) -> None:
    """Wait until it has played to there."""
    end = time.monotonic() + PATIENCE
    while deck.position() < at:
        assert time.monotonic() < end
        assert not deck.ended()
        time.sleep(0.02)
    assert deck.playing()


def test_it_plays_pauses_and_goes_elsewhere(deck: Deck) -> None:
    until(deck, 0.2)
    deck.pause()
    assert not deck.playing()
    time.sleep(0.3)  # what is under way arrives
    at = deck.position()
    time.sleep(0.3)
    assert deck.position() == pytest.approx(at, abs=0.05)
    deck.go(60)
    until(deck, 60.1)
    assert deck.position() < 90
    deck.go(5)
    until(deck, 5.1)
    assert deck.position() < 40


def test_it_ends_where_the_session_does(deck: Deck, session: Path) -> None:
    until(deck, 0.1)
    deck.go(soundfile.info(session).duration - 1)
    end = time.monotonic() + PATIENCE
    while not deck.ended():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_without_any_player_the_remedy_is_told(
    monkeypatch: pytest.MonkeyPatch, session: Path
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setitem(__import__("sys").modules, "miniaudio", None)
    with pytest.raises(LackError, match=r"install mpv, or run: .* -m pip install 'miniaudio>="):
        open_deck(session)


def test_a_player_that_cannot_begin_is_told(session: Path) -> None:
    with pytest.raises(LackError, match="sound device"):
        MpvDeck(shutil.which("false") or "false", session)
