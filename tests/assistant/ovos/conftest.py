"""OpenVoiceOS on this computer, without a network, a microphone or a loudspeaker."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

SKILL = "skill-audiocoach.audiocoach"
NOBODY = "stop.openvoiceos.stop"
"""What OpenVoiceOS tells to stop where no skill says that it can."""
TAGS = {"de": "de-DE", "en": "en-US", "es": "es-ES", "fr": "fr-FR"}


PATIENCE = 300
"""Seconds for what a busy computer may be slow with: a session that is made from nothing."""


class Bus:
    """The bus: what is said to it, and what was on it since."""

    def __init__(self, language: str) -> None:
        import ovoscope

        self._stopped = False
        self.language = language
        self.croft = ovoscope.get_minicroft([SKILL], lang=TAGS[language])
        self.seen: list[tuple[str, dict[str, Any]]] = []
        self.croft.bus.on("message", self._see)

    def _see(self, message: Any) -> None:
        from ovos_bus_client.message import Message

        told = Message.deserialize(message) if isinstance(message, str) else message
        self.seen.append((told.msg_type, told.data))

    @property
    def skill(self) -> Any:
        return self.croft.plugin_skills[SKILL].instance

    @property
    def spoken(self) -> list[str]:
        """What was spoken since somebody spoke."""
        return [data["utterance"] for name, data in self.seen if name == "speak"]

    def say(self, text: str) -> None:
        """Say something, and wait for it to be done with."""
        self.seen.clear()
        self.emit("recognizer_loop:utterance", utterances=[text], lang=TAGS[self.language])
        self.wait("ovos.utterance.handled", f"{SKILL}.stop.response", NOBODY)
        self.skill._acting.submit(lambda: None).result(PATIENCE)

    def emit(self, name: str, **data: Any) -> None:
        from ovos_bus_client.message import Message

        self.croft.bus.emit(Message(name, data))

    def wait(self, *names: str, seconds: float = PATIENCE) -> None:
        """Wait until one of these was on the bus."""
        end = time.monotonic() + seconds
        while not any(seen in names for seen, _ in tuple(self.seen)):
            assert time.monotonic() < end, f"none of {names} came, but {self.seen}"
            time.sleep(0.01)

    def stop(self) -> None:
        if not self._stopped:
            self.croft.stop()
        self._stopped = True


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path) -> Path:
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("AUDIOCOACH_VOICE", "espeak")
    monkeypatch.setenv("AUDIOCOACH_CACHE", str(cache))
    return tmp_path


@pytest.fixture
def another(home: Path) -> Iterator[Callable[[str], Bus]]:
    """Starts OpenVoiceOS."""
    started: list[Bus] = []

    def start(language: str = "en") -> Bus:
        started.append(Bus(language))
        return started[-1]

    yield start
    for bus in started:
        bus.stop()


@pytest.fixture
def bus(another: Callable[[str], Bus], request: pytest.FixtureRequest) -> Bus:
    return another(getattr(request, "param", "en"))
