"""Tags and chapters as three readers find them: mutagen, ffmpeg, and the standard read by hand."""

from __future__ import annotations

import io
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import pytest
from hypothesis import given, settings
from mutagen.id3 import ID3
from PIL import Image
from strategies import examples, routines, timeline_of

from audiocoach.delivery.chapters import chapters
from audiocoach.delivery.id3 import id3
from audiocoach.routine.load import load, loads
from audiocoach.routine.model import Routine
from audiocoach.sound import mp3
from audiocoach.timeline import Timeline
from audiocoach.timeline.script import MarkerKind, Utterance

TITLES = ["Foot relief", "Füße & Zehen", "足のリハビリ", "Ноги", "أقدام", "Feet 🦶", "x" * 80]


def titled(title: str, language: str = "en") -> Timeline:
    text = f"title: '{title}'\nlanguage: {language}\nexercises: [{{name: '{title}', hold: 3s}}]\n"
    return timeline_of(loads(text))


def by_hand(tag: bytes) -> Iterator[tuple[str, bytes]]:
    """The frames of an ID3v2.3 tag, read as id3.org/id3v2.3.0 has them."""
    identifier, version, flags, size = struct.unpack(">3sHB4s", tag[:10])
    assert (identifier, version, flags) == (b"ID3", 0x0300, 0)
    length = 0
    for byte in size:
        assert byte < 0x80
        length = length << 7 | byte
    assert length == len(tag) - 10  # no padding: the first MP3 frame follows
    yield from frames(tag[10:])


def frames(body: bytes) -> Iterator[tuple[str, bytes]]:
    while body:
        name, size, flags = struct.unpack(">4sIH", body[:10])
        assert flags == 0
        assert len(body) >= 10 + size > 10
        yield name.decode("ascii"), body[10 : 10 + size]
        body = body[10 + size :]


def text(content: bytes) -> str:
    match content[0]:
        case 0:
            return content[1:].decode("latin-1").rstrip("\0")
        case 1:
            assert content[1:3] in (b"\xff\xfe", b"\xfe\xff")
            return content[1:].decode("utf-16").rstrip("\0")
    raise AssertionError(f"ID3v2.3 has no encoding {content[0]}")


def chapter(content: bytes) -> tuple[str, int, int, str]:
    """Name, start, end (ms) and title of a CHAP frame."""
    name, _, rest = content.partition(b"\0")
    start, end, first, last = struct.unpack(">4I", rest[:16])
    assert first == last == 0xFFFFFFFF  # times count, not bytes
    ((kind, title),) = frames(rest[16:])
    assert kind == "TIT2"
    return name.decode(), start, end, text(title)


