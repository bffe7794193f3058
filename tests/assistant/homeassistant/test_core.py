"""The package in the real core of Home Assistant; `scripts/assistants homeassistant` runs this.

Only the player is not real: its services are recorded, and its state is set by hand. audiocoach is
not there, as Home Assistant wants other versions of what it depends on: the package and what is to
be answered come from two files.
"""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

pytest.importorskip("homeassistant.core", reason="scripts/assistants homeassistant runs this")

from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    async_fire_time_changed,
    async_mock_service,
)

PLAYER = "media_player.kitchen"
FOLDER = Path(os.environ.get("AUDIOCOACH_PACKAGE", "."))


class House:
    """Home Assistant with the package of a language."""

    def __init__(self, hass: Any, freezer: Any, language: str) -> None:
        self.hass, self.freezer, self.language = hass, freezer, language
        text = (FOLDER / language / "packages" / "audiocoach.yaml").read_text("utf-8")
        self.package = yaml.safe_load(text)
        self.expected = json.loads((FOLDER / language / "expected.json").read_text("utf-8"))
        services = ("play_media", "media_pause", "media_play", "media_stop")
        self.calls = {name: async_mock_service(hass, "media_player", name) for name in services}

    async def set_up(self) -> None:
        self.hass.config.language = self.language
        for domain in ("homeassistant", "conversation"):
            assert await async_setup_component(self.hass, domain, {})
        for domain, content in self.package.items():
            assert await async_setup_component(self.hass, domain, {domain: content}), domain
        await self.hass.async_block_till_done()
        await self.plays("idle")

    async def plays(self, state: str) -> None:
        self.hass.states.async_set(PLAYER, state)
        await self.hass.async_block_till_done()

    async def say(self, text: str) -> str:
        answer = await self.hass.services.async_call(
            "conversation",
            "process",
            {"text": text, "language": self.language},
            blocking=True,
            return_response=True,
        )
        await self.hass.async_block_till_done()
        return str(answer["response"]["speech"].get("plain", {}).get("speech", ""))

    async def wait(self, seconds: float) -> None:
        self.freezer.tick(timedelta(seconds=seconds))
        async_fire_time_changed(self.hass, dt_util.utcnow())
        await self.hass.async_block_till_done()

    @property
    def played(self) -> str:
        return str(self.calls["play_media"][-1].data["media_content_id"])


@pytest.fixture
async def house(hass: Any, freezer: Any, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    freezer.move_to("2026-11-29 12:00:00+00:00")
    house = House(hass, freezer, getattr(request, "param", "en"))
    await house.set_up()
    yield house
    await house.wait(7_200)


async def test_a_session_from_its_first_word_to_its_end(house: House) -> None:
    told = house.expected
    assert await house.say("how long is left of the exercise") == told["nothing"]
    await house.say("begin the foot workout please")
    assert house.played == told["address"] + "/0.mp3"
    await house.plays("playing")

    for at, answers in told["moments"].items():
        await house.say("begin the foot workout")
        await house.wait(float(at) + 0.5)
        assert await house.say("how long is left of the session") == answers["time-left"]
        assert await house.say("which exercise is this") == answers["which"]
        assert await house.say("fewer reps please") == told["fewer"]
        before = len(house.calls["play_media"])
        await house.say("next exercise")
        if answers["next"] is None:
            assert len(house.calls["play_media"]) == before
        else:
            assert house.played == f"{told['address']}/{answers['next']}.mp3"


async def test_pause_is_followed_however_it_came(house: House) -> None:
    told = house.expected
    await house.say("begin the foot workout")
    await house.plays("playing")
    await house.wait(90.5)
    left = await house.say("how long is left of the session")
    await house.plays("paused")
    await house.wait(600)
    assert await house.say("how long is left of the session") == left
    await house.say("next exercise")
    assert house.played != told["address"] + "/0.mp3"
    await house.plays("playing")
    await house.wait(1)
    await house.plays("idle")
    await house.wait(61)
    assert await house.say("how long is left of the session") == told["nothing"]


async def test_paused_is_said_once_it_is(house: House) -> None:
    await house.say("begin the foot workout")
    await house.plays("playing")

    async def pause(_: Any) -> None:
        house.hass.states.async_set(PLAYER, "paused")

    house.hass.services.async_register("media_player", "media_pause", pause)
    assert await house.say("pause the workout") == house.expected["paused"]


async def test_another_pace_goes_on_at_the_same_rep(house: House) -> None:
    told = house.expected
    await house.say("begin the foot workout")
    await house.plays("playing")
    await house.wait(float(told["slower"]["at"]) + 0.5)
    assert await house.say("slow down the workout") == told["slower"]["say"]
    assert house.played == told["slower"]["address"]
    await house.say("begin a slow foot workout")
    assert house.played == told["slow"] + "/0.mp3"


async def test_the_time_runs_from_where_the_player_sounds(house: House) -> None:
    """A server may have to make the sound first, and a player may play on until it has it."""
    told, ask = house.expected, "how long is left of the session"
    await house.say("begin the foot workout")
    whole = await house.say(ask)
    for state in ("buffering", "idle"):
        await house.plays(state)
        await house.wait(25)
        assert await house.say(ask) == whole
    await house.plays("playing")
    await house.wait(90)
    later = await house.say(ask)
    assert later != whole

    await house.say("begin the foot workout")
    await house.wait(8)
    await house.plays("buffering")
    await house.wait(40)
    assert await house.say(ask) == whole, "what was heard before was the file before"
    await house.plays("playing")
    await house.wait(90)
    assert await house.say(ask) == later
    await house.plays("idle")
    await house.wait(50)
    await house.plays("playing")
    await house.wait(15)
    assert await house.say(ask) not in (told["nothing"], whole)


async def test_it_goes_on_only_where_there_is_a_session(house: House) -> None:
    nothing = house.expected["nothing"]
    assert await house.say("go on with the session") == nothing
    assert not house.calls["media_play"]
    await house.say("begin the foot workout")
    await house.plays("playing")
    await house.plays("paused")
    await house.say("go on with the session")
    assert len(house.calls["media_play"]) == 1
    await house.say("stop the workout")
    await house.plays("idle")
    assert await house.say("go on with the session") == nothing
    assert len(house.calls["media_play"]) == 1


@pytest.mark.parametrize("house", ["de", "en", "es", "fr"], indirect=True)
async def test_what_people_say(house: House) -> None:
    """Which automation is triggered by each utterance; the table is printed."""
    triggered: list[str] = []
    house.hass.bus.async_listen(
        "automation_triggered", lambda event: triggered.append(event.data["name"])
    )

    async def heard(text: str, meant: str | None) -> str | None:
        triggered.clear()
        await house.plays("playing" if meant != "pause" else "paused")
        await house.say(text)
        said = [name for name in triggered if "the player" not in name]
        got = said[0].removeprefix("audiocoach: ") if said else None
        return "begin" if got and (got.startswith("begin") or got == "wishes") else got

    wrong = [
        (text, meant, got)
        for text, meant in house.expected["utterances"]
        if (got := await heard(text, meant)) != meant
    ]
    to_be_heard = house.expected["naming"]
    wrong += [
        (text, meant, got)
        for text, meant in house.expected["strangers"]
        if (got := await heard(text, meant)) != meant and (got or text in to_be_heard)
    ]
    print(f"\n{house.language}: {len(wrong)} wrong", *wrong, sep="\n  ")  # noqa: T201 - the table
    assert {"stop", "pause"} <= set(to_be_heard.values())
    assert not wrong
