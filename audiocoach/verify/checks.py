"""The checks: each compares a plan with what was found in a file, and gives a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from statistics import median
from typing import Final

import numpy as np

from audiocoach.delivery.plan import Plan, PlannedSound, tags_of, title_of
from audiocoach.sound import mp3
from audiocoach.sound.loudness import TARGET_LUFS
from audiocoach.timeline.script import SAMPLE_RATE, SAMPLES_PER_MS
from audiocoach.verify.hearing import ALIKE_DB, ALIKE_IN_OPUS_DB, Ear, HeardCue
from audiocoach.verify.mpeg import Mpeg
from audiocoach.verify.reading import Found
from audiocoach.wording import clock

ONSET_MS: Final = 10
"""A cue is in its place if it begins no further away than this."""
SILENT_DB: Final = -60.0
"""The mean square of a millisecond (0 is full scale) above which it counts as sound."""
HUM_DB: Final = -50.0
"""The same if a hum keeps equipment awake; the hum never exceeds -54."""
GAIN_DB: Final = 0.3
"""How far the level of all cues together may be from what was built."""
CUE_DB: Final = 1.0
"""How far a cue's level may be from that of the others, compared with the plan."""
LOUDNESS_LU: Final = 3.0
"""The target is that of some sentences; a session of counts and chimes differs from it."""
CEILING_DBTP: Final = {"opus": 0.0}
USUAL_CEILING_DBTP: Final = -1.0
"""The highest peak a decoder should produce from clips under -1.5 dBTP; Opus overshoots by 0.7."""
_LAME_DB: Final = {192: -0.26, 256: 0.0, 320: 0.0}
_USUAL_LAME_DB: Final = -0.45
"""LAME scales what it encodes by 0.95, by less from 192 kbit/s on."""
_SPREAD_MS: Final = {"opus": (100, 150)}
_USUAL_SPREAD_MS: Final = (30, 60)
"""How far a coder spreads a sound before its start and after its end; measured for Opus."""
_TAIL_MS: Final = 150
"""A clip may end so long after its last loud millisecond."""
_JOIN_MS: Final = 100
"""Stray sounds with less between them are one."""
_MOST_TOLD: Final = 5

