"""Who speaks if the user doesn't say, and who speaks next if a voice fails.

The order, when `--voice` names none: the voice of the config; then the engines of
`voice.base.BUILT_IN` by their turns: one the user has added a voice of for the language;
one online, when it answers within a short probe, or when it said everything before; the
embedded one. An engine that can't be loaded counts as absent.

`decide` is the logic: it asks one candidate after the other, each only when it is its
turn. What the candidates answer comes from the engines, the network and the cache.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple, Protocol, cast

from audiocoach.errors import VoiceError
from audiocoach.settings.config import Config
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache, key
from audiocoach.voice.base import BUILT_IN, Engine, Unasked, Voice, find_engine


def _engines(unasked: Unasked) -> tuple[str, ...]:
    return tuple(name for name, row in BUILT_IN.items() if row.unasked is unasked)


ADDED: Final = _engines(Unasked.ADDED)
SERVICES: Final = _engines(Unasked.ANSWERS)
"""Their answers, under these kinds, are what the cache drops last."""
ONLINE: Final = SERVICES[0]
EMBEDDED: Final = _engines(Unasked.LAST)[0]
PROBE_SECONDS: Final = 2.0
REMEMBERED: Final = 600.0
"""Seconds for which an unreachable service is not tried again, so that offline rebuilds stay fast.
"""

Cached = Callable[[str], bool]
"""Whether everything the session says is in the cache, spoken by the voice of this name."""
Probe = Callable[[str], str | None]
"""Why the service of an engine can't be reached now; None if it answers."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants of the voice."""

    config: Config
    spec: str | None = None
    """`--voice`."""
    offline: bool | None = None
    """`--offline` or `--no-offline`; None leaves it to the config."""

    @property
    def stays_here(self) -> bool:
        """Whether no text may leave this computer."""
        return self.config.offline if self.offline is None else self.offline


@dataclass(frozen=True, slots=True)
class Choice:
    """Who speaks."""

    spec: str
    why: str
    how_to_choose_otherwise: str = ""
    """Empty when `--voice` named the voice."""
    notice: str = ""
    """What is sent where. Show it to the user, then call `noticed`, and it is not shown again."""


class Answer(NamedTuple):
    """What a candidate answers: its name, or "" if it is not available; and why."""

    spec: str
    why: str


def decide(candidates: Iterable[Callable[[], Answer]], last: Answer) -> Answer:
    """The first available candidate, else `last`; `why` says what was wrong with those before."""
    whys = []
    for ask in candidates:
        answer = ask()
        whys.append(answer.why)
        if answer.spec:
            return Answer(answer.spec, "; ".join(whys))
    return Answer(last.spec, "; ".join([*whys, last.why]))


def probe_online(name: str, surroundings: Surroundings) -> str | None:
    """Contact the service of the engine of that name; None if it answers, else why not."""
    return cast(_Probed, find_engine(name, surroundings)).probe(PROBE_SECONDS)


def fallback_order(language: str, failed: str, surroundings: Surroundings) -> list[str]:
    """The voices that may speak the whole session when the voice `failed` could not.

    None of them is online: a failure must not send texts anywhere the user did not.
    """
    added = [_added(name, language, surroundings).spec for name in ADDED]
    return [spec for spec in (*added, EMBEDDED) if spec and _engine_of(spec) != _engine_of(failed)]


def refuse_online(voice: Voice) -> None:
    """Raise VoiceError if texts may leave this computer by an open voice: for `--offline`."""
    if not voice.online:
        return
    if _engine_of(voice.name) not in _engines(Unasked.NEVER):
        raise _refused(voice.name)
    raise VoiceError(
        f"--offline: audiocoach can't know whether {voice.name} keeps the texts on this "
        "computer; if it does, write online = false under its [voices.NAME] in your config",
        voice=voice.name,
    )


def noticed(choice: Choice, cache: Cache) -> None:
    """Remember that the user has seen the notice of a choice."""
    cache.put("notice", _key("notice", choice.spec), b"given")


class _Probed(Engine, Protocol):
    def probe(self, seconds: float, /) -> str | None: ...


def _engine_of(spec: str) -> str:
    return spec.partition(":")[0]


def _key(kind: str, spec: str) -> str:
    return key(kind, _engine_of(spec))


def _refused(spec: str, where: str = "") -> VoiceError:
    return VoiceError(
        f"{spec} is an online voice, and --offline{where} keeps every text on this computer; "
        f"choose --voice {EMBEDDED}, or say --no-offline",
        voice=spec,
    )


