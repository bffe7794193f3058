"""The desk: a session that is asked for comes from memory, or is made, once and within limits.

A limited number are made at a time, a limited number may wait for their turn, and further requests
are told to come back later. Requests for the same session wait together. Finished sessions are kept
within a limit; a failed one is not tried again at once.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final, NamedTuple, TypeVar

from audiocoach.errors import AudiocoachError, VoiceError
from audiocoach.listener import Listener, Stage
from audiocoach.pipeline import mastered, rehearse
from audiocoach.routine.model import Routine
from audiocoach.server.address import Address
from audiocoach.server.memory import Bounded
from audiocoach.server.recording import NO_FRAME, SOUND, Content, Frame, Recording
from audiocoach.server.refusals import (
    AddressError,
    BeingMadeError,
    BusyError,
    NothingError,
    Refusal,
    refusal,
)
from audiocoach.server.shelf import Book, Shelf, Unusable
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache, size_limit
from audiocoach.voice.base import engine_names, find_engine
from audiocoach.voice.choice import SERVICES
from audiocoach.wording import quoted

_Made = TypeVar("_Made")

AT_ONCE: Final = 2
"""How many sessions are made at a time: a voice alone uses more than one core."""
MOST_WAITING: Final = 6
"""How many sessions may wait for their turn."""
PATIENCE: Final = 20.0
"""Seconds a request waits for a session that is being made: a program does better to ask again."""
SOUND_PATIENCE: Final = 50.0
"""And for its sound, as few players ask again; mpv and a proxy such as nginx wait for 60."""
_MOST_HELD: Final = 96_000_000
"""Bytes of sessions in memory, counted as if they shared nothing: about twenty."""
_MOST_CONTENTS: Final = 16_000_000
"""Bytes of pages and sheets in memory."""
_TRACK_COST: Final = 100_000
"""Of a part of a session, which shares its regions with the whole (bytes)."""
_REMEMBERED: Final = 20.0
"""Seconds for which what failed is not tried again."""
_MOST_FAILED: Final = 200
_MOST_FACTS: Final = 2_000
_TRIMS: Final = 60.0
"""Seconds from one look at the size of the cache to the next."""


class GoneError(Exception):
    """The server is stopping; ends the making of a session."""


class _Key(NamedTuple):
    """What a session is made of: the routine as it was read, and what was chosen."""

    book: Book
    options: Options


class State(NamedTuple):
    """How far a session is: ready, or `done` of the `total` parts of a stage."""

    ready: bool = False
    stage: Stage | None = None
    done: int = 0
    total: int = 0
    problem: str = ""


class Fact(NamedTuple):
    """What is still known about a session after its sound is forgotten."""

    total: int
    """Its length in samples."""
    size: int
    """Of its MP3, in bytes."""


class _Build(Listener):
    """A session that is being made."""

    def __init__(self) -> None:
        self.state = State(stage=Stage.SPEAK)
        self.begun: asyncio.Future[Recording] = asyncio.get_running_loop().create_future()
        """Done when answers can begin, and never if it fails before."""
        self.future: asyncio.Future[Recording]
        """Done when it is linked, or failed."""
        self.gone = False

    def begin(self, recording: Recording) -> None:
        """Let answers begin; called from the thread that makes it."""
        self.begun.get_loop().call_soon_threadsafe(self.begun.set_result, recording)

    def progress(self, stage: Stage, done: int, total: int) -> None:
        """Note it. Raises GoneError when nobody wants the session any more."""
        if self.gone:
            raise GoneError
        self.state = State(stage=stage, done=done, total=total)


@dataclass(frozen=True, slots=True)
class House:
    """The settings a server was started with."""

    shelf: Shelf
    options: Options
    """The options that apply if an address doesn't say."""
    cache: Cache
    surroundings: Surroundings
    online: bool = False
    """Whether texts may leave the computer."""


