"""Who speaks when the user does not say, and who speaks next when a voice fails.

The order, when `--voice` names none: the voice of the config; a Piper voice the user
has added for the language; gTTS, when it answers within a short probe, or when it said
everything before; the embedded voice. An engine that can't be loaded counts as absent.

`decide` is the logic: it asks one candidate after the other, each only when it is its
turn. What the candidates answer comes from the engines, the network and the cache.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol, cast

from audiocoach.errors import VoiceError
from audiocoach.settings.config import Config
from audiocoach.store import Cache, key
from audiocoach.voice.base import Engine, Voice, find_engine

NEURAL: Final = "piper"
ONLINE: Final = "gtts"
EMBEDDED: Final = "espeak"
PROBE_SECONDS: Final = 2.0
REMEMBERED: Final = 600.0
"""Seconds for which an unreachable service is not asked again: offline rebuilds stay fast."""
RECEIVERS: Final = {ONLINE: "Google Translate's speech service"}
"""Who gets the texts, by engine."""

Cached = Callable[[str], bool]
"""Whether everything the session says is in the cache, said by the voice with this spec."""
Probe = Callable[[], str | None]
"""Why gTTS can't be reached now; None when it answers."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user said about the voice."""

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
    """What is sent where. Give it to the user, then call `noticed`, and it is not said again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a candidate says: its spec, or "" when it can't be had; and why."""

    spec: str
    why: str


def decide(candidates: Iterable[Callable[[], Answer]], last: Answer) -> Answer:
    """The first candidate that can be had, else `last`; why tells what hindered those before."""
    whys = []
    for ask in candidates:
        answer = ask()
        whys.append(answer.why)
        if answer.spec:
            return Answer(answer.spec, "; ".join(whys))
    return Answer(last.spec, "; ".join([*whys, last.why]))


def probe_online() -> str | None:
    """Ask gTTS itself."""
    return cast(_Probed, find_engine(ONLINE)).probe(PROBE_SECONDS)


def choose(
    language: str,
    wish: Wish,
    cache: Cache,
    cached: Cached = lambda _: False,
    probe: Probe = probe_online,
) -> Choice:
    """The voice for a routine in `language`.

    A connection is opened by `probe` alone: when it is gTTS's turn, texts may leave and
    `cached` denies that it said everything before. Raises VoiceError when `--voice` names
    an engine that does not exist, or an online one where no text may leave.
    """
    if wish.spec is not None:
        _check_allowed(wish.spec, wish)
        return Choice(wish.spec, "you asked for it", notice=_notice(wish.spec, cache))
    answer = decide(
        _candidates(language, wish, cache, cached, probe),
        Answer(EMBEDDED, "so the embedded voice speaks"),
    )
    return Choice(
        answer.spec,
        answer.why,
        f'choose otherwise with --voice, or with voice = "…" in {wish.config.path}',
        _notice(answer.spec, cache),
    )


def fallback_order(language: str, failed: str) -> list[str]:
    """The voices that may speak the whole session when the voice `failed` could not.

    None of them is online: a failure must not send texts to where the user did not.
    """
    added = _added(language).spec
    return [spec for spec in (added, EMBEDDED) if spec and _engine(spec) != _engine(failed)]


def refuse_online(voice: Voice) -> None:
    """Raise VoiceError if texts may leave this computer by an open voice: for `--offline`."""
    if not voice.online:
        return
    if _engine(voice.name) != "command":
        raise _refused(voice.name)
    raise VoiceError(
        f"--offline: audiocoach can't know whether {voice.name} keeps the texts on this "
        "computer; if it does, write online = false under its [voices.NAME] in your config"
    )


def noticed(choice: Choice, cache: Cache) -> None:
    """Remember that the user was given the notice of a choice."""
    cache.put("notice", _key("notice", choice.spec), b"given")


class _Probed(Engine, Protocol):
    def probe(self, seconds: float, /) -> str | None: ...


def _engine(spec: str) -> str:
    return spec.partition(":")[0]


def _key(kind: str, spec: str) -> str:
    return key(kind, _engine(spec))


def _notice(spec: str, cache: Cache) -> str:
    engine = _engine(spec)
    if not find_engine(engine).online or cache.length("notice", _key("notice", spec)) is not None:
        return ""
    receiver = RECEIVERS.get(engine, f"the online service of the voice engine {engine}")
    return (
        f"{engine} sends the texts to be spoken to {receiver}, and nothing else; "
        "--offline keeps all on this computer (said once)"
    )


def _check_allowed(spec: str, wish: Wish) -> None:
    if find_engine(_engine(spec)).online and wish.stays_here:
        raise _refused(spec, "" if wish.offline else f" (offline = true in {wish.config.path})")


def _refused(spec: str, where: str = "") -> VoiceError:
    return VoiceError(
        f"{spec} is an online voice, and --offline{where} keeps every text on this computer; "
        f"choose --voice {EMBEDDED}, or say --no-offline"
    )


# -- candidates, in their order ----------------------------------------------------------


def _candidates(
    language: str, wish: Wish, cache: Cache, cached: Cached, probe: Probe
) -> Iterator[Callable[[], Answer]]:
    if wish.config.voice:
        yield lambda: _configured(wish.config.voice or "", wish)
    yield lambda: _added(language)
    if wish.stays_here:
        yield lambda: Answer("", "gTTS is online, and no text may leave this computer")
    else:
        yield lambda: _online(language, cache, cached, probe)


def _configured(spec: str, wish: Wish) -> Answer:
    if wish.stays_here and find_engine(_engine(spec)).online:
        return Answer(
            "", f"{spec} in {wish.config.path} is online, and no text may leave this computer"
        )
    return Answer(spec, f"{wish.config.path} names it")


def _added(language: str) -> Answer:
    """The first Piper voice that is ready for a language."""
    try:
        offers = find_engine(NEURAL).offers(language)
    except (VoiceError, ImportError):
        offers = []
    ready = [offer.spec for offer in offers if not offer.step]
    if ready:
        return Answer(ready[0], f"you added this Piper voice for {language}")
    return Answer("", f"no Piper voice for {language} has been added")


def _online(language: str, cache: Cache, cached: Cached, probe: Probe) -> Answer:
    """GTTS, asked with what costs least first; the network comes last."""
    try:
        if cached(ONLINE):
            return Answer(ONLINE, "gTTS said all of this before")
        if remembered := _remembered(cache):
            return Answer("", remembered)
        if not find_engine(ONLINE).offers(language):
            return Answer("", f"gTTS does not speak {language}")
        failure = probe()
    except (VoiceError, ImportError) as reason:
        return Answer("", f"gTTS can't be used ({reason})")
    if failure is None:
        return Answer(ONLINE, "gTTS answers")
    cache.put("probe", _key("probe", ONLINE), f"{int(time.time())} {failure}".encode())
    return Answer("", f"gTTS can't be reached ({failure})")


def _remembered(cache: Cache) -> str:
    """A failure of the probe that is not long ago, as a sentence; empty when there is none."""
    payload = cache.get("probe", _key("probe", ONLINE))
    if payload is None:
        return ""
    then, _, failure = payload.decode(errors="replace").partition(" ")
    age = time.time() - float(then)
    if not 0 <= age < REMEMBERED:  # below 0: the clock was put back
        return ""
    ago = f"{age // 60:.0f} min" if age >= 60 else "a moment"
    return f"gTTS couldn't be reached {ago} ago ({failure}); --voice {ONLINE} tries again"
