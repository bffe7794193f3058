"""The commands that tell a routine: build, preview, check."""

from __future__ import annotations

import json as jsonlib
import os
from pathlib import Path
from typing import Annotated, Final

import typer

from audiocoach.cli.options import (
    DurationOption,
    FallbackOption,
    JsonOption,
    OfflineOption,
    OnlyOption,
    PaceOption,
    QuietOption,
    RateOption,
    RoundsOption,
    RoutineArgument,
    SkipOption,
    VoiceOption,
    options,
)
from audiocoach.cli.output import deliver, put, report, screen, session_json
from audiocoach.coaching.options import Pace

BUILD_EXAMPLES: Final = (
    "Examples: audiocoach build · audiocoach build foot-care --duration 18min · "
    "audiocoach build my.yaml -o my.mp3 --pace slow --skip 'toe walk'"
)
PREVIEW_EXAMPLES: Final = (
    "Examples: audiocoach preview · audiocoach preview foot-care | less · "
    "audiocoach preview --json > timeline.json"
)


def build(
    routine: RoutineArgument = "foot-relief",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="The MP3 to write. [default: output/NAME-OF-ROUTINE.mp3]"
        ),
    ] = None,
    duration: DurationOption = None,
    voice: VoiceOption = None,
    rate: RateOption = 1.0,
    pace: PaceOption = Pace.NORMAL,
    offline: OfflineOption = None,
    fallback: FallbackOption = None,
    only: OnlyOption = None,
    skip: SkipOption = None,
    rounds: RoundsOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Make the MP3 of a routine, exactly as long as asked for."""
    from audiocoach import pipeline

    wanted = options(duration, voice, rate, pace, offline, fallback, only, skip, rounds)
    path = output or _default_output(routine)
    with screen(quiet=quiet) as listener:
        session = pipeline.build(routine, path, wanted, listener=listener)
    if not quiet:
        report(session)
    if json:
        put(jsonlib.dumps(session_json(session), ensure_ascii=False, indent=2) + "\n")


def preview(
    routine: RoutineArgument = "foot-relief",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file, not to stdout.")
    ] = None,
    duration: DurationOption = None,
    voice: VoiceOption = None,
    rate: RateOption = 1.0,
    pace: PaceOption = Pace.NORMAL,
    offline: OfflineOption = None,
    fallback: FallbackOption = None,
    only: OnlyOption = None,
    skip: SkipOption = None,
    rounds: RoundsOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Show the cue sheet: all that will be said, and when. Writes no audio."""
    from audiocoach.delivery.cuesheet import timeline_sheet
    from audiocoach.pipeline import rehearse
    from audiocoach.timeline.form import to_json

    wanted = options(duration, voice, rate, pace, offline, fallback, only, skip, rounds)
    with screen(quiet=quiet) as listener:
        rehearsal = rehearse(routine, wanted, listener=listener)
    timeline = rehearsal.timeline
    if json:
        counts = {
            "requests": rehearsal.requests,
            "gtts_requests_cold": rehearsal.cold_requests(),
        }
        text = jsonlib.dumps(to_json(timeline) | counts, ensure_ascii=False, indent=2) + "\n"
    else:
        text = timeline_sheet(timeline)
    deliver(text, output)


def check(
    file: Annotated[str, typer.Argument(help="The routine to check: a path, or a bundled name.")],
) -> None:
    """Check a routine: every mistake with its line and the remedy, or the doses it prescribes."""
    from audiocoach.coaching.compiler import compile_script
    from audiocoach.delivery.doses import dose_table
    from audiocoach.routine.load import load

    routine = load(file)
    compile_script(routine)
    put(dose_table(routine))


def _default_output(routine: str) -> Path:
    folder = Path(os.environ.get("AUDIOCOACH_OUTPUT") or "output")
    return folder / f"{Path(routine).name.removesuffix('.yaml').removesuffix('.yml')}.mp3"
