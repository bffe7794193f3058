"""Verifies a finished file against the plan in it, and against a routine as it is today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audiocoach.delivery.plan import Plan, name_of
from audiocoach.listener import SILENT, Listener
from audiocoach.pipeline import Prepared, Source, prepare
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.timeline.digest import digest
from audiocoach.timeline.script import SAMPLES_PER_MS, Cue, Interval, Script, Sound, Utterance
from audiocoach.verify.checks import Finding, bad, findings
from audiocoach.verify.reading import Found, read_file
from audiocoach.wording import clock, excerpt

_MOST_TEXTS = 3
_REMEDY = "build it again, or give verify the flags it was built with"


@dataclass(frozen=True, slots=True)
class Report:
    """What verifying a file found."""

    found: Found
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> tuple[Finding, ...]:
        """What is not as it should be."""
        return tuple(each for each in self.findings if not each.good)


def verify_file(
    path: Path,
    source: Source | None = None,
    options: Options = Options(),
    *,
    listener: Listener = SILENT,
    surroundings: Surroundings | None = None,
) -> Report:
    """Decode a finished session, and check it against the plan in it.

    If a routine is given, check it also against what that compiles to now with these options. The
    voice is not compared. Raises VerificationError for a file that can't be read or decoded,
    RoutineError or UsageError.
    """
    prepared = None
    if source is not None:
        prepared = prepare(source, options, None, surroundings or Surroundings.here())
    found = read_file(path, listener)
    return Report(found, tuple(_all(found, prepared)))


def _all(found: Found, prepared: Prepared | None) -> Iterator[Finding]:
    sounds = prepared.script.sounds() if prepared else ()
    texts = {name_of(each): excerpt(each.text) for each in sounds if isinstance(each, Utterance)}
    yield from findings(found, texts)
    if prepared and found.plan:
        yield _routine(found.plan, prepared)


def _routine(plan: Plan, prepared: Prepared) -> Finding:
    """Whether the file is what a routine compiles to now."""
    title = prepared.script.title
    asked = prepared.role.chosen.settings.duration
    if digest(prepared.script) != plan.script:
        return bad("routine", f"{title!r} is now another session{_apart(plan, prepared)}", _REMEDY)
    if asked is not None and asked * SAMPLES_PER_MS != plan.total:
        lasts = clock(plan.total // SAMPLES_PER_MS)
        return bad("routine", f"{title!r} now lasts {clock(asked)}, the file {lasts}", _REMEDY)
    return Finding("routine", f"it is what {title!r} compiles to now")


def _apart(plan: Plan, prepared: Prepared) -> str:
    """What is said in only one of them, judging by hashes."""
    heard = {each.name for each in plan.sounds}
    said = dict.fromkeys(_said(prepared.script))
    known = {name_of(sound) for sound in prepared.script.sounds()}
    fresh = (each for each in said if isinstance(each, Utterance))
    new = [excerpt(each.text) for each in fresh if name_of(each) not in heard]
    gone = [cue for cue in plan.cues if cue.sound.name not in known]
    parts = []
    if gone:
        at = clock(gone[0].start // SAMPLES_PER_MS)
        count = len({cue.sound.name for cue in gone})
        parts.append(
            f"the file says {count} thing{'s' * (count != 1)} it does not, the first at {at}"
        )
    if new:
        more = f" and {len(new) - _MOST_TEXTS} more" if len(new) > _MOST_TEXTS else ""
        parts.append(f"it says {', '.join(new[:_MOST_TEXTS])}{more}, and the file does not")
    return f": {'; '.join(parts)}" if parts else ": the same words at other times"


def _said(script: Script) -> Iterator[Sound]:
    """What a script always says: without lines that only a long pause needs."""
    for item in script.items:
        if isinstance(item, Cue):
            yield item.sound
        elif isinstance(item, Interval):
            yield from (placement.cue.sound for placement in item.placements)