_CHANNELS: Final = {1: "mono", 2: "stereo"}
_COPY: Final = "play the file that was built, or build it again"


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check."""

    what: str
    detail: str
    remedy: str = ""
    at: int | None = None
    """Where in the session (ms), if at one place."""
    good: bool = field(default=True, kw_only=True)


def bad(what: str, detail: str, remedy: str = _COPY, at: int | None = None) -> Finding:
    """A finding that is not as it should be."""
    return Finding(what, detail, remedy, at, good=False)


Texts = Mapping[bytes, str]
"""The spoken texts by their hashes, as far as known."""


def findings(found: Found, texts: Texts) -> Iterator[Finding]:
    """All checks of a file, one after the other.

    `texts` are those of the routine it is compared with: a plan contains none.
    """
    plan = found.plan
    if plan is None:
        yield bad(
            "plan",
            f"{found.why_no_plan}: audiocoach did not make it, or its tags were removed or changed",
            "build it again",
        )
        yield Finding("encoding", _encoded(found))
        return
    yield Finding("plan", f"{len(plan.cues)} cues; made by audiocoach {plan.program}")
    yield _encoding(found, plan)
    yield _tags(found, plan)
    yield _chapters(found, plan)
    if plan.bed:
        yield _length(found, plan, ())
        yield Finding("cues", f"not checked one by one: a bed lies {plan.bed} dB below them")
    else:
        yield from _cues(found, plan, texts)
    yield _loudness(found, plan)
    yield _peak(found)


def _cues(found: Found, plan: Plan, texts: Texts) -> Iterator[Finding]:
    """The length, and what is heard where."""
    alike = ALIKE_IN_OPUS_DB if found.form == "opus" else ALIKE_DB
    ear = Ear(plan, found.heard.levels, alike)
    heard = ear.listen()
    yield _length(found, plan, heard)
    told = _Teller(plan, texts)
    yield from _places(heard)
    for check in (_onsets, _sounds, _cue_levels):
        yield from check(heard, told)
    yield from _silence(ear, heard, told, _SPREAD_MS.get(found.form, _USUAL_SPREAD_MS))
    yield _gain(plan, heard)


class _Teller:
    """Says which cue is meant: by its text where it is known, else by its place."""

    def __init__(self, plan: Plan, texts: Texts) -> None:
        self._texts = texts
        self._first = {id(cue.sound): cue for cue in reversed(plan.cues)}

    def cue(self, each: HeardCue) -> str:
        text = self._texts.get(each.cue.sound.name)
        at = f"the cue at {clock(each.start)}"
        return f"{at} ({text})" if text else at

    def sound(self, sound: PlannedSound) -> str:
        text = self._texts.get(sound.name)
        first = self._first.get(id(sound))
        if text or first is None:  # a plan may hold a sound that no cue has
            return text or "one that belongs nowhere"
        return f"what belongs at {clock(first.start // SAMPLES_PER_MS)}"


# -- the file ----------------------------------------------------------------------


def _encoded(found: Found) -> str:
    if found.mpeg:
        encoder = f", by {found.mpeg.encoder}" if found.mpeg.encoder else ""
        return f"MP3, {found.mpeg.kind()}{encoder}"
    channels = _CHANNELS.get(found.channels, f"{found.channels} channels")
    return f"{found.form.upper()}, {found.rate / 1000:g} kHz, {channels}"


def _encoding(found: Found, plan: Plan) -> Finding:
    """Whether it is the file that was written, or a copy of another kind."""
    how = _encoded(found)
    if found.form != plan.format:
        return bad("encoding", f"re-encoded: it was built as {plan.format}, and is {how}")
    if found.mpeg:
        return _frames(found.mpeg, plan, how)
    if (found.rate, found.channels) == (SAMPLE_RATE, plan.coding.channels):
        return Finding("encoding", how)
    channels = _CHANNELS[plan.coding.channels]
    return bad("encoding", f"re-encoded: it was built with 48 kHz, {channels}, and is {how}")


def _frames(mpeg: Mpeg, plan: Plan, how: str) -> Finding:
    """Whether the frames of an MP3 are those that were linked, or what became of them."""
    coding = plan.coding
    if mpeg.untouched(plan.total, coding):
        return Finding("encoding", f"{how}; every frame is as it was written")
    if not mpeg.is_ours(coding) or (mpeg.encoder and mpeg.encoder != mp3.LAME):
        built = f"{coding.kbit} kbit/s, 48 kHz, {_CHANNELS[coding.channels]}, by {mp3.LAME}"
        return bad("encoding", f"re-encoded: it was built as MP3, {built}, and is {how}")
    due = mp3.frames_until(plan.total)
    if mpeg.frames != due:
        many = "frames are missing" if mpeg.frames < due else "frames are too many"
        return bad("encoding", f"cut or joined: {abs(due - mpeg.frames)} of {due} {many}; {how}")
    if mpeg.foreign:
        return bad(
            "encoding", f"damaged: {mpeg.foreign} bytes between its frames belong to none; {how}"
        )
    told = "its frames do not match their checksum"
    return bad("encoding", f"changed, or copied by another program: {told}; {how}")


def _tags(found: Found, plan: Plan) -> Finding:
    tags = found.tags
    if tags_of(tags.title, tags.comment) != plan.tags:
        return bad("tags", f"title or comment is not as it was written (title: {tags.title!r})")
    promised = plan.total // SAMPLES_PER_MS
    if tags.length_ms is not None and tags.length_ms != promised:
        told = f"the tag tells {clock(tags.length_ms)}"
        return bad("tags", f"{told}; the session was built with {clock(promised)}")
    return Finding("tags", "title and comment are as they were written")


def _chapters(found: Found, plan: Plan) -> Finding:
    there = [(start, title_of(title)) for start, title in found.tags.chapters]
    due = [(chapter.start, chapter.title) for chapter in plan.chapters]
    if there == due:
        return Finding("chapters", f"{len(due)}, as they were written")
    if len(there) != len(due):
        return bad("chapters", f"{len(there)}, and it was built with {len(due)}")
    number = next(n for n, (one, other) in enumerate(zip(there, due, strict=True)) if one != other)
    name, start = found.tags.chapters[number][1], due[number][0]
    what = "starts at " + clock(there[number][0]) if there[number][0] != start else "is renamed"
    return bad(
        "chapters", f"number {number + 1} ({name!r}) {what}; built for {clock(start)}", at=start
    )


# -- time --------------------------------------------------------------------------


def _length(found: Found, plan: Plan, heard: Sequence[HeardCue]) -> Finding:
    """Its length to the sample, as exact as its sample rate is."""
    have, due = found.heard.samples, plan.total
    if abs(have - due) <= (0 if found.rate == SAMPLE_RATE else -(-SAMPLE_RATE // found.rate)):
        return Finding("length", f"{clock(due // SAMPLES_PER_MS)}, {due} samples")
    apart = f"{abs(have - due)} samples ({abs(have - due) / SAMPLE_RATE:.3f} s)"
    if have > due:
        return bad("length", f"{apart} too long")
    return bad("length", f"{apart} are missing{_where_cut(due - have, heard)}")


def _where_cut(missing: int, heard: Sequence[HeardCue]) -> str:
    """Where a copy that is too short was cut, as its first and its last cue tell."""
    there = [each for each in heard if each.heard]
    if not there or missing < SAMPLES_PER_MS:
        return ""
    lost = missing / SAMPLES_PER_MS
    front = -median(each.shift for each in there[:5])
    whole = -median(each.shift for each in there[-5:])
    parts = (("at the front", front), ("between", whole - front), ("at the end", lost - whole))
    cut = [(where, ms) for where, ms in parts if ms >= min(2.0, lost / 2)]
    if len(cut) == 1:
        return f": it was cut {cut[0][0]}"
    return (
        ": it was cut " + ", ".join(f"{where} ({ms / 1000:.3f} s)" for where, ms in cut)
        if cut
        else ""
    )


def _places(heard: Sequence[HeardCue]) -> Iterator[Finding]:
    """Whether all is where it was planned, or pieces of it earlier or later."""
    moved = False
    there = [each for each in heard if each.heard]
    for piece, run in groupby(there, lambda each: each.piece):
        cues = list(run)
        shift = median(each.shift for each in cues)
        if abs(shift) <= ONSET_MS or (piece == 0 and len(cues) < len(there) / 2):
            continue
        moved = True
        many = f"{len(cues)} cues" if len(cues) > 1 else "a cue"
        yield bad(
            "place",
            f"from {clock(cues[0].start)} on, {many} come {_apart(shift)}",
            at=cues[0].start,
        )
    if not moved:
        yield Finding("place", "nothing is shifted")


def _apart(ms: float) -> str:
    return f"{abs(ms) / 1000:.3f} s {'late' if ms > 0 else 'early'}"


def _onsets(heard: Sequence[HeardCue], told: _Teller) -> Iterator[Finding]:
    """Whether each cue begins at its place within its piece."""
    there = [each for each in heard if each.heard]
    bases = {
        piece: median(each.shift for each in there if each.piece == piece)
        for piece in {each.piece for each in there}
    }
    off = []
    most = 0.0
    for each in there:
        base = bases[each.piece] if abs(bases[each.piece]) > ONSET_MS else 0
        apart = _beyond(each.shift - base, each.slack)
        most = max(most, abs(apart)) if abs(apart) <= ONSET_MS else most
        if abs(apart) > ONSET_MS:
            off.append((each, apart))
    for each, apart in off[:_MOST_TOLD]:
        yield bad("onset", f"{told.cue(each)} comes {_apart(apart)}", at=each.start)
    yield from _more("onset", len(off), "cues are early or late")
    if not off:
        yield Finding("onset", f"{len(there)} cues, none more than {most:g} ms off its place")


def _beyond(apart: float, slack: int) -> float:
    """How far a cue is off its place, or for certain, if it would sound alike all around there."""
    if slack <= ONSET_MS:
        return apart
    certain = max(abs(apart) - slack, 0)
    return certain if apart > 0 else -certain


def _more(what: str, count: int, which: str) -> Iterator[Finding]:
    if count > _MOST_TOLD:
        yield bad(what, f"and {count - _MOST_TOLD} more {which}")


# -- sound -------------------------------------------------------------------------


def _sounds(heard: Sequence[HeardCue], told: _Teller) -> Iterator[Finding]:
    """Whether each cue is heard at all, and is the sound it should be."""
    lost = [each for each in heard if not each.heard]
    for each in lost[:_MOST_TOLD]:
        if each.silent:
            detail = "is not heard"
        elif each.instead:
            detail = f"is another sound: {told.sound(each.instead)}"
        else:
            detail = "does not sound as it was made"
        yield bad("sound", f"{told.cue(each)} {detail}", at=each.start)
    yield from _more("sound", len(lost), "cues are missing or other sounds")
    if not lost:
        yield Finding("sound", f"{len(heard)} cues sound as they were made")


def _typical(heard: Sequence[HeardCue]) -> float:
    """How much louder than planned the cues are, as a rule (dB)."""
    return median([each.level for each in heard if each.heard] or [0.0])


def _cue_levels(heard: Sequence[HeardCue], told: _Teller) -> Iterator[Finding]:
    usual = _typical(heard)
    off = [each for each in heard if each.heard and abs(each.level - usual) > CUE_DB]
    for each in off[:_MOST_TOLD]:
        louder = f"{abs(each.level - usual):.1f} dB too {'loud' if each.level > usual else 'quiet'}"
        yield bad("level", f"{told.cue(each)} is {louder} beside the others", at=each.start)
    yield from _more("level", len(off), "cues are too loud or too quiet")
    if not off:
        yield Finding(
            "level", "the cues are as loud, relative to each other, as when they were made"
        )


def _silence(
    ear: Ear, heard: Sequence[HeardCue], told: _Teller, spread: tuple[int, int]
) -> Iterator[Finding]:
    """Whether nothing is heard where there is no cue, allowing for what a coder spreads of one."""
    before, after = spread
    loud = ear.levels > (HUM_DB if ear.plan.coding.awake else SILENT_DB)
    for each in heard:
        for start in {each.start + round(each.piece), each.start + each.shift}:
            sound = each.instead or each.cue.sound
            length = max(each.cue.length, sound.length) // SAMPLES_PER_MS
            loud[max(start - before, 0) : max(start + length + after, 0)] = False
    places = np.flatnonzero(loud)
    if not len(places):
        yield Finding("silence", "there is silence where there should be")
        return
    strays = np.split(places, np.flatnonzero(np.diff(places) > _JOIN_MS) + 1)
    for stray in strays[:_MOST_TOLD]:
        yield _stray(ear, int(stray[0]), int(stray[-1]) + 1, told)
    yield from _more("silence", len(strays), "places where there should be silence")


def _stray(ear: Ear, start: int, end: int, told: _Teller) -> Finding:
    level = float(ear.levels[start:end].max())
    known = ear.like(start, end - start + _TAIL_MS)
    like = f", like {told.sound(known)}" if known else ""
    lasts = f"a sound of {(end - start) / 1000:.2f} s at {level:.0f} dBFS{like}"
    return bad("silence", f"at {clock(start)}, where there should be silence, is {lasts}", at=start)


def _gain(plan: Plan, heard: Sequence[HeardCue]) -> Finding:
    lame = _LAME_DB.get(plan.coding.kbit, _USUAL_LAME_DB) if plan.format == "mp3" else 0.0
    gain = _typical(heard) - lame
    if not any(each.heard for each in heard) and heard:
        return bad("gain", "no cue is heard, so there is nothing to compare")
    if abs(gain) <= GAIN_DB:
        return Finding("gain", f"as it was built (within {GAIN_DB:g} dB)")
    return bad(
        "gain", f"{abs(gain):.1f} dB {'louder' if gain > 0 else 'quieter'} than it was built"
    )


def _loudness(found: Found, plan: Plan) -> Finding:
    have = found.heard.loudness
    detail = f"{have:.1f} LUFS; the target is {TARGET_LUFS:g}"
    if abs(have - TARGET_LUFS) <= LOUDNESS_LU or not plan.cues:
        return Finding("loudness", detail)
    return bad("loudness", detail)


def _peak(found: Found) -> Finding:
    have = found.heard.true_peak
    ceiling = CEILING_DBTP.get(found.form, USUAL_CEILING_DBTP)
    detail = f"true peak {have:.1f} dBTP, at most {ceiling:g} is promised"
    return Finding("peak", detail) if have <= ceiling else bad("peak", detail)
