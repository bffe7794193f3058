"""The command `verify`: checks a finished file against its plan."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from audiocoach.cli import completing
from audiocoach.cli.options import JsonOption, with_settings
from audiocoach.cli.output import libraries_muted, put_json, say, screen, tell
from audiocoach.errors import UsageError, VerificationError
from audiocoach.settings.resolve import Options
from audiocoach.wording import clock, printable

if TYPE_CHECKING:
    from audiocoach.verify.report import Report

EXAMPLES: Final = """\
audiocoach verify output/foot-relief.mp3
audiocoach verify care.mp3 foot-care --duration 18min"""
_HANG: Final = 14
"""Columns before what is told of a finding."""


@with_settings
def verify(
    file: Annotated[Path, typer.Argument(help="A session that audiocoach made.")],
    routine: Annotated[
        str | None,
        typer.Argument(
            autocompletion=completing.routines,
            help="Also compare it with this routine as it is now: a bundled name or a path. Give "
            "the flags it was built with.",
            show_default=False,
        ),
    ] = None,
    json: JsonOption = False,
    *,
    options: Options,
) -> None:
    """Decode a finished session, and check it against the plan inside it.

    Length, onsets, sounds, levels, silences, chapters, loudness and peak; whether it was
    re-encoded, cut or changed. The exit code is 7 if anything is not as it was built.
    """
    from audiocoach.verify.report import verify_file

    if routine is None and options != Options():
        raise UsageError("these flags belong to a routine to compare with; name it too")
    with libraries_muted(), screen(quiet=False) as listener:
        report = verify_file(file, routine, options, listener=listener)
    if json:
        put_json(_json(file, report))
    else:
        _show(report)
    if report.failed:
        count = f"{len(report.failed)} of {len(report.findings)} findings"
        raise VerificationError(f"{file} is not as it was built: {count}")
    if not json:
        say(f"{file} is as it was built")


def _show(report: Report) -> None:
    for finding in report.findings:
        mark = "ok" if finding.good else "--"
        tell(f"{mark}  {finding.what:<9} {printable(finding.detail)}", hang=_HANG)
    for remedy in dict.fromkeys(each.remedy for each in report.failed if each.remedy):
        tell(" " * _HANG + remedy, hang=_HANG)


def _json(file: Path, report: Report) -> dict[str, Any]:
    found = report.found
    plan, heard = found.plan, found.heard
    return {
        "file": str(file),
        "good": not report.failed,
        "format": found.form,
        "samples": heard.samples,
        "loudness_lufs": _finite(heard.loudness),
        "true_peak_dbtp": _finite(heard.true_peak),
        "plan": plan
        and {
            "format": plan.format,
            "audiocoach": plan.program,
            "script": plan.script.hex(),
            "samples": plan.total,
            "cues": len(plan.cues),
            "bytes": len(found.tags.plan),
        },
        "findings": [
            {
                "what": each.what,
                "good": each.good,
                "detail": each.detail,
                **({"at": clock(each.at), "at_ms": each.at} if each.at is not None else {}),
                **({"remedy": each.remedy} if each.remedy else {}),
            }
            for each in report.findings
        ],
    }


def _finite(level: float) -> float | None:
    return round(level, 2) if math.isfinite(level) else None