class Desk:
    """Hands out sessions; it is used from one event loop."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.patience, self.sound_patience = PATIENCE, SOUND_PATIENCE
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="session")
        self._builds: dict[_Key, _Build] = {}
        self._known: Bounded[_Key, Recording] = Bounded(_MOST_HELD, lambda each: each.cost)
        self._contents: Bounded[tuple[_Key, str, int, Frame], Content] = Bounded(
            _MOST_CONTENTS, lambda each: len(each.head) + _TRACK_COST * (each.track is not None)
        )
        self._failed: Bounded[_Key, tuple[float, AudiocoachError]] = Bounded(
            _MOST_FAILED, lambda _: 1
        )
        self._facts: Bounded[_Key, Fact] = Bounded(_MOST_FACTS, lambda _: 1)
        self._errand: asyncio.Future[None] | None = None
        self._trimmed = time.monotonic()
        self._voices = lru_cache(32)(partial(_voices, house))

    # -- asking ------------------------------------------------------------------

    async def content(self, address: Address, frame: Frame = NO_FRAME) -> Content:
        """The bytes for an address; a page is embedded in that frame.

        Raises a Refusal.
        """
        key = await self._key(address)
        sound = address.ending == SOUND
        # A part of the sound is linked from the regions of the whole.
        part = sound and address.start is not None
        patience = self.sound_patience if sound else self.patience
        recording = await self._recording(key, patience, linked=part)
        start = 0
        if address.start is not None:
            try:
                start = recording.start(address.start)
            except ValueError as error:
                raise AddressError(str(error)) from None
        try:
            return await self._content(key, recording, address.ending, start, frame)
        except AudiocoachError as error:
            raise refusal(error) from error

    async def _content(
        self, key: _Key, recording: Recording, ending: str, start: int, frame: Frame
    ) -> Content:
        if ending == SOUND and not start:
            return recording.sound
        name = (key, ending, start, frame)
        found = self._contents.get(name)
        if found is None:
            found = await asyncio.to_thread(recording.content, ending, start, frame)
            self._contents.put(name, found)
        return found

    async def ready(self, address: Address, seconds: float) -> None:
        """Wait some seconds for a session to be linked. Raises a Refusal."""
        await self._recording(await self._key(address), seconds, linked=True)

    async def routine(self, address: Address) -> Routine:
        """The routine of an address, as it was read. Raises a Refusal."""
        return (await self._key(address)).book.routine

    async def state(self, address: Address) -> State:
        """How far a session is; starts nothing. Raises a Refusal."""
        key = await self._key(address)
        if self._known.get(key):
            return State(ready=True)
        if failed := self._failure(key):
            return State(problem=str(failed))
        build = self._builds.get(key)
        return build.state if build else State()

    def fact(self, book: Book, options: Options) -> Fact | None:
        """What is known about a session that has been made."""
        return self._facts.get(_Key(book, options))

    async def make_known(self, sessions: Iterable[tuple[Book, Options]], seconds: float) -> None:
        """Make those about which nothing is known, one after the other; skips impossible ones.

        Waits for them for some seconds; they go on being made afterwards, unless others are being
        made.
        """
        unknown = [_Key(*each) for each in sessions if self.fact(*each) is None]
        if unknown and (self._errand is None or self._errand.done()):
            self._errand = asyncio.ensure_future(self._all_made(unknown))
        if unknown and self._errand:
            await asyncio.wait([self._errand], timeout=seconds)

    async def _all_made(self, keys: Iterable[_Key]) -> None:
        for key in keys:
            with suppress(Refusal):
                await self._recording(key, None, linked=True)

    async def voices(self, language: str) -> tuple[str, ...]:
        """The voices that may be asked for, the best first."""
        return await asyncio.to_thread(self._voices, language)

    def close(self) -> None:
        """Stop whatever is being made."""
        if self._errand:
            self._errand.cancel()
        for build in self._builds.values():
            build.gone = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    # -- making ------------------------------------------------------------------

    async def _key(self, address: Address) -> _Key:
        books = await asyncio.to_thread(self.house.shelf.books)
        book = books.get(address.routine)
        if book is None:
            raise NothingError(f"there is no routine named {quoted(address.routine)} here")
        if isinstance(book, Unusable):
            raise NothingError(book.problem)
        voice = address.options.voice
        if voice is not None:
            language = address.options.language or book.routine.language
            if voice not in await self.voices(language):
                raise AddressError(f"voice: {quoted(voice)} is not one of the voices here")
        return _Key(book, address.options)

    async def _recording(self, key: _Key, seconds: float | None, *, linked: bool) -> Recording:
        """A session of which answers can begin, or which is `linked`, waited for so long.

        Raises a Refusal.
        """
        if found := self._known.get(key):
            return found
        if failed := self._failure(key):
            raise refusal(failed)
        build = self._builds.get(key) or self._begun(key)
        awaited = [build.future] if linked else [build.future, build.begun]
        done, _ = await asyncio.wait(awaited, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if not done:
            raise BeingMadeError("this session is still being made; try again soon")
        try:
            return (build.future if build.future in done else build.begun).result()
        except AudiocoachError as error:
            raise refusal(error) from error

    def _begun(self, key: _Key) -> _Build:
        if len(self._builds) >= AT_ONCE + MOST_WAITING:
            raise BusyError("many sessions are being made; try again later")
        build = self._builds[key] = _Build()
        build.future = asyncio.ensure_future(self._in_pool(self._made, key, build))
        build.future.add_done_callback(partial(self._ended, key))
        return build

    def _ended(self, key: _Key, future: asyncio.Future[Recording]) -> None:
        del self._builds[key]
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            made = future.result()
            self._known.put(key, made)
            self._facts.put(key, Fact(made.timeline.total, made.sound.size))
        elif isinstance(error, AudiocoachError):
            self._failed.put(key, (time.monotonic(), error))

    def _failure(self, key: _Key) -> AudiocoachError | None:
        failed = self._failed.get(key)
        return failed[1] if failed and time.monotonic() - failed[0] < _REMEMBERED else None

    def _made(self, key: _Key, build: _Build) -> Recording:
        house = self.house
        rehearsal = rehearse(
            key.book.routine,
            house.options.but(**key.options.given),
            cache=house.cache,
            listener=build,
            surroundings=house.surroundings,
        )
        recording = Recording(mastered(rehearsal, build))
        build.begin(recording)
        recording.link()
        if time.monotonic() - self._trimmed > _TRIMS:
            self._trimmed = time.monotonic()
            limit = size_limit(house.surroundings.variable("CACHE_LIMIT"))
            house.cache.trim(limit, SERVICES)
        return recording

    async def _in_pool(self, make: Callable[..., _Made], *arguments: object) -> _Made:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, partial(make, *arguments))


def _voices(house: House, language: str) -> tuple[str, ...]:
    """The voices that are ready for a language: those on this computer, and others if allowed."""
    found = []
    for name in engine_names():
        try:
            engine = find_engine(name, house.surroundings)
            if house.online or not engine.online:
                found += [offer.spec for offer in engine.offers(language) if not offer.step]
        except (VoiceError, ImportError):
            continue
    return tuple(found)
