"""What is written next to a session: other formats of the same name, and a bundle of it all."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from audiocoach.delivery.audio import Master
from audiocoach.delivery.file import STDOUT, check_place, whole_file, write_whole
from audiocoach.delivery.formats import CAR, DEVICES, FORMATS, NAMES, PAGE, Format, of_session
from audiocoach.errors import UsageError
from audiocoach.wording import quoted

_FLAG: Final = "--also"
BUNDLE: Final = ".zip"
_NAMES: Final = {
    name: row for row in FORMATS for name in (row.name, *(end[1:] for end in row.endings))
}
_BUNDLED: Final = tuple(row for row in FORMATS if not row.is_sound or row is PAGE)
"""What a bundle holds beside the session."""
_UNIX: Final = 3
_CHOICES: Final = ", ".join(NAMES)


@dataclass(frozen=True, slots=True)
class Beside:
    """The formats wanted next to a session, and whether a bundle of everything is wanted too."""

    formats: tuple[Format, ...] = ()
    bundle: bool = False
    device: Format | None = None
    """How the session itself is written, if its ending doesn't say."""

    def row(self, session: Path) -> Format:
        """The format of the session itself. Raises UsageError."""
        return self.device or of_session(session)

    def check(self, session: Path) -> None:
        """Refuse a place where no file, or folder, can be. Raises DeliveryError or UsageError."""
        paths = self.paths(session)
        if self.device is CAR:
            from audiocoach.delivery.car import check_car

            check_car(session)
        else:
            paths = (session, *paths)
        for path in paths:
            check_place(path)

    def and_page(self) -> Beside:
        """The same, and the page."""
        return replace(self, formats=tuple(dict.fromkeys((*self.formats, PAGE))))

    def paths(self, session: Path) -> tuple[Path, ...]:
        """Where they are written. Raises UsageError if one would be the session itself."""
        if not (self.formats or self.bundle):
            return ()
        if session == STDOUT:
            raise UsageError(
                "--also: there is no file to write next to; name one with --output",
                place=_FLAG,
            )
        if self.device and self.bundle:
            raise UsageError(
                f"--bundle: a session for a {self.device.name} is a folder; leave --bundle or "
                "--for out",
                place="--bundle",
            )
        paths = tuple(session.with_suffix(row.endings[0]) for row in self.formats)
        if session in paths:
            raise UsageError(
                f"--also: {session} is the session itself; leave {session.suffix[1:]} out",
                place=_FLAG,
            )
        return (*paths, session.with_suffix(BUNDLE)) if self.bundle else paths

    def write(self, master: Master, session: Path) -> tuple[Path, ...]:
        """Write them next to a session that was written, and return their paths. Raises
        DeliveryError."""
        paths = self.paths(session)
        loose = dict(zip(self.formats, paths, strict=False))
        for row, path in loose.items():
            write_as(row, master, path)
        if self.bundle:
            with TemporaryDirectory(prefix="audiocoach-", ignore_cleanup_errors=True) as folder:
                stem = Path(folder, session.name)
                files = [loose.get(row) or stem.with_suffix(row.endings[0]) for row in _BUNDLED]
                for row, path in zip(_BUNDLED, files, strict=True):
                    if row not in loose:
                        write_as(row, master, path)
                _write_bundle(paths[-1], [session, *files])
        return paths


NOTHING: Final = Beside()


def wanted(names: str | None, *, bundle: bool, device: str | None = None) -> Beside:
    """What a user asked for: names of formats or endings, separated by commas; a device.

    Raises UsageError.
    """
    if device is not None and device not in DEVICES:
        known = " or ".join(DEVICES)
        raise UsageError(f"--for: {quoted(device)} is not possible; write {known}", place="--for")
    given = [] if names is None else [each.strip().lower().lstrip(".") for each in names.split(",")]
    for name in given:
        if name not in _NAMES:
            said = (
                f"{quoted(name)} is not a format" if name else "a format is missing beside a comma"
            )
            raise UsageError(f"--also: {said}; choose from {_CHOICES}", place=_FLAG)
        _NAMES[name].check()
    formats = tuple(dict.fromkeys(_NAMES[name] for name in given))
    return Beside(formats, bundle, DEVICES[device] if device else None)


def write_as(row: Format, master: Master, path: Path) -> None:
    """Write a session in a format, a sheet or the sound. Raises DeliveryError or VoiceError."""
    if row.is_sound:
        row.make(master, path)
    else:
        write_whole(path, [row.make(master.timeline).encode()])


def _write_bundle(path: Path, files: list[Path]) -> None:
    """A zip of files, by their names; stored, so that the bytes are those of any Python."""
    with whole_file(path) as file, ZipFile(file, "w", ZIP_STORED) as bundle:
        for each in files:
            entry = ZipInfo(each.name)
            entry.create_system, entry.external_attr = _UNIX, 0o644 << 16
            with each.open("rb") as content, bundle.open(entry, "w") as stored:
                shutil.copyfileobj(content, stored)
