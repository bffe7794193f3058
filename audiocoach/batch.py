"""Many sessions in one go: each routine with each combination of the values its flags hold.

`spread` says which they are; `build_all` makes them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from audiocoach.delivery.beside import NOTHING, Beside
from audiocoach.delivery.formats import MP3
from audiocoach.errors import AudiocoachError, UsageError, VoiceError
from audiocoach.listener import SILENT, Listener, Stage
from audiocoach.pipeline import Rehearsal, Session, build, check_output, deliver, rehearse
from audiocoach.settings.resolve import Options, settled
from audiocoach.settings.surroundings import Surroundings
from audiocoach.settings.table import SETTINGS, Setting
from audiocoach.store import Cache, open_cache, size_limit
from audiocoach.voice.choice import SERVICES
from audiocoach.wording import quoted

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Outcome: TypeAlias = Session | AudiocoachError
"""What became of a variant: its session, or why there is none."""

_NAMELESS: Final = "session"
"""The name of what comes from a file `.yaml`: a file `.mp3` would be hidden."""
_POLL: Final = 0.2
"""Seconds; Windows sees Ctrl-C only between two waits."""


# -- which they are ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Variant:
    """One session of many."""

    name: str
    """The routine's name, then the values in which the variants differ: `foot-care-en-slow`."""
    source: str
    """A bundled name, or the path of a routine."""
    options: Options
    output: Path
    beside: Beside = NOTHING


def spread(
    sources: Sequence[str], options: Options, folder: Path, beside: Beside = NOTHING
) -> tuple[Variant, ...]:
    """Every combination of the routines and of the values in the options, as files in `folder`.

    An option may hold several values in one text, separated by commas, if its setting `spreads`.
    The routines vary slowest, then the language, then the settings in the order of their table.
    Raises UsageError for a value that is missing, impossible or there twice, and for two
    variants that would be the same file.
    """
    given = {name: _values(SETTINGS[name], getattr(options, name)) for name in _SPREADING}
    several = {name: values for name, values in given.items() if len(values) > 1}
    variants = tuple(
        _variant(source, dict(zip(several, values, strict=True)), options, folder, beside)
        for source in sources
        for values in product(*several.values())
    )
    _refuse_the_same_file_twice(variants)
    return variants


_SPREADING: Final = sorted(
    (name for name, row in SETTINGS.items() if row.kind.spreads),
    key=lambda name: name != "language",  # listed by name, the sessions of a language are together
)


def _values(row: Setting, given: object) -> Sequence[str]:
    """The values an option holds, as they are written; none for one that holds at most one."""
    if not isinstance(given, str) or "," not in given:
        return ()
    texts = [text.strip() for text in given.split(",")]
    if not all(texts):
        problem = f"a value is missing beside a comma in {quoted(given)}"
        raise row.error(row.flag, f"{problem}; write it, or leave the comma out")
    written: dict[object, str] = {}
    for text in texts:
        value = row.read_from(row.flag, text)
        if value in written:
            both = " and ".join(dict.fromkeys((quoted(written[value]), quoted(text))))
            raise row.error(row.flag, f"{both} would be built twice; leave one out")
        written[value] = text
    return texts


def _variant(
    source: str, values: Mapping[str, Any], options: Options, folder: Path, beside: Beside
) -> Variant:
    routine = Path(source).name.removesuffix(".yaml").removesuffix(".yml").strip(".") or _NAMELESS
    name = "-".join([routine, *map(_in_a_file_name, values.values())])
    output = folder / (name if beside.device else f"{name}{MP3.endings[0]}")
    return Variant(name, source, options.but(**values), output, beside)


def _in_a_file_name(value: str) -> str:
    """A value without what may mean something else in the name of a file, on some system."""
    return re.sub(r"[^\w.]+", "-", value).strip("-.")


def _refuse_the_same_file_twice(variants: Sequence[Variant]) -> None:
    seen: dict[str, Variant] = {}
    for variant in variants:
        # Some file systems take Foot.mp3 and foot.mp3 for one.
        first = seen.setdefault(str(variant.output).casefold(), variant)
        if first is not variant:
            raise UsageError(_the_same_file(first, variant))


def _the_same_file(first: Variant, second: Variant) -> str:
    if first == second:
        return f"{first.source} is given twice; leave one out"
    return (
        f"{second.output} would be written twice, for {_difference(first, second)}; "
        "build them one by one, each with an --output of its own"
    )


def _difference(first: Variant, second: Variant) -> str:
    if first.source != second.source:
        return f"{first.source} and {second.source}"
    flags = [
        SETTINGS[name].flag
        for name in _SPREADING
        if getattr(first.options, name) != getattr(second.options, name)
    ]
    return f"two values of {' and of '.join(flags)} for {first.source}"


# -- making them -------------------------------------------------------------------


