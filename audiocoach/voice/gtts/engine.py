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

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Final

from audiocoach.errors import VoiceError
from audiocoach.store import key
from audiocoach.timeline.script import Utterance
from audiocoach.voice.base import Offer, failing_as
from audiocoach.voice.gtts.names import VOICES, Accent, accents_of, for_language, named
from audiocoach.voice.gtts.patience import Patience
from audiocoach.voice.gtts.text import pieces
from audiocoach.wording import excerpt

if TYPE_CHECKING:
    from audiocoach.store import Cache
    from audiocoach.voice.segment import AudioSegment

KIND: Final = "gtts"
"""Where the cache keeps the answers."""
SLOW: Final = "slow"
LICENCE: Final = "Google's terms of service"
"""policies.google.com/terms; they name no licence for what Translate says."""
JOINED: Final = "1"
"""Part of the fingerprint; raise it if texts are split, or parts joined, differently."""


@dataclass(frozen=True)
class GttsVoice:
    """One voice of the service. It has no rate of its own, so `tempo` is the whole rate."""

    label: str
    slow: bool
    tempo: float
    cache: Cache
    patience: Patience
    online: bool = True
    licence: str = LICENCE

    @property
    def name(self) -> str:
        """The full spelling: `gtts:en-uk+slow`."""
        return f"gtts:{self.label}" + (f"+{SLOW}" if self.slow else "")

    @property
    def accent(self) -> Accent:
        """What is requested, and where."""
        return VOICES[self.label]

    @property
    def fingerprint(self) -> str:
        """What is asked for and how it is joined.

        Not the rate: this voice sounds the same at each, and who plays it faster
        (`tempo`) says so in the key of what comes of it.
        """
        accent = self.accent
        return f"gtts {accent.language} {accent.tld} slow={self.slow:d} joined={JOINED}"

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, AudioSegment]]:
        """Raw speech in order, as the service has it (24 kHz mono).

        Raises VoiceError naming the utterance, the cause and the remedy; the answers
        that came before are kept.
        """
        from audiocoach.voice.gtts.answer import decode, joined
        from audiocoach.voice.segment import mono

        with failing_as(self.name):
            split = [(utterance, pieces(utterance.text)) for utterance in utterances]
            texts = dict.fromkeys(part.text for _, parts in split for part in parts)
            kept = {text: self.cache.get(KIND, self._key(text)) for text in texts}
            answers = {text: answer for text, answer in kept.items() if answer is not None}
            with closing(self._asked([text for text in texts if text not in answers])) as asked:
                for utterance, parts in split:
                    for part in parts:
                        if part.text not in answers:
                            answers[part.text] = self._next(asked, utterance)
                    sounds = [decode(answers[part.text]) for part in parts]
                    sound = joined(sounds, [part.pause for part in parts])
                    yield utterance, mono(sound.pcm.astype("<i2").tobytes(), sound.rate)

    def requests_needed(self, utterances: Iterable[Utterance]) -> int:
        """How many requests `speak` would make now: one for each part not in the cache.

        Raises VoiceError for an utterance that can't be spoken.
        """
        texts = {part.text for utterance in utterances for part in pieces(utterance.text)}
        return sum(self.cache.length(KIND, self._key(text)) is None for text in texts)

    def _key(self, text: str) -> str:
        return key(KIND, self.accent.language, self.accent.tld, int(self.slow), text)

    def _asked(self, texts: Sequence[str]) -> Generator[tuple[str, bytes]]:
        """The answers in their order, some requests at once; no text, no connection."""
        if not texts:
            return
        from audiocoach.voice.child import Crew
        from audiocoach.voice.gtts.line import Line

        if self.accent.language not in import_module("gtts.lang").tts_langs():
            raise VoiceError(
                f"{self.name} is no longer spoken by the gTTS installed here; "
                "choose another --voice, such as espeak"
            )
        with closing(Line(self.accent, self.patience, slow=self.slow)) as line:

            def ask(text: str) -> bytes:
                answer = line.ask(text)
                self.cache.put(KIND, self._key(text), answer)  # the moment it is believed
                return answer

            crew = Crew(self.patience.at_once, line.stop, ahead=len(texts))
            yield from crew.in_order(ask, texts)

    def _next(self, asked: Iterator[tuple[str, bytes]], utterance: Utterance) -> bytes:
        """The next answer, when it has come. Raises VoiceError if it never will."""
        from audiocoach.voice.gtts.line import HitchError

        try:
            return next(asked)[1]
        except HitchError as hitch:
            raise VoiceError(
                f"gTTS could not speak {excerpt(utterance.text)}: {self.accent.host} {hitch}; "
                f"{hitch.remedy}, or choose --voice espeak, or allow another voice with --fallback",
                utterance=utterance.text,
            ) from hitch


@dataclass(frozen=True)
class GttsEngine:
    """Opens the voices of the service by name; `patience` is for tests."""

    patience: Patience = field(default_factory=Patience)
    name: str = field(default=KIND, init=False)
    online: bool = field(default=True, init=False)

    def offers(self, language: str) -> Sequence[Offer]:
        """The voice for the language, then its other accents. Opens no connection."""
        return [
            Offer(
                f"gtts:{each}",
                f"{VOICES[each].about}, online: texts go to {VOICES[each].host}",
                licence=LICENCE,
            )
            for each in accents_of(language)
        ]

    def open(self, voice: str, *, language: str, rate: float, cache: Cache) -> GttsVoice:
        """The voice `en-uk`, `en-uk+slow` or `+slow`, or the one for `language`.

        Raises VoiceError for a voice or variant there is not, or of another language
        than the texts.
        """
        wanted, _, variant = voice.partition("+")
        label = named(wanted) if wanted else for_language(language)
        if variant not in ("", SLOW):
            raise VoiceError(f"gTTS has no variant '+{variant}'; it has +{SLOW} only")
        if label not in accents_of(language):
            raise VoiceError(
                f"gtts:{label} speaks {VOICES[label].about}, but the texts are in '{language}'; "
                "choose --voice gtts for the voice of that language"
            )
        return GttsVoice(label, variant == SLOW, rate, cache, self.patience)

    def probe(self, seconds: float) -> str | None:
        """None if the service answers within so many seconds, else why not; sends no text."""
        from audiocoach.voice.gtts.line import Line

        with closing(Line(VOICES["en"], self.patience)) as line:  # at the host of most voices
            return line.reach(seconds)


ENGINE = GttsEngine()
