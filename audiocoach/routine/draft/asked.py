"""What a writer of the user's own is asked: the rules, the schema of the answer, the text."""

from __future__ import annotations

import json
from typing import Any, Final

from audiocoach.routine.draft.model import EXERCISE_FIELDS

WORDED: Final = ("sides", "position", "each")
"""The figures that are words."""

INSTRUCTIONS: Final = """\
You turn a text about physical exercises into JSON. Answer with one JSON object and nothing else.
Rules:
- Every figure needs its words: under "evidence", for each field, the exact substring of the text.
- Take only what the text says. What it leaves open is null; what is unclear gets a line under
  "ambiguous": "field: why".
- "three times a day" is a schedule, never sets. "Repeat five more times" is six in all.
- Ages, weights, angles, distances, telephone numbers, dates and weeks make no figure.
- Exercises that the text says not to do are left out.
- All times are seconds. A range is [min, max].
The schema of the answer:
"""


def answer_schema() -> dict[str, Any]:
    """The JSON Schema of an answer."""
    number = {"type": ["number", "null"]}
    amount = {"anyOf": [number, {"type": "array"}, {"type": "object"}]}
    told = {
        "evidence": {"type": "object"},
        "ambiguous": {"type": "array", "items": {"type": "string"}},
    }
    exercise = {name: amount for name in EXERCISE_FIELDS if name not in (*WORDED, "tempo")}
    words = {name: {"type": ["string", "array", "null"]} for name in (*WORDED, "tempo")}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["title", "exercises"],
        "properties": {
            "title": {"type": "string"},
            "duration_s": amount,
            "schedule": {"type": ["object", "null"]},
            "equipment": {"type": "array", "items": {"type": "string"}},
            "exercises": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["name"],
                    "properties": {
                        "name": {"type": "string"},
                        **exercise,
                        **words,
                        "equipment": {"type": "array", "items": {"type": "string"}},
                        **told,
                    },
                },
            },
            "groups": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "members": {"type": "array", "items": {"type": "string"}},
                        "rounds": amount,
                        "rest_s": amount,
                        "between_rest_s": amount,
                        "until_s": amount,
                        **told,
                    },
                },
            },
            **told,
        },
    }


def request(text: str) -> str:
    """What a writer is asked: the rules, the schema, and the text."""
    schema = json.dumps(answer_schema(), ensure_ascii=False)
    return f"{INSTRUCTIONS}{schema}\nThe text:\n{text}\n"
