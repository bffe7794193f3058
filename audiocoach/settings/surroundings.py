"""What a build takes from the computer it runs on: environment variables, and the user's config.

It is read at the edge, by the command line or by whoever embeds audiocoach, and handed in from
there. No room below reads the environment itself.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from audiocoach.settings.config import Config, load_config

PREFIX: Final = "AUDIOCOACH_"


class Variable(NamedTuple):
    """An environment variable that is not a setting of a session: a place, or a limit."""

    name: str
    help: str
    default: str
    """In words."""


VARIABLES: Final[Mapping[str, Variable]] = {
    row.name: row
    for row in (
        Variable("CACHE", "The folder of the cache.", "where the platform keeps caches"),
        Variable("CACHE_LIMIT", "The most the cache may hold, such as 500MB.", "1GB"),
        Variable("CONFIG", "Your config file.", "config.toml where the platform keeps configs"),
        Variable("OUTPUT", "The folder for sessions without --output.", "output"),
        Variable("VOICES", "The folder of added voices.", "where the platform keeps data"),
        Variable("PIPER_VOICES", "A mirror's address, or a folder, to add Piper voices from.", ""),
        Variable("PIPER_CARRIER", "0: speak short words without a carrier sentence.", "1"),
    )
}
"""Every such variable by its name without the prefix; those of settings are in `table.py`."""


class Surroundings:
    """The environment variables given to us, and the config they lead to."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ

    @classmethod
    def here(cls) -> Surroundings:
        """Those of this process."""
        return cls(os.environ)

    def variable(self, name: str) -> str:
        """The value of the variable of that row of `VARIABLES`; "" if it is not set."""
        return self.environ.get(PREFIX + VARIABLES[name].name, "").strip()

    def folder(self, name: str) -> Path | None:
        """The folder or file a variable names; None if it is not set."""
        chosen = self.variable(name)
        return Path(chosen).expanduser() if chosen else None

    @cached_property
    def config(self) -> Config:
        """The user's config. Raises ConfigError when it is first asked for."""
        return load_config(self.folder("CONFIG"))