def _added(name: str, language: str, surroundings: Surroundings) -> Answer:
    """The first voice of an engine that is ready for a language."""
    title = BUILT_IN[name].title
    with suppress(VoiceError, ImportError):
        for offer in find_engine(name, surroundings).offers(language):
            if not offer.step:
                who = f"the package {offer.package} brings" if offer.package else "you added"
                return Answer(offer.spec, f"{who} this {title} voice for {language}")
    return Answer("", "")


def _first_added(language: str, surroundings: Surroundings) -> Answer:
    """The first voice that was added for a language, by the order of their engines."""
    for name in ADDED:
        if (answer := _added(name, language, surroundings)).spec:
            return answer
    return Answer("", f"no neural voice for {language} has been added")


@dataclass(frozen=True, slots=True)
class Choosing:
    """The choice of a voice for a routine in a language: what is wanted, and how to find out what
    is available."""

    language: str
    wish: Wish
    cache: Cache
    surroundings: Surroundings
    cached: Cached = lambda _: False
    probe: Probe | None = None
    """None asks the service itself."""

    def choice(self) -> Choice:
        """Who speaks.

        A connection is opened by `probe` alone: when it is the service's turn, texts may leave
        and `cached` denies that it said everything before. Raises VoiceError when `--voice`
        names an engine that does not exist, or an online one where no text may leave.
        """
        wish = self.wish
        if wish.spec is not None:
            if self._is_online(wish.spec) and wish.stays_here:
                where = "" if wish.offline else f" (offline = true in {wish.config.path})"
                raise _refused(wish.spec, where)
            return Choice(wish.spec, "you asked for it", notice=self._notice(wish.spec))
        last = Answer(EMBEDDED, "so the built-in voice speaks")
        spec, why = decide(self._candidates(), last)
        otherwise = f'choose another with --voice, or with voice = "…" in {wish.config.path}'
        return Choice(spec, why, otherwise, self._notice(spec))

    def _is_online(self, spec: str) -> bool:
        return find_engine(_engine_of(spec), self.surroundings).online

    def _notice(self, spec: str) -> str:
        told = self.cache.length("notice", _key("notice", spec)) is not None
        if told or not self._is_online(spec):
            return ""
        engine = _engine_of(spec)
        row = BUILT_IN.get(engine)
        receiver = row.receiver if row else f"the online service of the voice engine {engine}"
        return (
            f"{engine} sends the texts to be spoken to {receiver}, and nothing else; "
            "--offline prevents this (shown only once)"
        )

    # -- candidates, in their order ------------------------------------------------------

    def _candidates(self) -> Iterator[Callable[[], Answer]]:
        if self.wish.config.voice:
            yield partial(self._configured, self.wish.config.voice)
        yield partial(_first_added, self.language, self.surroundings)
        for name in SERVICES:
            title = BUILT_IN[name].title
            why = f"{title} is online, and no text may leave this computer"
            refused, asked = partial(Answer, "", why), partial(self._online, name, title)
            yield refused if self.wish.stays_here else asked

    def _configured(self, spec: str) -> Answer:
        path = self.wish.config.path
        if self.wish.stays_here and self._is_online(spec):
            return Answer("", f"{spec} in {path} is online, and no text may leave this computer")
        return Answer(spec, f"{path} names it")

    def _online(self, name: str, title: str) -> Answer:
        """A service, asked with what costs least first; the network comes last."""
        try:
            if self.cached(name):
                return Answer(name, f"{title} said all of this before")
            if remembered := self._remembered(name, title):
                return Answer("", remembered)
            if not find_engine(name, self.surroundings).offers(self.language):
                return Answer("", f"{title} does not speak {self.language}")
            failure = self.probe(name) if self.probe else probe_online(name, self.surroundings)
        except (VoiceError, ImportError) as reason:
            return Answer("", f"{title} can't be used ({reason})")
        if failure is None:
            return Answer(name, f"{title} answers")
        self.cache.put("probe", _key("probe", name), f"{int(time.time())} {failure}".encode())
        return Answer("", f"{title} can't be reached ({failure})")

    def _remembered(self, name: str, title: str) -> str:
        """A failure of the probe that is not long ago, as a sentence; empty when there is none."""
        payload = self.cache.get("probe", _key("probe", name))
        if payload is None:
            return ""
        then, _, failure = payload.decode(errors="replace").partition(" ")
        age = time.time() - float(then)
        if not 0 <= age < REMEMBERED:  # below 0: the clock was put back
            return ""
        ago = f"{age // 60:.0f} min" if age >= 60 else "a moment"
        return f"{title} couldn't be reached {ago} ago ({failure}); --voice {name} tries again"
