"""The plan: what a finished file should contain, stored in its tag, so that `verify` can check it.

It tells when each sound comes and for how long, a fingerprint of each, the chapters and what the
file was compiled from, as hashes. No text is in it; about 10 bytes a cue. Its bytes are the same
everywhere, so no compressor made them: numbers are written in as many bytes as they need (LEB128,
7 bits each, the lowest first), places as what lies between them.

     4  magic "acp1": the version of this form is its last letter
    16  BLAKE2b of all that follows
        format, program (each its length and its UTF-8)
     8  hash of the script
     4  hash of title and comment
        total samples; number of sounds, of cues, of chapters
        for each sound: samples; 4 bytes, hash of what it is; its fingerprint
        for each cue: samples since the cue before it ended; number of its sound
        for each chapter: ms since the chapter before it began; 4 bytes, hash of its title
        kbit/s of an MP3; channels; 1 where a hum keeps gear awake; dB that a bed is under the
        voice, 0 for none
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from audiocoach import varint
from audiocoach.delivery.chapters import Chapter, chapters
from audiocoach.routine.recordings import Recording
from audiocoach.sound import fingerprint
from audiocoach.sound.mp3 import BIT_RATES, USUAL, Coding
from audiocoach.timeline import digest
from audiocoach.timeline.script import Chime, Sound, Utterance
from audiocoach.timeline.timeline import Timeline

OWNER: Final = "audiocoach.plan"
"""The owner of the private frame (PRIV) in an ID3 tag."""
MP4_ATOM: Final = f"----:{OWNER.replace('.', ':')}"
"""The atom among iTunes' tags, in Base64."""
COMMENT: Final = "SESSION_PLAN"
"""The Vorbis comment, in Base64."""
_MAGIC: Final = b"acp1"
_SEAL_SIZE: Final = 16
HASH_SIZE: Final = 4
_MOST_DIGITS: Final = 9
"""Bytes of a number: 63 bits."""


class PlanError(ValueError):
    """Bytes that are not a plan, or not one that this version can read."""


@dataclass(frozen=True, slots=True)
class PlannedSound:
    """A sound of a session."""

    length: int
    """Samples; of a clip, a whole number of frames."""
    name: bytes
    """The hash of its text and language, or of the chime."""
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class PlannedCue:
    """When a sound is heard (samples)."""

    start: int
    sound: PlannedSound

    @property
    def length(self) -> int:
        return self.sound.length

    @property
    def end(self) -> int:
        """The sample after the last."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class PlannedChapter:
    """Where a chapter begins (ms), and the hash of its title."""

    start: int
    title: bytes


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a file, according to its plan: the format, audiocoach's version, the script."""

    format: str
    program: str
    script: bytes
    """Its hash; empty for a sample that has no routine."""
    coding: Coding = USUAL
    bed: int = 0
    """How many dB the bed is below the voice; 0 without a bed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file should contain."""

    format: str
    """The name of the format it was written in."""
    program: str
    """The version of audiocoach that made it."""
    script: bytes
    """The hash of the script, before lengths were known."""
    tags: bytes
    """The hash of title and comment."""
    total: int
    """Samples at 48 kHz."""
    sounds: tuple[PlannedSound, ...]
    cues: tuple[PlannedCue, ...]
    chapters: tuple[PlannedChapter, ...]
    coding: Coding = USUAL
    bed: int = 0
    """How many dB a bed is below the voice; 0 without a bed."""

    def as_bytes(self) -> bytes:
        """The plan as it is written in a tag."""
        body = b"".join(self._parts())
        return _MAGIC + _seal(body) + body

    def _parts(self) -> Iterable[bytes]:
        for text in (self.format, self.program):
            content = text.encode()
            yield _number(len(content)) + content
        yield self.script + self.tags
        for count in (self.total, len(self.sounds), len(self.cues), len(self.chapters)):
            yield _number(count)
        places: dict[int, int] = {}
        for place, sound in enumerate(self.sounds):
            places[id(sound)] = place
            yield _number(sound.length) + sound.name + sound.fingerprint
        at = 0
        for cue in self.cues:
            yield _number(cue.start - at) + _number(places[id(cue.sound)])
            at = cue.end
        at = 0
        for chapter in self.chapters:
            yield _number(chapter.start - at) + chapter.title
            at = chapter.start
        for value in (*self.coding[:3], self.bed):
            yield _number(value)