def build_all(
    variants: Sequence[Variant],
    *,
    cache: Cache | None = None,
    listener: Listener = SILENT,
    surroundings: Surroundings | None = None,
) -> tuple[Outcome, ...]:
    """Make the sessions of all variants; one that fails does not stop the others.

    The listener hears of all sessions together, and of each notice once. Raises UsageError,
    before anything is made, for what no variant can do without.

    One thread, this one, has the sessions spoken, one after the other: so nothing is spoken
    twice, no service is asked more at a time than by a single build, and Ctrl-C ends the voice as
    it does there; a voice itself says several texts at a time. Meanwhile the sessions that were
    spoken are linked, by a thread for each voice: sessions of one voice share most of their
    regions, and what the first of them encodes the next ones find.

    Threads, not processes: what takes long, LAME and the voices, holds no lock of Python's. Eight
    sessions of 20 minutes by two eSpeak voices, on two cores, took 7 s of CPU this way and 9 s in
    two processes; with all in the cache, 1 to 2 s of time against 3 to 5 s.
    """
    from concurrent.futures import wait  # 5 ms, for those who build several

    where = surroundings or Surroundings.here()
    for variant in variants:
        settled(variant.options, surroundings=where)
    limit = size_limit(where.variable("CACHE_LIMIT"))
    cache = cache or open_cache(where.place("CACHE"))
    audience = _Audience(listener, len(variants))
    with _opened_lanes(audience) as lanes:
        begun = [_begin(variant, cache, audience, lanes, where) for variant in variants]
        while wait(begun, _POLL).not_done:
            pass
        outcomes = tuple(each.result() for each in begun)
    cache.trim(limit, SERVICES)
    return outcomes


_Lanes: TypeAlias = "Mapping[str, ThreadPoolExecutor]"
"""The thread that links the sessions of a voice, by its fingerprint."""


def _begin(
    variant: Variant, cache: Cache, audience: _Audience, lanes: _Lanes, surroundings: Surroundings
) -> Future[Outcome]:
    """Have a session spoken, and begin to link it."""
    from concurrent.futures import Future

    seat = _Seat(audience)
    outcome: Future[Outcome]
    try:
        check_output(variant.source, variant.output, variant.beside)
        variant.beside.row(variant.output)
        spoken = rehearse(
            variant.source, variant.options, cache=cache, listener=seat, surroundings=surroundings
        )
    except AudiocoachError as error:
        outcome = Future()
        outcome.set_result(error)
    else:
        lane = lanes[spoken.takes.studio.voice.fingerprint]
        outcome = lane.submit(_linked, variant, spoken, cache, seat)
    outcome.add_done_callback(audience.ended)
    return outcome


def _linked(variant: Variant, spoken: Rehearsal, cache: Cache, seat: _Seat) -> Outcome:
    try:
        try:
            return deliver(spoken, variant.output, seat, variant.beside)
        except VoiceError:
            # A clip was damaged in the cache, and could not be spoken again. From the start, as
            # if alone, the whole session may fall back to another voice.
            return build(
                variant.source,
                variant.output,
                variant.options,
                cache=cache,
                listener=seat,
                surroundings=spoken.surroundings,
                beside=variant.beside,
            )
    except AudiocoachError as error:
        return error


@contextmanager
def _opened_lanes(audience: _Audience) -> Iterator[_Lanes]:
    """Lanes that open when they are first asked for; whatever happens, none is left."""
    from concurrent.futures import ThreadPoolExecutor

    lanes: _Lanes = defaultdict(lambda: ThreadPoolExecutor(1, thread_name_prefix="link"))
    try:
        yield lanes
    finally:
        audience.gone.set()
        for lane in lanes.values():
            lane.shutdown(wait=False, cancel_futures=True)
        for lane in lanes.values():
            lane.shutdown()


class _GoneError(Exception):
    """Nobody wants the sessions any more; ends the thread that still links one."""


class _Audience:
    """Makes of what many builds tell what one listener hears."""

    def __init__(self, listener: Listener, sessions: int) -> None:
        self.gone = Event()
        self._listener = listener
        self._lock = Lock()
        self._parts: defaultdict[Stage, dict[object, tuple[int, int]]] = defaultdict(dict)
        self._noticed: dict[str, bool] = {}
        self._sessions = sessions
        self._ended = 0
        listener.progress(Stage.BUILD, 0, sessions)

    def progress(self, seat: _Seat, stage: Stage, done: int, total: int) -> None:
        """Tell how far all sessions together are. Raises _GoneError when all has to stop."""
        if self.gone.is_set():
            raise _GoneError
        with self._lock:
            parts = self._parts[stage]
            parts[seat] = (done, total)
            dones, totals = zip(*parts.values(), strict=True)
            self._listener.progress(stage, sum(dones), sum(totals))

    def notice(self, line: str) -> bool:
        """Pass a notice on when it is heard for the first time; True if it was shown."""
        with self._lock:
            if line not in self._noticed:
                self._noticed[line] = self._listener.notice(line)
            return self._noticed[line]

    def ended(self, outcome: Future[Outcome]) -> None:
        """Count one session that was made, or failed."""
        with self._lock:
            if not outcome.cancelled():
                self._ended += 1
                self._listener.progress(Stage.BUILD, self._ended, self._sessions)


@dataclass(frozen=True, slots=True, eq=False)
class _Seat(Listener):
    """Hears one build."""

    audience: _Audience

    def progress(self, stage: Stage, done: int, total: int) -> None:
        self.audience.progress(self, stage, done, total)

    def notice(self, line: str) -> bool:
        return self.audience.notice(line)
