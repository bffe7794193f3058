"""The formats: a row for each kind of output; nothing else knows file endings."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from audiocoach.errors import UsageError


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of output: a sheet (text made from a timeline), or the sound of a session."""

    name: str
    endings: tuple[str, ...]
    """The first one is the recommended one."""
    media_type: str
    maker: str
    """`module:function`, imported only when it is called."""
    is_sound: bool = False
    what: str = ""
    """What it is for, if the ending doesn't say."""
    package: str = ""
    """The extra that it needs."""
    begins: bytes = b""
    """How a file of ours begins, as a regular expression; empty if it is not a text."""

    def check(self) -> None:
        """Refuse a format whose extra is not installed. Raises UsageError."""
        if self.package and find_spec(self.package) is None:
            from audiocoach.installing import extra_command

            install = extra_command(self.name)
            raise UsageError(f"{self.endings[0]} needs the extra {self.name}: {install}")

    def make(self, *arguments: Any, **more: Any) -> Any:
        """Call the function of the format.

        A sheet's takes a Timeline and returns a str; a sound's takes a `delivery.audio.Master`
        and the Path to write it to.
        """
        module, _, function = self.maker.partition(":")
        return getattr(import_module(f"{__package__}.{module}"), function)(*arguments, **more)


TEXT: Final = Format(
    "text",
    (".txt",),
    "text/plain",
    "cuesheet:timeline_sheet",
    begins=rb"[^\n]*  [\d:]+(\.\d+)?\n\n   0:00\.0  ",
)
JSON: Final = Format(
    "json",
    (".json",),
    "application/json",
    "json:json_sheet",
    begins=rb'\{\n  "version": \d+,\n  "title": .*\n(.*\n){2}  "sample_rate": ',
)
MP3: Final = Format("mp3", (".mp3",), "audio/mpeg", "audio:write_mp3", is_sound=True)
PAGE: Final = Format(
    "html",
    (".html", ".htm"),
    "text/html",
    "page:write_page",
    is_sound=True,
    what="a page that plays it",
    begins=rb'<!doctype html>(\n.*){,10}\n<meta name="generator" content="audiocoach">',
)
CAR: Final = Format("car", (), "audio/mpeg", "car:write_car", is_sound=True)
DEVICES: Final = {CAR.name: CAR}
"""What `--for` may name: kinds of output without an ending."""

FORMATS: Final = (
    TEXT,
    Format(
        "markdown",
        (".md", ".markdown"),
        "text/markdown",
        "markdown:markdown_sheet",
        what="to print",
        begins=rb"# .*\n\n\*\*[\d:]+\*\* \xc2\xb7 ",
    ),
    Format(
        "svg",
        (".svg",),
        "image/svg+xml",
        "picture:picture",
        what="a picture",
        begins=rb'<\?xml .*\n<svg .* width="1120" .*>\n <title>',
    ),
    JSON,
    Format(
        "vtt",
        (".vtt",),
        "text/vtt",
        "captions:vtt",
        what="captions",
        begins=rb"WEBVTT\n\nNOTE audiocoach\n",
    ),
    Format(
        "srt",
        (".srt",),
        "application/x-subrip",
        "captions:srt",
        what="captions",
        begins=rb"0001\n00:",
    ),
    Format(
        "lrc",
        (".lrc",),
        "text/plain",
        "captions:lrc",
        what="lyrics",
        begins=rb"\[ti:.*\]\n\[by:audiocoach\]\n",
    ),
    MP3,
    Format("wav", (".wav",), "audio/wav", "audio:write_wav", is_sound=True),
    Format("flac", (".flac",), "audio/flac", "audio:write_flac", is_sound=True),
    Format("opus", (".opus", ".ogg"), "audio/ogg", "audio:write_opus", is_sound=True),
    Format(
        "m4b",
        (".m4b", ".m4a"),
        "audio/mp4",
        "m4b:write_m4b",
        is_sound=True,
        what="an audiobook",
        package="av",
    ),
    PAGE,
)
_ENDINGS: Final = {ending for row in FORMATS for ending in row.endings}
NAMES: Final = tuple(row.endings[0][1:] for row in FORMATS)
"""The name of each for `--also`."""
SHEETS: Final = {row.name: row for row in FORMATS if not row.is_sound}


def by_ending(path: Path) -> Format | None:
    """The format that a file's ending stands for, if any."""
    ending = path.suffix.lower()
    return next((row for row in FORMATS if ending in row.endings), None)


def of_session(path: Path) -> Format:
    """The format to write a session in: by the ending of the file, or MP3 if it has none.

    Raises UsageError for an ending that is not for sound.
    """
    return _matching(path, MP3, "a session", "preview")


def of_sheet(path: Path) -> Format:
    """The format to write a sheet in: by the ending of the file, or text if it has none.

    Raises UsageError for an ending that is not for sheets.
    """
    return _matching(path, TEXT, "a preview", "build", ", or say which with --format")


def _matching(path: Path, default: Format, made: str, other: str, more: str = "") -> Format:
    if path.name.lower() in _ENDINGS:
        raise UsageError(f"{path} is an ending without a name; write one before it: x{path.name}")
    found = by_ending(path)
    if found and found.is_sound is default.is_sound:
        found.check()
        return found
    if not found and _promises_nothing(path):
        return default
    kind = "sound" if default is TEXT else "sheets"
    remedy = f", which is for {kind}: use audiocoach {other}, or" if found else ";"
    raise UsageError(
        f"{path}: {made} can't be written as {path.suffix.lower()}{remedy} "
        f"name a file that ends in {endings(is_sound=default.is_sound)}{more}"
    )


def endings(*, is_sound: bool) -> str:
    """The endings to recommend: `.mp3, .wav, .flac or .opus`."""
    *others, last = (
        row.endings[0] + f" ({row.what})" * bool(row.what)
        for row in FORMATS
        if row.is_sound is is_sound
    )
    return f"{', '.join(others)} or {last}"


def _promises_nothing(path: Path) -> bool:
    """Whether the name promises no format: it has no ending, or is that of a folder."""
    with suppress(OSError):
        return path.suffix in ("", ".") or path.is_dir()
    return False