def planned(
    timeline: Timeline, prints: Mapping[Sound, bytes], made: Provenance, comment: str = ""
) -> Plan:
    """The plan of a session; `prints` has the fingerprint of each audible sound."""
    sounds: dict[Sound, PlannedSound] = {}
    for cue in timeline.cues:
        if cue.sound not in sounds:
            name, known = name_of(cue.sound), prints[cue.sound]
            sounds[cue.sound] = PlannedSound(cue.length, name, known)
    return Plan(
        made.format,
        made.program,
        made.script or bytes(digest.SIZE),
        tags_of(timeline.title, comment),
        timeline.total,
        tuple(sounds.values()),
        tuple(PlannedCue(cue.start, sounds[cue.sound]) for cue in timeline.cues),
        tuple(map(planned_chapter, chapters(timeline))),
        made.coding,
        made.bed,
    )


def planned_chapter(chapter: Chapter) -> PlannedChapter:
    return PlannedChapter(chapter.start, title_of(chapter.title))


def tags_of(title: str, comment: str) -> bytes:
    """The hash of what the tags say about the whole session."""
    return _hash("tags", title, comment)


def title_of(title: str) -> bytes:
    """The hash of the title of a chapter."""
    return _hash("chapter", title)


def name_of(sound: Sound) -> bytes:
    """The hash that identifies a sound."""
    match sound:
        case Utterance():
            return _hash("say", sound.language, sound.text)
        case Chime():
            return _hash("chime", sound.value)
        case Recording():
            return _hash("sound", sound.digest)


def _hash(*parts: str) -> bytes:
    text = "\0".join(parts).encode(errors="surrogatepass")
    return blake2b(text, digest_size=HASH_SIZE).digest()


def _seal(body: bytes) -> bytes:
    return blake2b(body, digest_size=_SEAL_SIZE).digest()


def _number(value: int) -> bytes:
    """LEB128. Raises ValueError for what is negative: cues never overlap."""
    if value < 0:
        raise ValueError(f"a plan has no negative number: {value}")
    return varint.written(value)


# -- reading -----------------------------------------------------------------------


def read_plan(content: bytes) -> Plan:
    """The plan in these bytes. Raises PlanError."""
    head = len(_MAGIC)
    if content[: head - 1] != _MAGIC[: head - 1]:
        raise PlanError("it is not a plan")
    if content[:head] != _MAGIC:
        raise PlanError("it is of another version; verify it with the audiocoach that made it")
    seal, body = content[head : head + _SEAL_SIZE], content[head + _SEAL_SIZE :]
    if seal != _seal(body):
        raise PlanError("it is damaged: its hash is not its own")
    try:
        return _Reader(body).plan()
    except (IndexError, UnicodeDecodeError) as error:
        raise PlanError("it is damaged: it ends too early") from error


class _Reader:
    """Takes a plan from its bytes, one thing after the other; IndexError where they end."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0

    def plan(self) -> Plan:
        form, program = (self._take(self._number()).decode() for _ in range(2))
        script, tags = self._take(digest.SIZE), self._take(HASH_SIZE)
        total, sounds, cues, parts = (self._number() for _ in range(4))
        heard = tuple(self._sound() for _ in self._as_many(sounds))
        placed = []
        at = 0
        for _ in self._as_many(cues):
            cue = PlannedCue(at + self._number(), heard[self._number()])
            at = cue.end
            placed.append(cue)
        if at > total:
            raise PlanError("it is damaged: a cue ends after the session")
        titled = []
        at = 0
        for _ in self._as_many(parts):
            at += self._number()
            titled.append(PlannedChapter(at, self._take(HASH_SIZE)))
        made = self._coding(), self._number()
        return Plan(form, program, script, tags, total, heard, tuple(placed), tuple(titled), *made)

    def _coding(self) -> Coding:
        kbit, channels, awake = (self._number() for _ in range(3))
        if kbit not in BIT_RATES or channels not in (1, 2):
            raise PlanError(f"it is damaged: it tells of {kbit} kbit/s on {channels} channels")
        return Coding(kbit, channels, bool(awake))

    def _sound(self) -> PlannedSound:
        return PlannedSound(self._number(), self._take(HASH_SIZE), self._take(fingerprint.SIZE))

    def _as_many(self, count: int) -> range:
        """A count that the bytes left can hold."""
        if count > len(self._body) - self._at:
            raise IndexError
        return range(count)

    def _number(self) -> int:
        try:
            value, self._at = varint.read(self._body, self._at, _MOST_DIGITS)
        except ValueError as error:
            raise PlanError(f"it is damaged: {error}") from None
        return value

    def _take(self, size: int) -> bytes:
        taken = self._body[self._at : self._at + size]
        if len(taken) != size:
            raise IndexError
        self._at += size
        return taken
