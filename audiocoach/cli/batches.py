"""Several sessions, or a library of them: built, or only estimated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from audiocoach.cli.output import (
    prefixed,
    put_json,
    say,
    screen,
)
from audiocoach.cli.replacing import ask_before_replacing
from audiocoach.cli.reports import bold, facts, say_who_speaks, session_json
from audiocoach.cli.tables import tell_rows
from audiocoach.errors import AudiocoachError, UsageError
from audiocoach.routine.times import parse_ms
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.settings.table import SETTINGS
from audiocoach.wording import clock, counted, printable

if TYPE_CHECKING:
    from audiocoach.batch.build import Outcome
    from audiocoach.batch.crew import Crew
    from audiocoach.batch.manifest import Manifest
    from audiocoach.batch.survey import Survey
    from audiocoach.batch.variants import Variant
    from audiocoach.listener import Listener
    from audiocoach.pipeline import Session
    from audiocoach.store import Cache

MOST_PROCESSES: Final = 256
_MOST_NAMED: Final = 5
"""Files that a line names."""


@dataclass(frozen=True, slots=True)
class Told:
    """What to report, according to the flags."""

    quiet: bool = False
    verbose: bool = False
    json: bool = False


@dataclass(frozen=True, slots=True)
class Hands:
    """Who does the work, according to the flags."""

    processes: int | None = None
    cluster: str | None = None
    time_limit: str = "10min"

    @property
    def named(self) -> bool:
        """Whether anyone but this process was asked for."""
        return bool(self.processes or self.cluster)

    def crew(self, cache: Cache, around: Surroundings, listener: Listener) -> Crew | None:
        """The crew; None for this process. Raises UsageError or LackError."""
        limit = self._seconds()
        if self.processes and self.cluster:
            raise UsageError(
                "--processes and --cluster both say where the work is done; leave one out",
                place="--cluster",
            )
        if self.cluster:
            from audiocoach.batch.cluster import Cluster

            if not around.variable("CACHE"):
                raise UsageError(
                    "--cluster: set AUDIOCOACH_CACHE to a cache that all workers can reach",
                    place="--cluster",
                )
            return Cluster(self.cluster, limit, cache, around, listener)
        if self.processes:
            from audiocoach.batch.processes import Processes

            return Processes(self.processes, limit)
        return None

    def _seconds(self) -> float:
        try:
            ms = parse_ms(self.time_limit)
        except ValueError as error:
            raise UsageError(f"--time-limit: {error}", place="--time-limit") from None
        if ms < 1000:
            raise UsageError("--time-limit: give a task at least 1s", place="--time-limit")
        return ms / 1000


def refuse_beside_a_library(
    routines: list[str] | None, options: Options, flags: Mapping[str, object]
) -> None:
    """Raises UsageError for flags that a library file sets itself."""
    given = [SETTINGS[name].flag_for(value) for name, value in options.given.items()]
    given += [flag for flag, value in flags.items() if value]
    if routines or given:
        what = given[0] if given else f"the routine {routines[0]}" if routines else ""
        raise UsageError(
            f"--library: its file says which routines are built, and how; leave {what} out, or "
            "write it into the file",
            place="--library",
        )


def build_library(
    path: Path, folder: Path | None, hands: Hands, told: Told, *, dry_run: bool, overwrite: bool
) -> None:
    """Build what changed of a library. Raises typer.Exit with the code of the first failure."""
    from audiocoach.batch.library import read_library
    from audiocoach.batch.manifest import Manifest

    library = read_library(path, folder)
    manifest = Manifest(library)
    if dry_run:
        look_at(library.variants, told, manifest)
        return
    ask_before_replacing(library.variants, overwrite=overwrite, is_known=manifest.lists)
    with _kept(manifest):
        build_several(library.variants, hands, told, manifest)


@contextmanager
def _kept(manifest: Manifest) -> Iterator[None]:
    """Whatever ends the build, what was built is known."""
    try:
        yield
    finally:
        manifest.close()


def build_several(
    variants: Sequence[Variant], hands: Hands, told: Told, manifest: Manifest | None = None
) -> None:
    """Build them all. Raises typer.Exit with the code of the first that failed."""
    from audiocoach.batch.build import build_all
    from audiocoach.store import open_cache

    around = Surroundings.here()
    cache = open_cache(around.place("CACHE"))
    with screen(quiet=told.quiet) as listener:
        crew = hands.crew(cache, around, listener)
        if crew and not told.quiet and (link := crew.dashboard):
            listener.notice(f"dashboard of the cluster: {link}")
        outcomes = build_all(
            variants,
            cache=cache,
            listener=listener,
            surroundings=around,
            crew=crew,
            ledger=manifest,
        )
    results = [(each.output, outcome) for each, outcome in zip(variants, outcomes, strict=True)]
    if manifest:
        _report_library(results, manifest, quiet=told.quiet)
    else:
        (_report_failures if told.quiet else _report_all)(results)
    if not told.quiet:
        _say_who_spoke(_sessions(results), verbose=told.verbose)
    if told.json:
        put_json([_outcome_json(path, outcome) for path, outcome in results])
    failed = [outcome for outcome in outcomes if isinstance(outcome, AudiocoachError)]
    if failed:
        raise typer.Exit(failed[0].exit_code)


def look_at(variants: Sequence[Variant], told: Told, manifest: Manifest | None = None) -> None:
    """Report what building them would take. Raises typer.Exit if one of them can't be built."""
    from audiocoach.batch.survey import survey
    from audiocoach.store import open_cache

    around = Surroundings.here()
    cache = open_cache(around.place("CACHE"))
    with screen(quiet=told.quiet) as listener:
        found = survey(variants, cache, around, ledger=manifest, listener=listener)
    if told.json:
        put_json(_survey_json(found))
    elif not told.quiet and len(found.failed) < found.sessions:
        _report_survey(found)
    for path, error in found.failed.items():
        say(prefixed(f"{path}: {_in_one_line(error)}"))
    if found.failed:
        raise typer.Exit(next(iter(found.failed.values())).exit_code)


