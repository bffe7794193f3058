"""gTTS: the voices of Google Translate, online.

The texts, and nothing else, are sent to `translate.google.<tld>`. Each part of a text is
asked for once: its MP3 is kept for ever under what it was made from (language, tld,
slow and text; not the version of gTTS, which only carries it), as soon as it was found to
be speech. So a build that failed asks only for the rest, and one that finds every
answer opens no connection and does not even import gTTS.

    names     languages and accents            text      texts into parts
    line      requests and tries               patience  time-outs and waits
    answer    MP3 decoded, measured, joined
"""

# Imports inside functions are those a rebuild from the cache never needs

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from audiocoach.errors import VoiceError
from audiocoach.store import key
from audiocoach.timeline.script import Utterance
from audiocoach.voice.base import Offer, failing_as
from audiocoach.voice.gtts.names import VOICES, accents_of, for_language, is_for, named
from audiocoach.wording import excerpt

if TYPE_CHECKING:
    from concurrent.futures import Future

    from audiocoach.store import Cache
    from audiocoach.voice.gtts.line import Line
    from audiocoach.voice.gtts.patience import Patience
    from audiocoach.voice.gtts.text import Piece
    from audiocoach.voice.segment import AudioSegment

KIND: Final = "gtts"
"""Where the cache keeps the answers."""
SLOW: Final = "slow"
JOINED: Final = "1"
"""Piece of the fingerprint; raise it when texts are split, or parts joined, differently."""
PROBED: Final = "com"
"""The host that is asked whether the service answers: that of most voices."""


@dataclass(frozen=True)
class GttsVoice:
    """One voice of the service. It has no rate of its own, so `tempo` is the whole rate."""

    label: str
    slow: bool
    tempo: float
    cache: Cache
    patience: Patience | None = None
    online: bool = True

    @property
    def name(self) -> str:
        """The full spelling: `gtts:en-uk+slow`."""
        return f"gtts:{self.label}" + (f"+{SLOW}" if self.slow else "")

    @property
    def host(self) -> str:
        """Where the texts are sent."""
        return _host(self.label)

    @property
    def fingerprint(self) -> str:
        """What is asked for and how it is joined.

        Not the rate: this voice sounds the same at each, and who plays it faster
        (`tempo`) says so in the key of what comes of it.
        """
        accent = VOICES[self.label]
        return f"gtts {accent.language} {accent.tld} slow={self.slow:d} joined={JOINED}"

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, AudioSegment]]:
        """Raw speech in order, as the service has it (24 kHz mono).

        Raises VoiceError naming the utterance, the cause and the remedy; the answers
        that came before are kept.
        """
        from audiocoach.voice.gtts.answer import decode, joined
        from audiocoach.voice.segment import mono

        with failing_as(self.name):
            split = [(utterance, _pieces(utterance)) for utterance in utterances]
            answers = {part.text: self._kept(part.text) for _, parts in split for part in parts}
            missing = [text for text, answer in answers.items() if answer is None]
            with self._asking(missing) as asked:
                for utterance, parts in split:
                    sounds = [
                        decode(answers[part.text] or self._answer(asked[part.text], utterance))
                        for part in parts
                    ]
                    sound = joined(sounds, [part.pause for part in parts])
                    yield utterance, mono(sound.pcm.astype("<i2").tobytes(), sound.rate)

    def requests_needed(self, utterances: Iterable[Utterance]) -> int:
        """How many requests `speak` would make now: one for each part that is not kept.

        Raises VoiceError for an utterance that can't be spoken.
        """
        texts = {part.text for utterance in utterances for part in _pieces(utterance)}
        return sum(self.cache.length(KIND, self._key(text)) is None for text in texts)

    def _key(self, text: str) -> str:
        accent = VOICES[self.label]
        return key(KIND, accent.language, accent.tld, int(self.slow), text)

    def _kept(self, text: str) -> bytes | None:
        return self.cache.get(KIND, self._key(text))

    @contextmanager
    def _asking(self, texts: Sequence[str]) -> Iterator[dict[str, Future[bytes]]]:
        """The answers to come, some requests at once; no text, no connection."""
        if not texts:
            yield {}
            return
        from audiocoach.voice.gtts.line import side_by_side
        from audiocoach.voice.gtts.patience import Patience

        patience = self.patience or Patience()
        with (
            closing(self._line(patience)) as line,
            side_by_side(partial(self._ask, line), texts, patience.at_once) as asked,
        ):
            try:
                yield asked
            finally:
                line.stop()

    def _line(self, patience: Patience) -> Line:
        from audiocoach.voice.gtts.line import Line, known_languages

        accent = VOICES[self.label]
        if accent.language not in known_languages():
            raise VoiceError(
                f"{self.name} is no longer spoken by the gTTS installed here; "
                "choose another --voice, such as espeak"
            )
        return Line(accent.language, accent.tld, patience, slow=self.slow)

    def _ask(self, line: Line, text: str) -> bytes:
        """Ask for a part, and keep the answer the moment it is believed."""
        answer = line.ask(text)
        self.cache.put(KIND, self._key(text), answer)
        return answer

    def _answer(self, asked: Future[bytes], utterance: Utterance) -> bytes:
        """The answer, when it has come. Raises VoiceError if it never will."""
        from audiocoach.voice.gtts.line import HitchError

        try:
            return asked.result()
        except HitchError as hitch:
            raise VoiceError(
                f"gTTS could not speak {excerpt(utterance.text)}: {self.host} {hitch}; "
                f"{hitch.remedy}, or choose --voice espeak, or allow another voice with --fallback",
                utterance=utterance.text,
            ) from hitch


@dataclass(frozen=True)
class GttsEngine:
    """Opens the voices of the service by name; `patience` is for tests."""

    patience: Patience | None = None
    name: str = field(default=KIND, init=False)
    online: bool = field(default=True, init=False)

    def offers(self, language: str) -> Sequence[Offer]:
        """The voice for the language, then its other accents. Opens no connection."""
        return [
            Offer(f"gtts:{label}", f"{VOICES[label].about}, online: texts go to {_host(label)}")
            for label in accents_of(language)
        ]

    def open(self, voice: str, *, language: str, rate: float, cache: Cache) -> GttsVoice:
        """The voice `en-uk`, `en-uk+slow` or `+slow`, or the one for `language`.

        Raises VoiceError for a voice or variant there is not, or of another language
        than the texts.
        """
        wanted, _, variant = voice.partition("+")
        label = named(wanted) if wanted else for_language(language)
        if variant not in ("", SLOW):
            raise VoiceError(f'gTTS has no variant "+{variant}"; it has +{SLOW} only')
        if not is_for(label, language):
            raise VoiceError(
                f'gtts:{label} speaks {VOICES[label].about}, but the texts are in "{language}"; '
                "choose --voice gtts for the voice of that language"
            )
        return GttsVoice(label, variant == SLOW, rate, cache, self.patience)

    def probe(self, seconds: float) -> str | None:
        """None if the service answers within so many seconds, else why not; sends no text."""
        from audiocoach.voice.gtts.line import Line
        from audiocoach.voice.gtts.patience import Patience

        with closing(Line("en", PROBED, Patience())) as line:
            return line.reach(seconds)


ENGINE = GttsEngine()


def _host(label: str) -> str:
    return f"translate.google.{VOICES[label].tld}"


def _pieces(utterance: Utterance) -> list[Piece]:
    from audiocoach.voice.gtts.text import pieces

    return pieces(utterance.text)