@settings(max_examples=examples(40))
@given(routine=routines())
def test_chapters_lie_end_to_end_from_zero_to_the_end(routine: Routine) -> None:
    timeline = timeline_of(routine)
    found = list(by_hand(id3(timeline)))
    parts = [chapter(content) for name, content in found if name == "CHAP"]
    (contents,) = (content for name, content in found if name == "CTOC")
    name, _, rest = contents.partition(b"\0")
    assert name
    assert rest[0] == 0b11  # top level, ordered
    assert rest[1] == len(parts)
    assert rest[2:].decode().split("\0")[:-1] == [name for name, *_ in parts]
    starts = [start for _, start, _, _ in parts]
    ends = [end for _, _, end, _ in parts]
    assert starts[0] == 0
    assert starts[1:] == ends[:-1]
    assert ends[-1] == timeline.total // 48
    assert all(start < end for start, end in zip(starts, ends, strict=True))
    opened = (MarkerKind.SECTION, MarkerKind.EXERCISE)
    marks = [mark for mark in timeline.markers if mark.marker.kind in opened]
    assert [title.lower() for *_, title in parts] == [m.marker.title.lower() for m in marks]
    assert starts == [mark.at // 48 for mark in marks]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_in_any_script_is_read_back(title: str) -> None:
    timeline = titled(title)
    tag = id3(timeline)
    found = dict(by_hand(tag))
    assert text(found["TIT2"]) == text(found["TALB"]) == title
    assert text(found["TPE1"]) == "audiocoach"
    assert int(text(found["TLEN"])) == timeline.total // 48
    read: Any = ID3(io.BytesIO(tag))
    assert (read.version, str(read["TIT2"]), str(read["TALB"])) == ((2, 3, 0), title, title)
    exercise = read.getall("CHAP")[1]
    assert str(exercise.sub_frames["TIT2"]) == title[:1].upper() + title[1:]


@pytest.mark.parametrize(("language", "code"), [("en", "eng"), ("en-GB", "eng")])
def test_the_language_has_three_letters(language: str, code: str) -> None:
    assert text(dict(by_hand(id3(titled("x", language))))["TLAN"]) == code


def test_a_comment_only_when_there_is_one() -> None:
    timeline = titled("x")
    assert "COMM" not in dict(by_hand(id3(timeline)))
    comment = "Your choice: without Übung 足."
    content = dict(by_hand(id3(timeline, comment)))["COMM"]
    assert content[1:4] == b"eng"
    assert content[0] == 1
    description, _, rest = content[4:].partition(b"\0\0")
    assert description.decode("utf-16") == ""
    assert rest.decode("utf-16").rstrip("\0") == comment
    read: Any = ID3(io.BytesIO(id3(timeline, comment)))
    assert [str(found) for found in read.getall("COMM")] == [comment]


def test_the_same_timeline_gives_the_same_bytes() -> None:
    timeline = timeline_of(load("foot-relief"))
    assert id3(timeline, "a") == id3(timeline, "a")


def test_ffmpeg_finds_title_and_chapters_in_order(tmp_path: Path) -> None:
    timeline = timeline_of(load("foot-relief"))
    count = mp3.frames_until(timeline.total)
    sound = mp3.info_frame(count, timeline.total, 0) + mp3.SILENT_FRAME * count
    file = tmp_path / "x.mp3"
    file.write_bytes(id3(timeline, "Your choice: two rounds.") + sound)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(file)]
    told = subprocess.run(
        [*command, "-f", "ffmetadata", "-"], capture_output=True, encoding="utf-8", check=True
    )
    assert told.stderr == ""
    general, *parts = told.stdout.split("[CHAPTER]\n")
    lines = general.splitlines()
    for line in ("title=Foot relief", "artist=audiocoach", "album=Foot relief", "language=eng"):
        assert line in lines
    assert "comment=Your choice: two rounds." in lines
    found = [dict(line.split("=", 1) for line in part.splitlines() if line) for part in parts]
    expected = chapters(timeline)
    assert [part["title"] for part in found] == [part.title for part in expected]
    assert {part["TIMEBASE"] for part in found} == {"1/1000"}
    for part, meant in zip(found, expected, strict=True):
        # ffmpeg counts from the first sample that is heard, the delay of the encoder before it.
        assert meant.start - 24 <= int(part["START"]) <= meant.start


def test_cover_words_and_the_rest_are_found_by_another_reader(tmp_path: Path) -> None:
    timeline = timeline_of(load("foot-relief"))
    png = io.BytesIO()
    Image.new("RGB", (8, 8)).save(png, "PNG")
    tag = id3(timeline, picture=png.getvalue())
    read: Any = ID3(io.BytesIO(tag))
    (found,) = read.getall("APIC")
    assert (found.mime, found.type, found.data) == ("image/png", 3, png.getvalue())
    (words,) = read.getall("USLT")
    assert words.lang == "eng"
    told = [cue.sound.text for cue in timeline.cues if isinstance(cue.sound, Utterance)]
    left = words.text.replace("\n", " ")
    for text in told:  # all of them, in order
        _, at, left = left.partition(" ".join(text.split()))
        assert at, text
    assert [str(read[name]) for name in ("TPE2", "TALB", "TCON", "TDRC")] == [
        *("audiocoach", "Foot relief", "Fitness", "2026"),
    ]
    file = tmp_path / "x.mp3"
    count = mp3.frames_until(timeline.total)
    file.write_bytes(tag + mp3.info_frame(count, timeline.total, 0) + mp3.SILENT_FRAME * count)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-i", str(file)]
    told_by_ffmpeg = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert "attached pic" in told_by_ffmpeg.stderr
    assert "genre           : Fitness" in told_by_ffmpeg.stderr
