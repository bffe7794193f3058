"""How often figures without a question are right: scripts/calibrate_drafts.py FOLDER...

Each FOLDER holds labelled texts, as for `score_drafts.py`. Prints a line for each field and each
way its figures came about: by the words of the exercise itself or by words elsewhere, and for
sides, positions and schedules by what was read. A way that is right in fewer than 95 of 100 cases
should put a question to its figures.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

from audiocoach.routine.draft.labels import labels
from audiocoach.routine.draft.model import EXERCISE_FIELDS, Draft, DraftExercise
from audiocoach.routine.draft.reading import language_of, read
from audiocoach.routine.draft.sources import article_text

BY_VALUE = ("sides", "position")
"""The fields whose ways are told by what was read."""
Tally = dict[tuple[str, str], Counter[str]]


def main(arguments: list[str]) -> int:
    """Print the table for some folders."""
    folders = [Path(each).resolve() for each in arguments]
    if not folders or not all(each.is_dir() for each in folders):
        sys.stderr.write(__doc__ or "")
        return 2
    tally: Tally = defaultdict(Counter)
    for folder in folders:
        scorer = _scorer(folder)
        for path in sorted(folder.glob("*.txt")):
            text = article_text(path.read_bytes(), path.name)
            gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            _count(tally, scorer, gold, read(text, language_of(text) or "en"))
    for (field, way), count in sorted(tally.items()):
        sure = count["right"] + count["wrong"]
        share = f"{100 * count['right'] / sure:.0f} %" if sure else "-"
        sys.stdout.write(
            f"{field:14} {way:30} right {count['right']:4}  wrong {count['wrong']:3}  "
            f"asked {count['asked']:3}  {share:>5}\n"
        )
    return 0


def _scorer(folder: Path) -> ModuleType:
    """The `score.py` in a folder or above it."""
    path = next(up / "score.py" for up in (folder, *folder.parents) if (up / "score.py").exists())
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _count(tally: Tally, scorer: ModuleType, gold: dict[str, Any], draft: Draft) -> None:
    predicted = scorer.lift(labels(draft))["exercises"]
    wanted = scorer.lift(gold)["exercises"]
    pairs = {j: i for i, j in scorer.align(wanted, predicted).items()}
    for n, exercise in enumerate(draft.exercises):
        label = wanted[pairs[n]] if n in pairs else None
        for field in EXERCISE_FIELDS:
            made = exercise.figures.get(field)
            if made is None or predicted[n].get(field) is None:
                continue
            asked = made.doubt or "name" in exercise.doubts
            right = label is not None and _is_right(scorer, label, predicted[n], field)
            outcome = "asked" if asked else "right" if right else "wrong"
            tally[field, _way(draft, exercise, field)][outcome] += 1


def _is_right(
    scorer: ModuleType, label: dict[str, Any], predicted: dict[str, Any], field: str
) -> bool:
    """Whether a figure is as labelled, or as right by another field."""
    ours, theirs = scorer.hold_form(predicted), scorer.hold_form(label)
    values = [theirs.get(field), *(label.get("accept") or {}).get(field, ())]
    values += [other.get(field) for other in (label.get("accept_as") or {}).values()]
    still = {"hold_s": "work_s", "work_s": "hold_s"}.get(field)
    if still and theirs.get("reps") is None:
        values.append(theirs.get(still))
    moved = ours.get(field) is None
    return moved or any(scorer.same(field, each, ours[field]) for each in values)


def _way(draft: Draft, exercise: DraftExercise, field: str) -> str:
    """How a figure came about."""
    made = exercise.figures[field]
    begin = exercise.name_span[0] if exercise.name_span else 0
    places = sorted(each.name_span[0] for each in draft.exercises if each.name_span)
    end = next((place for place in places if place > begin), len(draft.text))
    own = any(begin <= a < end for a, _ in made.spans)
    words = "own words" if own else "words elsewhere"
    return f"{words}, {made.value}" if field in BY_VALUE else words


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