# -- what is reported ----------------------------------------------------------------


def _report_all(results: Sequence[tuple[Path, Outcome]]) -> None:
    """A row for each of several sessions, or for why there is none; then the counts."""
    from audiocoach.pipeline import Session

    sessions = _sessions(results)
    paths = [printable(str(path)) for path, _ in results]
    widths = [max(map(len, column)) for column in zip(*map(facts, sessions), strict=True)]
    for path, (_, outcome) in zip(paths, results, strict=True):
        result = "unchanged"
        if isinstance(outcome, AudiocoachError):
            result = f"failed: {_in_one_line(outcome)}"
        elif isinstance(outcome, Session):
            _, length, size, voice = facts(outcome)
            result = f"{length:>{widths[1]}}  {size:>{widths[2]}}  {voice}{_note_count(outcome)}"
        typer.echo(f"{bold(path.ljust(max(map(len, paths))))}  {result}", err=True)
    failed = len(results) - len(sessions)
    made = counted(len(sessions), "session")
    say(f"{made}, {failed} failed" if failed else made)


def _report_library(
    results: Sequence[tuple[Path, Outcome]], manifest: Manifest, *, quiet: bool
) -> None:
    """Counts in place of rows, and a line for each that failed."""
    _report_failures(results)
    if quiet:
        return
    sessions = _sessions(results)
    failed = sum(isinstance(outcome, AudiocoachError) for _, outcome in results)
    unchanged = len(results) - len(sessions) - failed
    told = [f"{counted(len(sessions), 'session')} built", f"{unchanged} unchanged"]
    say(", ".join(told + [f"{failed} failed"] * bool(failed)))
    if left := manifest.left_over():
        more = ", ..." if len(left) > _MOST_NAMED else ""
        say(
            f"no longer in the library: {printable(', '.join(left[:_MOST_NAMED]))}{more} "
            f"({counted(len(left), 'file')}); delete what you don't need"
        )
    if manifest.path.exists():
        say(f"manifest: {printable(str(manifest.path))}")


def _sessions(results: Iterable[tuple[Path, Outcome]]) -> list[Session]:
    from audiocoach.pipeline import Session

    return [outcome for _, outcome in results if isinstance(outcome, Session)]


def _say_who_spoke(sessions: Sequence[Session], *, verbose: bool) -> None:
    by_voice = {(each.voice, each.choice): each for each in sessions}
    for session in by_voice.values():
        say_who_speaks(session, verbose=verbose)


def _note_count(session: Session) -> str:
    count = len(session.timeline.notes)
    return f"  {counted(count, 'note')}" if count else ""


def _report_failures(results: Iterable[tuple[Path, Outcome]]) -> None:
    """Of several sessions, those that failed, a line each."""
    for path, outcome in results:
        if isinstance(outcome, AudiocoachError):
            say(prefixed(f"{path}: {_in_one_line(outcome)}"))


def _in_one_line(error: AudiocoachError) -> str:
    """An error in a line; of a routine with several mistakes, the first."""
    first, *others = str(error).split("\n")
    return printable(first) + f" (and {len(others)} more)" * bool(others)


def _outcome_json(path: Path, outcome: Outcome) -> dict[str, Any]:
    """A session of several as if it were the only one, or why there is none."""
    from audiocoach.pipeline import Session

    if isinstance(outcome, AudiocoachError):
        return {"file": str(path), "error": str(outcome), "exit_code": outcome.exit_code}
    if isinstance(outcome, Session):
        return session_json(outcome)
    return {"file": str(path), "unchanged": True}


def _report_survey(found: Survey) -> None:
    rows: list[tuple[str, ...]] = [
        ("sessions", f"{found.sessions:,} of {counted(len(found.routines), 'routine')}"),
        (
            "to build",
            f"{found.to_build:,}; {found.unchanged:,} unchanged, {len(found.failed):,} failed",
        ),
        ("texts", f"{found.utterances:,} different; {found.in_cache:,} of them in the cache"),
        *(
            ("to speak", f"{count:,} by {printable(voice)}")
            for voice, count in found.to_speak.most_common()
            if count
        ),
    ]
    if found.to_build:
        rows += [
            ("length", f"about {clock(round(found.length) * 1000)}"),
            (
                "time",
                f"about {clock(round(found.seconds) * 1000)} on one processor of this computer",
            ),
            ("size", f"about {found.bytes / 1e6:,.1f} MB, not counting other files next to it"),
        ]
    tell_rows(rows)


def _survey_json(found: Survey) -> dict[str, Any]:
    return {
        "sessions": found.sessions,
        "routines": len(found.routines),
        "to_build": found.to_build,
        "unchanged": found.unchanged,
        "utterances": found.utterances,
        "in_cache": found.in_cache,
        "to_speak": dict(found.to_speak),
        "length_s": round(found.length, 1),
        "processor_s": round(found.seconds, 1),
        "bytes": found.bytes,
        "failed": [
            {"file": path, "error": str(error), "exit_code": error.exit_code}
            for path, error in found.failed.items()
        ],
    }
