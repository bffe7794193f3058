"""The package: YAML that Home Assistant reads as it is, without code of ours. Pure.

A timer says where the session is, and a jump plays another file or address, the session from there
on: many players can neither seek nor tell their position. What is answered stands in tables
(`answers.py`), and the templates only look it up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import yaml

from audiocoach.assistant.answers import PACES, WRITTEN, Recorded, Row
from audiocoach.assistant.homeassistant.sentences import begun, commands
from audiocoach.remote import Intent
from audiocoach.sayings import Sayings, sayings_for
from audiocoach.settings.values import Pace

MS: Final = "MS"
"""What stands for the place (ms) in an address."""
_TIMER: Final = "timer.audiocoach"
_PACE: Final = "input_select.audiocoach_pace"
_LEFT: Final = f"""\
{{% if is_state('{_TIMER}', 'active') -%}}
{{{{ as_timestamp(state_attr('{_TIMER}', 'finishes_at')) - as_timestamp(now()) }}}}
{{%- elif is_state('{_TIMER}', 'paused') -%}}
{{{{ as_timedelta(state_attr('{_TIMER}', 'remaining')).total_seconds() }}}}
{{%- else %}}-1{{% endif %}}"""
_ADDRESS: Final = f"{{{{ addresses[pace] | replace('{MS}', ms | string) }}}}"
_HEARD_FOR: Final = {"seconds": 5}
"""So long a player may be silent between two files."""
_PATIENCE: Final = {"seconds": 5}

_TEMPLATE: Final = re.compile(r"\{(?=[{%#])")
"""What Home Assistant would carry out, in the name of an exercise."""

Yaml = dict[str, Any]


@dataclass(frozen=True)
class Package:
    """What a package is made of."""

    routine: str
    sessions: Mapping[Pace, Recorded]
    """By pace; the normal one at least."""
    addresses: Mapping[Pace, str]
    """Of each session, with `MS` where the place stands from which it is to be heard."""
    player: str
    """The entity that plays."""
    names: tuple[str, ...]
    """What the routine is called when somebody asks for it."""
    few: bool = False
    """Whether there are few places to go to, as each is a file: "say that again" is "repeat"."""

    @property
    def _language(self) -> str:
        return self.sessions[Pace.NORMAL].remote.phrases.language

    @property
    def _sayings(self) -> Sayings:
        return sayings_for(self._language)

    def text(self) -> str:
        """The YAML of the package."""
        told = f"# Made by audiocoach for {self.routine}; make it again rather than change it.\n"
        return told + yaml.safe_dump(
            self.content(),
            allow_unicode=True,
            sort_keys=False,
            default_flow_style=None,
            width=10_000,
        )

    def content(self) -> Yaml:
        """The package as Home Assistant knows it."""
        return {
            "timer": {"audiocoach": {"name": "audiocoach", "restore": True}},
            "input_select": {
                "audiocoach_pace": {"name": "audiocoach", "options": list(map(str, self.sessions))}
            },
            "script": {"audiocoach_go": self._script()},
            "automation": [*self._spoken(), *self._followed()],
        }

    def places(self) -> dict[Pace, list[int]]:
        """The places (ms) of each session from which something may be heard."""
        found: dict[Pace, set[int]] = {pace: {0} for pace in self.sessions}
        for pace in self.sessions:
            for intent in WRITTEN:
                found[pace].update(self._to(self._rows(intent, pace)))
        for intent in (Intent.SLOWER, Intent.FASTER):
            for pace, other in self._steps(intent).items():
                rows = self.sessions[pace].rows_to(self.sessions[other], intent)
                found[other].update(self._to(rows))
        return {pace: sorted(places) for pace, places in found.items()}

    def _rows(self, intent: Intent, pace: Pace) -> list[Row]:
        as_ = Intent.REPEAT if self.few and intent is Intent.SAY_AGAIN else intent
        return [row._replace(say=_literal(row.say)) for row in self.sessions[pace].rows(as_)]

    @staticmethod
    def _to(rows: list[Row]) -> Iterator[int]:
        return (row.to for row in rows if row.to is not None)

    # -- how it goes on -----------------------------------------------------------------

    def _script(self) -> Yaml:
        totals = {str(pace): each.total / 1000 for pace, each in self.sessions.items()}
        return {
            "alias": "audiocoach: play from a place",
            "mode": "restart",
            "variables": {
                "totals": totals,
                "addresses": {str(pace): address for pace, address in self.addresses.items()},
            },
            "sequence": [
                {
                    "action": "input_select.select_option",
                    "target": {"entity_id": _PACE},
                    "data": {"option": "{{ pace }}"},
                },
                {
                    "action": "media_player.play_media",
                    "target": {"entity_id": self.player},
                    "data": {
                        "media_content_type": "music",
                        "media_content_id": _ADDRESS,
                    },
                },
                {
                    "action": "timer.start",
                    "target": {"entity_id": _TIMER},
                    "data": {"duration": "{{ (totals[pace] - ms | int / 1000) | round(0) | int }}"},
                },
            ],
        }

    def _go(self, pace: str, ms: str) -> Yaml:
        return {"action": "script.audiocoach_go", "data": {"pace": pace, "ms": ms}}

    # -- what is said -------------------------------------------------------------------

    def _spoken(self) -> Iterator[Yaml]:
        yield from self._begun()
        for intent in WRITTEN:
            tables = {str(pace): self._rows(intent, pace) for pace in self.sessions}
            yield self._asked(intent, tables, "{{ pace }}")
        for intent in (Intent.SLOWER, Intent.FASTER):
            yield self._paced(intent)
        yield from self._waited()

    def _asked(self, intent: Intent, tables: Mapping[str, list[Row]], to: str) -> Yaml:
        """An intent whose answer stands in a table for each pace."""
        nothing = self._say("assistant.nothing")
        found = "(rows[pace] | selectattr(0, 'le', at) | list)[-1]"
        return self._heard(
            intent,
            commands(self._sayings, intent),
            [
                {
                    "variables": {
                        "rows": {pace: [*map(list, rows)] for pace, rows in tables.items()}
                    }
                },
                {"variables": self._position()},
                {"variables": {"row": f"{{{{ {found} if at >= 0 else [0, {nothing!r}, none] }}}}"}},
                {
                    "if": "{{ row[2] is not none }}",
                    "then": [self._go(to, "{{ row[2] }}")],
                },
                {"set_conversation_response": "{{ row[1] }}"},
            ],
        )

    def _position(self) -> Yaml:
        """The pace, and the ms that were heard; -1 where no session is on."""
        totals = {str(pace): each.total for pace, each in self.sessions.items()}
        return {
            "pace": f"{{{{ states('{_PACE}') }}}}",
            "left": _LEFT,
            "at": f"{{{{ {totals!r}[pace] - left * 1000 if left >= 0 else -1 }}}}",
        }

    def _steps(self, intent: Intent) -> dict[Pace, Pace]:
        """From which pace to which one a wish leads."""
        there = [pace for pace in PACES if pace in self.sessions]
        ordered = there[::-1] if intent is Intent.SLOWER else there
        return dict(pairwise(ordered))

    def _paced(self, intent: Intent) -> Yaml:
        """Slower and faster: the session of another pace, where there is one."""
        steps = self._steps(intent)
        key = "remote.slowest" if intent is Intent.SLOWER else "remote.fastest"
        tables = {
            str(pace): each.rows_to(self.sessions[steps[pace]], intent)
            if pace in steps
            else [Row(0, self._say(key))]
            for pace, each in self.sessions.items()
        }
        others = {str(pace): str(steps.get(pace, pace)) for pace in self.sessions}
        return self._asked(intent, tables, f"{{{{ {others!r}[pace] }}}}")

    def _begun(self) -> Iterator[Yaml]:
        """A session begins as it is, or at a pace; other wishes can't be met by files."""
        said = begun(self._sayings, self.names)
        yield self._heard(Intent.BEGIN, said.plain, [self._go(Pace.NORMAL.value, "0")])
        failed = {"set_conversation_response": self._say("assistant.failed")}
        yield self._heard("wishes", said.others, [failed])
        for pace, sentences in said.paced.items():
            act = self._go(pace, "0") if Pace(pace) in self.sessions else failed
            yield self._heard(f"begin_{pace}", sentences, [act])

    def _waited(self) -> Iterator[Yaml]:
        """Pause, go on, stop: a matter of the player; "paused" is said only once it is."""
        target = {"target": {"entity_id": self.player}}
        paused = self.sessions[Pace.NORMAL].remote.phrases("remote.paused")
        yield self._heard(
            Intent.PAUSE,
            commands(self._sayings, Intent.PAUSE),
            [
                {"action": "media_player.media_pause", **target},
                {
                    "wait_template": f"{{{{ is_state('{self.player}', 'paused') }}}}",
                    "timeout": _PATIENCE,
                    "continue_on_timeout": False,
                },
                {"set_conversation_response": paused},
            ],
        )
        yield self._heard(
            Intent.GO_ON,
            commands(self._sayings, Intent.GO_ON),
            [{"action": "media_player.media_play", **target}],
        )
        yield self._heard(
            Intent.STOP,
            commands(self._sayings, Intent.STOP),
            [
                {"action": "media_player.media_stop", **target},
                {"action": "timer.cancel", "target": {"entity_id": _TIMER}},
            ],
        )

    def _heard(self, name: str, sentences: list[str], actions: list[Yaml]) -> Yaml:
        return {
            "id": f"audiocoach_{name}".replace("-", "_"),
            "alias": f"audiocoach: {name}",
            "mode": "queued",
            "triggers": [{"trigger": "conversation", "command": sentences}],
            "actions": actions,
        }

    def _say(self, key: str) -> str:
        return self.sessions[Pace.NORMAL].remote.phrases(key)

    # -- what the player does -------------------------------------------------------------

    def _followed(self) -> Iterator[Yaml]:
        """The timer waits when the player does, and is over when it is, however that came."""
        yield self._state("waits", "paused", "timer.pause", _TIMER, "active")
        yield self._state("goes_on", "playing", "timer.start", _TIMER, "paused")
        yield self._state("is_over", ["idle", "off", "standby"], "timer.cancel", _TIMER, None)

    def _state(self, name: str, to: Any, action: str, timer: str, needs: str | None) -> Yaml:
        trigger: Yaml = {"trigger": "state", "entity_id": self.player, "to": to}
        if needs is None:
            trigger["for"] = _HEARD_FOR
        conditions = [{"condition": "state", "entity_id": timer, "state": needs}] if needs else []
        return {
            "id": f"audiocoach_{name}",
            "alias": f"audiocoach: the player {name.replace('_', ' ')}",
            "triggers": [trigger],
            "conditions": conditions,
            "actions": [{"action": action, "target": {"entity_id": timer}}],
        }


def _literal(text: str) -> str:
    """A text in which nothing is a template."""
    return _TEMPLATE.sub("{ ", text)
