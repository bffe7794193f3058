"""What people say, through the real pipeline of OpenVoiceOS; the table is printed with -s."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from utterances import PEOPLE, STRANGERS, utterances

from audiocoach.remote import Intent
from audiocoach.sayings import languages

pytest.importorskip("ovoscope", reason="OpenVoiceOS: scripts/assistants ovos runs this")


@pytest.mark.parametrize("bus", languages(), indirect=True)
def test_utterances(bus: Any, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    coach = bus.skill.coach
    heard: list[Intent] = []
    on = False
    monkeypatch.setattr(type(coach), "is_on", property(lambda _: on))
    monkeypatch.setattr(coach, "hear", lambda intent, _: heard.append(intent))
    monkeypatch.setattr(coach, "begin", lambda _text, _: heard.append(Intent.BEGIN))
    monkeypatch.setattr(coach, "leave", lambda: heard.append(Intent.STOP))
    wrong = []
    both = [*utterances(bus.language, PEOPLE), *utterances(bus.language, STRANGERS)]
    for said, meant in both:
        for on in (False, True) if meant in (None, Intent.BEGIN) else (True,):
            heard.clear()
            if on:
                bus.skill.activate(duration_minutes=-1)
            bus.say(said)
            got = heard[0] if heard else None
            if got is not meant:
                wrong.append((said, on, meant, got))
    print(f"\n{bus.language}: {len(wrong)} of {len(both)} wrong", *wrong, sep="\n  ")  # noqa: T201 - the table
    taken = [each for each in wrong if each[2] is None]
    missed = [each for each in wrong if each[2] in (Intent.STOP, Intent.PAUSE)]
    assert not taken + missed
    assert not wrong
