"""What a build takes from the computer it runs on: environment variables, and the user's config.

It is read at the edge, by the command line or by whoever embeds audiocoach, and handed in from
there. No room below reads the environment itself.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

from audiocoach.errors import UsageError
from audiocoach.settings.config import Config, config_path, load_config
from audiocoach.wording import label, nearest

PREFIX: Final = "AUDIOCOACH_"
VARIABLES: Final[Mapping[str, str]] = {
    "CACHE": "The cache: a folder, or s3://BUCKET/PREFIX; by default where the platform keeps it.",
    "CACHE_LIMIT": "The most the cache may hold, such as 500MB; by default 1GB.",
    "CONFIG": "Your config file; by default config.toml where the platform keeps configs.",
    "OUTPUT": "The folder for sessions without --output; by default output.",
    "VOICES": "The folder of added voices; by default where the platform keeps data.",
    "PIPER_VOICES": "A mirror's address, or a folder, to add Piper voices from.",
    "PIPER_PACKAGES": "0: leave out the Piper voices that installed packages bring.",
    "PIPER_CARRIER": "0: speak short words without a carrier sentence.",
}
"""The variables that are not settings, by name without the prefix, and what each is for."""


_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
"""How an address begins; a single letter before the colon is a drive of Windows."""


class Surroundings:
    """The environment variables given to us, and the config they lead to."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ

    @classmethod
    def here(cls) -> Surroundings:
        """Those of this process."""
        return cls(os.environ)

    def carried(self) -> Surroundings:
        """The same for another process, with the config as it is here. Raises ConfigError."""
        own = {name: text for name, text in self.environ.items() if name.startswith(PREFIX)}
        there = Surroundings(own)
        there.config = self.config
        return there

    def at(self, environ: Mapping[str, str]) -> Surroundings:
        """The same, on another computer, whose own variables say where things are there.

        What concerns the session itself applies as carried.
        """
        places = {PREFIX + name for name in VARIABLES if name != "CONFIG"}
        there = Surroundings({**self.environ, **{n: t for n, t in environ.items() if n in places}})
        there.config = self.config
        return there

    def variable(self, name: str) -> str:
        """The value of the variable of that row of `VARIABLES`; "" if it is not set."""
        if name not in VARIABLES:
            raise KeyError(name)
        return self.environ.get(PREFIX + name, "").strip()

    def without_effect(self) -> Iterator[str]:
        """A message for each variable with our prefix that nothing reads, with what may have been
        meant."""
        from audiocoach.settings.table import SETTINGS  # where it isn't asked, nobody waits for it

        known = [*VARIABLES, *(row.variable.removeprefix(PREFIX) for row in SETTINGS.values())]
        for variable in self.environ:
            name = variable.removeprefix(PREFIX)
            if name != variable and name not in known:
                near = nearest(name, known)
                hint = f"did you mean {PREFIX}{near}?" if near else "see docs/settings.md"
                yield f"{label(variable)} has no effect; {hint}"

    def folder(self, name: str) -> Path | None:
        """The folder or file a variable names; None if it is not set. Raises UsageError."""
        chosen = self.variable(name)
        try:
            return Path(chosen).expanduser() if chosen else None
        except RuntimeError as reason:  # ~somebody
            raise UsageError(
                f"{PREFIX}{name}={label(chosen)}: that user has no home folder here; "
                "write the path in full",
                place=f"{PREFIX}{name}",
            ) from reason

    def place(self, name: str) -> Path | str | None:
        """The folder, or the address (`s3://...`), that a variable names. Raises UsageError."""
        chosen = self.variable(name)
        return chosen if _ADDRESS.match(chosen) else self.folder(name)

    @cached_property
    def config(self) -> Config:
        """The user's config. Raises ConfigError when it is first asked for."""
        return load_config(self.folder("CONFIG") or config_path())
