"""The package: YAML that Home Assistant reads as it is, without code of ours. Pure.

A timer knows where the session is, and a jump plays another file or address, the session from there
on, because many players can neither seek nor report their position. The answers are in tables
(`answers.py`), and the templates only look them up.
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

_TIMER: Final = "timer.audiocoach"
_PACE: Final = "input_select.audiocoach_pace"
_LEFT: Final = f"""\
{{% if is_state('{_TIMER}', 'active') -%}}
{{{{ as_timestamp(state_attr('{_TIMER}', 'finishes_at')) - as_timestamp(now()) }}}}
{{%- elif is_state('{_TIMER}', 'paused') -%}}
{{{{ as_timedelta(state_attr('{_TIMER}', 'remaining')).total_seconds() }}}}
{{%- else %}}-1{{% endif %}}"""
_SCRIPT: Final = "script.audiocoach_go"
_SILENT: Final = ["idle", "off", "standby", "unavailable"]
_LATE: Final = 10
"""A player that falls silent so soon (s) after a jump has played on what it played before."""
_SILENT_FOR: Final = {"seconds": 60}
"""So long a player may be silent between two files: a server has to make the next one first."""
_PATIENCE: Final = {"seconds": 5}

_TEMPLATE: Final = re.compile(r"\{(?=[{%#])")
"""What Home Assistant would carry out, in the name of an exercise."""

_FIRST: Final = "# Made by audiocoach"
BEGINS: Final = (_FIRST.encode(),)
"""How the file of a package begins, as regular expressions."""

Yaml = dict[str, Any]


@dataclass(frozen=True)
class Package:
    """What a package is made of."""

    routine: str
    sessions: Mapping[Pace, Recorded]
    """By pace; first the one that is asked for."""
    addresses: Mapping[Pace, str]
    """For each session, the folder in which N.mp3 is the session from N ms on."""
    player: str
    """The entity that plays."""
    names: tuple[str, ...]
    """The names by which one can ask for the routine."""
    few: bool = False
    """Whether there are only a few places to jump to, because each is a file; then "say that again"
    means "repeat"."""

    @property
    def _asked_for(self) -> Recorded:
        return next(iter(self.sessions.values()))

    @property
    def _language(self) -> str:
        return self._asked_for.remote.phrases.language

    @property
    def _sayings(self) -> Sayings:
        return sayings_for(self._language)

    def text(self) -> str:
        """The YAML of the package."""
        told = f"{_FIRST} for {self.routine}; make it again rather than change it.\n"
        return told + yaml.safe_dump(
            self.content(),
            allow_unicode=True,
            sort_keys=False,
            default_flow_style=None,
            width=10_000,
        )

    def content(self) -> Yaml:
        """The package in Home Assistant's form."""
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
                *self._waiting("{{ (totals[pace] - ms | int / 1000) | round(0) | int }}"),
                {
                    "action": "media_player.play_media",
                    "target": {"entity_id": self.player},
                    "data": {
                        "media_content_type": "music",
                        "media_content_id": "{{ addresses[pace] }}/{{ ms }}.mp3",
                    },
                },
                {"condition": "state", "entity_id": self.player, "state": "playing"},
                {"condition": "state", "entity_id": _TIMER, "state": "paused"},
                {"action": "timer.start", "target": {"entity_id": _TIMER}},
            ],
        }

    @staticmethod
    def _waiting(left: str) -> list[Yaml]:
        """The timer at a place, until the player sounds."""
        target = {"entity_id": _TIMER}
        return [
            {"action": "timer.start", "target": target, "data": {"duration": left}},
            {"action": "timer.pause", "target": target},
        ]

    def _go(self, pace: str, ms: str) -> Yaml:
        return {"action": _SCRIPT, "data": {"pace": pace, "ms": ms}}

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
            self._commands(intent),
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
        yield self._heard(Intent.BEGIN, said.plain, [self._go(self._asked_for.pace.value, "0")])
        failed = {"set_conversation_response": self._say("assistant.failed")}
        instead = {"set_conversation_response": self._asked_for.instead}
        yield self._heard("wishes", said.others, [instead])
        for pace, sentences in said.paced.items():
            act = self._go(pace, "0") if Pace(pace) in self.sessions else failed
            yield self._heard(f"begin_{pace}", sentences, [act])

    def _waited(self) -> Iterator[Yaml]:
        """Pause, go on, stop: a matter of the player; "paused" is said only once it is."""
        target = {"target": {"entity_id": self.player}}
        paused = self._asked_for.remote.phrases("remote.paused")
        yield self._heard(
            Intent.PAUSE,
            self._commands(Intent.PAUSE),
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
            self._commands(Intent.GO_ON),
            [
                {
                    "if": {"condition": "state", "entity_id": _TIMER, "state": "idle"},
                    "then": [{"set_conversation_response": self._say("assistant.nothing")}],
                    "else": [{"action": "media_player.media_play", **target}],
                }
            ],
        )
        yield self._heard(
            Intent.STOP,
            self._commands(Intent.STOP),
            [
                {"action": "media_player.media_stop", **target},
                {"action": "timer.cancel", "target": {"entity_id": _TIMER}},
            ],
        )

    def _commands(self, intent: Intent) -> list[str]:
        return commands(self._sayings, intent, self.names)

    def _heard(self, name: str, sentences: list[str], actions: list[Yaml]) -> Yaml:
        return {
            "id": f"audiocoach_{name}".replace("-", "_"),
            "alias": f"audiocoach: {name}",
            "mode": "queued",
            "triggers": [{"trigger": "conversation", "command": sentences}],
            "actions": actions,
        }

    def _say(self, key: str) -> str:
        return self._asked_for.remote.phrases(key)

    # -- what the player does -------------------------------------------------------------

    def _followed(self) -> Iterator[Yaml]:
        """The timer runs while the player plays, and is over when it has long been silent."""
        after = f"as_timestamp(now()) - as_timestamp(state_attr('{_SCRIPT}', 'last_triggered'), 0)"
        yield self._follow(
            "waits",
            [{"trigger": "state", "entity_id": self.player, "from": "playing"}],
            [{"condition": "state", "entity_id": _TIMER, "state": "active"}],
            [
                {
                    "if": "{{ trigger.to_state.state != 'paused' and " + f"{after} < {_LATE} }}}}",
                    "then": self._waiting(f"{{{{ state_attr('{_TIMER}', 'duration') }}}}"),
                    "else": [{"action": "timer.pause", "target": {"entity_id": _TIMER}}],
                }
            ],
        )
        yield self._follow(
            "goes_on",
            [{"trigger": "state", "entity_id": self.player, "to": "playing"}],
            [{"condition": "state", "entity_id": _TIMER, "state": "paused"}],
            [{"action": "timer.start", "target": {"entity_id": _TIMER}}],
        )
        waiting = {"entity_id": _TIMER, "for": _SILENT_FOR}
        silent = {"entity_id": self.player, "for": _SILENT_FOR}
        yield self._follow(
            "is_over",
            [
                {"trigger": "state", "to": "paused", **waiting},
                {"trigger": "state", "to": _SILENT, **silent},
            ],
            [
                {"condition": "state", "state": "paused", **waiting},
                {"condition": "state", "state": _SILENT, "entity_id": self.player},
            ],
            [{"action": "timer.cancel", "target": {"entity_id": _TIMER}}],
        )

    @staticmethod
    def _follow(name: str, triggers: list[Yaml], conditions: list[Yaml], acts: list[Yaml]) -> Yaml:
        return {
            "id": f"audiocoach_{name}",
            "alias": f"audiocoach: the player {name.replace('_', ' ')}",
            "mode": "queued",
            "triggers": triggers,
            "conditions": conditions,
            "actions": acts,
        }


def _literal(text: str) -> str:
    """A text in which nothing is a template."""
    return _TEMPLATE.sub("{ ", text)
