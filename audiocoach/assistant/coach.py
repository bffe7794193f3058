"""A session that one talks to: it is made, played, left and resumed by voice.

The remote decides where a word leads. Here its answers become sound, on a player that only has to
play a file from its start, and pause: a jump is another file, the session from there to its end. So
it works without seeking or queueing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, Final, Protocol

from audiocoach.assistant.fitting import Fits, what_fits
from audiocoach.assistant.known import known
from audiocoach.assistant.memory import NOTHING, Kept, Left
from audiocoach.coaching.phrases import phrases_for
from audiocoach.delivery.audio import mp3_parts
from audiocoach.delivery.file import write_whole
from audiocoach.errors import AudiocoachError, FitError
from audiocoach.language import base
from audiocoach.pipeline import Rehearsal, mastered, rehearse
from audiocoach.remote import Intent, Place, Remote, Reply, Said, said
from audiocoach.sayings import sayings_for
from audiocoach.sayings.wishes import DEFAULT, Wish, wishes
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.settings.values import Pace
from audiocoach.timeline.landing import landed
from audiocoach.timeline.script import SAMPLE_RATE

PATIENCE: Final = 2.0
"""Seconds after which a listener is told that a session is being made."""
ANSWERED: Final = 60.0
"""Seconds during which "twenty minutes" refers to the session that was refused."""
OFFERED: Final = 60 * SAMPLE_RATE
"""How long after its beginning a session may be left for the place where one stopped before."""
_PACES: Final = tuple(Pace)


class Host(Protocol):
    """What an assistant can do."""

    def say(self, said: Said) -> None:
        """Say a sentence."""

    def notice(self, text: str) -> None:
        """Log why something failed."""

    def play(self, path: Path, title: str) -> None:
        """Play a file from its start, instead of what is playing."""

    def pause(self) -> bool:
        """Pause; returns whether it did."""

    def resume(self) -> None:
        """Continue after a pause."""

    def stop(self) -> None:
        """Play no more."""

    def position(self) -> float:
        """How many seconds of the file have been played."""


@dataclass(slots=True)
class _Session:
    """What is played."""

    routine: str
    options: Options
    rehearsal: Rehearsal
    remote: Remote
    start: int = 0
    """The sample of the session with which the file begins."""
    playing: bool = False
    offered: Left | None = None
    """Where "go on" leads while it still begins: where the same routine was left before."""


class Coach:
    """Begins sessions, and answers for the current one. `kept` is from last time."""

    def __init__(
        self,
        host: Host,
        folder: Path,
        kept: Kept = NOTHING,
        surroundings: Surroundings | None = None,
        keep: Callable[[Kept], None] | None = None,
    ) -> None:
        self._host = host
        self._folder = folder
        self._surroundings = surroundings
        self._keep = keep
        self._files = 0
        self._session: _Session | None = None
        self._refused: tuple[Wish, float] | None = None
        self.kept = kept

    @property
    def is_on(self) -> bool:
        """Whether a session is playing or paused."""
        return self._session is not None

    def hears(self, text: str, language: str) -> Intent | None:
        """What a text means to the current session; None if there is none."""
        return sayings_for(language).understood(text) if self.is_on else None

    def lets_be(self, text: str, language: str) -> bool:
        """Whether a text asks for the current session to go on as it is: "don't stop"."""
        return self.is_on and sayings_for(language).lets_be(text)

    def spares(self, text: str, language: str) -> bool:
        """Whether a text is no reason to stop, though it may contain a word for it."""
        return self.is_on and sayings_for(language).spares(text)

    # -- what is wished ---------------------------------------------------------------

    def begins(self, text: str, language: str) -> bool:
        """Whether a text begins a session: it names one, or changes what was refused."""
        return self._wish(text, base(language)).meant

    def _wish(self, text: str, language: str) -> Wish:
        refused, when = self._refused or (None, 0.0)
        if time.monotonic() > when + ANSWERED:
            refused = None
        default = refused.routine if refused else DEFAULT
        wish = wishes(text, sayings_for(language), known(language), default)
        if refused and not (wish.meant or wish.unknown) and wish.settings:
            return replace(wish, settings={**refused.settings, **wish.settings}, meant=True)
        return wish

    def begin(self, text: str, language: str) -> None:
        """Begin what a text asks for."""
        spoken = base(language)
        wish = self._wish(text, spoken)
        if wish.unknown:
            self._say(spoken, "unknown", words=" ".join(wish.unknown))
            return
        with self._telling(spoken):
            session = self._made(wish, spoken)
            if session is None:
                return
            known_ = wish.routine in self.kept.done
            place = session.remote.answer(Intent.BEGIN, Place(0), known=known_).place
            self._play(session, place, self._offered(session, spoken))

    def hear(self, intent: Intent, language: str) -> None:
        """Answer an intent."""
        session = self._session
        if session is None:
            with self._telling(base(language)):
                self._answer_for_none(intent, base(language))
            return
        here = self.place()
        if intent is Intent.GO_ON and here.playing and (offered := self._offer(session, here.at)):
            with self._telling(session.remote.phrases.language):
                self._take_up(offered, anew=False)
            return
        reply = session.remote.answer(intent, here)
        if reply.anew:
            with self._telling(session.remote.phrases.language):
                self._anew(session, reply)
        elif reply.over:
            self.leave()
        else:
            self._follow(session, reply, here)

    def let_be(self) -> None:
        """Go on, if the player only paused to listen."""
        if self._session and self._session.playing:
            self._host.resume()

    def place(self) -> Place:
        """The place in the current session."""
        session = self._session
        if session is None:
            return Place(0, playing=False)
        heard = int(max(self._host.position(), 0.0) * SAMPLE_RATE)
        at = min(session.start + heard, session.remote.timeline.total)
        return Place(at, session.playing)

    def left(self, position: float) -> float:
        """How many seconds are left of the file at a position in it; 0 if nothing is playing."""
        session = self._session
        if session is None:
            return 0.0
        return (session.remote.timeline.total - session.start) / SAMPLE_RATE - position

    def ended(self) -> None:
        """The file has been played to its end."""
        session, self._session = self._session, None
        if session:
            self._remember(self.kept.finishing(session.routine))

    def leave(self) -> None:
        """Stop, and remember where; if only the goodbye was left, remember that it is done."""
        session = self._session
        if not session:
            return
        at = self.place().at
        if session.remote.is_done(at):
            self._remember(self.kept.finishing(session.routine))
        else:
            self._keep_place(session, at)
        self._session = None
        self._host.stop()

    # -- how it is done ---------------------------------------------------------------

    def _answer_for_none(self, intent: Intent, language: str) -> None:
        """No session is on: the one that was left goes on, or begins anew."""
        latest = self.kept.latest
        if latest and intent in (Intent.GO_ON, Intent.FROM_START):
            self._take_up(latest, anew=intent is Intent.FROM_START)
        else:
            self._say(language, "nothing")

    def _offered(self, session: _Session, language: str) -> Left | None:
        """Where the routine that is to begin was left, and that is told; None if nowhere."""
        before = self._session
        if before:
            at = self.place().at
            self._keep_place(before, at)
            if before.routine == session.routine and (offered := self._offer(before, at)):
                return offered  # it has just been told
        left = self.kept.of(session.routine)
        name = self._stopped_at(left) if left else None
        if name:
            self._say(language, "stopped-at", name=name)
        return left if name else None

    def _stopped_at(self, left: Left) -> str | None:
        """The exercise one stopped at, in the session as it was then, with its settings."""
        options = Options(**{**left.settings, "language": left.language})
        try:
            remote = self._rehearsed(left.routine, options).remote
        except AudiocoachError:
            return None
        part = remote.part(left.at)
        return part.title if part.address.exercise and not remote.is_done(left.at) else None

    def _take_up(self, left: Left, *, anew: bool) -> None:
        """Play what was left, from there or from its start."""
        session = self._made(Wish(left.routine, left.settings), left.language)
        if session:
            self._play(session, Place(0 if anew else landed(session.remote.landings, left.at)))

    def _follow(self, session: _Session, reply: Reply, here: Place) -> None:
        if reply.place.at != here.at:
            self._play(session, reply.place)
        elif reply.place.playing:
            session.playing = True
            self._host.resume()
        elif here.playing:
            session.playing = not self._host.pause()
            self._keep_place(session, here.at)
            if session.playing:  # it was not silenced: so nothing says that it was
                return
        if reply.said:
            self._host.say(reply.said)

    def _anew(self, session: _Session, reply: Reply) -> None:
        """The session at another pace, from the same rep of the same set and side on."""
        now = session.rehearsal.settings.settings.pace
        step = -1 if reply.anew is Intent.SLOWER else 1
        index = _PACES.index(now) + step
        if not 0 <= index < len(_PACES):
            key = "remote.slowest" if step < 0 else "remote.fastest"
            self._host.say(said(session.remote.phrases, key))
            return
        language = session.remote.phrases.language
        # Squeezed to the same length it would not be slower.
        settings = {**session.options.given, "pace": _PACES[index], "duration": "natural"}
        other = self._made(Wish(session.routine, settings), language)
        if other:
            here = self.place()
            place = session.remote.resumed(here, other.remote)
            if reply.said:
                self._host.say(reply.said)
            self._play(other, replace(place, playing=True), self._offer(session, here.at))

    def _made(self, wish: Wish, language: str) -> _Session | None:
        """The session that is wished; None where it can't be, and then that is said."""
        try:
            return self._rehearsed(wish.routine, Options(**{**wish.settings, "language": language}))
        except FitError as error:
            self._refused = wish, time.monotonic()
            for each in what_fits(wish, language, error, self._fitting(wish, language)):
                self._host.say(each)
        except AudiocoachError as error:
            self._host.notice(str(error))
            self._say(language, "failed")
        return None

    def _rehearsed(self, routine: str, options: Options) -> _Session:
        """The session; where its own length, which nobody asked for, can't be, the natural one."""
        try:
            rehearsal = rehearse(routine, options, surroundings=self._surroundings)
        except FitError:
            if options.duration is not None:
                raise
            options = options.but(duration="natural")
            rehearsal = rehearse(routine, options, surroundings=self._surroundings)
        return _Session(routine, options, rehearsal, Remote(rehearsal.timeline))

    def _fitting(self, wish: Wish, language: str) -> Fits:
        def fits(settings: Mapping[str, Any]) -> bool:
            changed = {**wish.settings, "language": language, **settings}
            try:
                self._rehearsed(wish.routine, Options(**changed))
            except AudiocoachError:
                return False
            return True

        return fits

    def _play(self, session: _Session, place: Place, offered: Left | None = None) -> None:
        """Play the session from a place on. Whoever goes elsewhere in it is offered nothing."""
        tag, track = mp3_parts(mastered(session.rehearsal), place.at)
        self._files += 1
        path = self._folder / f"session-{self._files}.mp3"  # players keep what they know by name
        write_whole(path, chain([tag], track))
        for old in self._folder.glob("session-*.mp3"):
            if old != path:
                old.unlink(missing_ok=True)
        session.start, session.playing, session.offered = place.at, True, offered
        self._session, self._refused = session, None
        self._keep_place(session, place.at)
        self._host.play(path, session.remote.timeline.title)

    def _keep_place(self, session: _Session, at: int) -> None:
        """Remember where a session is; not while it is still offered to go on elsewhere."""
        if not self._offer(session, at):
            given = session.options.given
            settings = {name: value for name, value in given.items() if name != "language"}
            language = session.remote.phrases.language
            self._remember(self.kept.leaving(Left(session.routine, language, settings, at)))

    @staticmethod
    def _offer(session: _Session, at: int) -> Left | None:
        """Where "go on" leads, while the session only begins."""
        return session.offered if at < session.start + OFFERED else None

    def _remember(self, kept: Kept) -> None:
        self.kept = kept
        if self._keep:
            self._keep(kept)

    def _say(self, language: str, key: str, **values: str) -> None:
        self._host.say(said(phrases_for(language), f"assistant.{key}", **values))

    @contextmanager
    def _telling(self, language: str) -> Iterator[None]:
        """Say a word when what is done takes long."""
        timer = threading.Timer(PATIENCE, self._say, (language, "moment"))
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
