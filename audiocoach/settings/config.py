"""The user's config: one TOML file with what they would otherwise type on every command line.

    voice = "command:flite"     # who speaks when no --voice is given
    offline = false             # true: as if --offline were always given
    fallback = false            # true: as if --fallback were always given

    [voices.flite]              # a program of the user's own: --voice command:flite
    command = ["flite", "-o", "{wav}"]
    language = "en"             # the only language it speaks; left out: any
    online = false              # it keeps the texts on this computer
    timeout = 60                # seconds an utterance may take
    at_once = 4                 # how many of it may run at the same time
    licence = "CC0-1.0"         # of the voice: for the list of voices, and the tags

    [writers.local]             # draft --with local
    command = ["ollama", "run", "llama3"]   # gets the text on stdin, answers on stdout
    online = false
    timeout = 300

The settings of `table.py` are keys too. They are kept as written, and checked in `resolve.py`,
where they meet values from other places.

It lies where the platform keeps configs; `AUDIOCOACH_CONFIG` names another file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from audiocoach.errors import UsageError
from audiocoach.settings.toml import TomlError, toml_text, toml_tree
from audiocoach.wording import did_you_mean

PLACEHOLDERS: Final = ("wav", "rate", "language")
"""The placeholders that may be in braces in the arguments of a command."""
LONGEST_TIMEOUT: Final = 3600.0
MOST_AT_ONCE: Final = 16
WRITER_TIMEOUT: Final = 300.0
"""Seconds that a writer of drafts may take."""

_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")
_NAME: Final = re.compile(r"[\w.-]+")


class ConfigError(UsageError):
    """The config can't be used; the message names the file, the key and the remedy."""

    def __init__(self, path: Path, problem: str, key: str = "", setting: str = "") -> None:
        """`key` begins with the names of the tables it is in, as in `voices.flite.command`."""
        where = f"{path}: {key}" if key else f"{path}"
        super().__init__(f"the config {where} {problem}", setting=setting, place=key)
        self.path = path
        self.key = key


@dataclass(frozen=True, slots=True)
class Program:
    """A program of the user's: it reads a text on stdin, and writes a WAV, or a draft."""

    command: tuple[str, ...]
    folder: Path | None = None
    """Where it runs, and where relative paths in its arguments start; None means our own folder."""
    language: str | None = None
    online: bool | None = None
    """Whether the texts may leave this computer; None if the user doesn't say."""
    timeout: float = 60.0
    at_once: int | None = None
    licence: str = ""
    """The terms under which its voice may be used; empty if the user doesn't say."""


@dataclass(frozen=True, slots=True)
class Config:
    """What the user has fixed for every build."""

    path: Path
    """Where the file is, or would be."""
    voice: str | None = None
    offline: bool = False
    fallback: bool = False
    voices: Mapping[str, Program] = field(default_factory=dict)
    writers: Mapping[str, Program] = field(default_factory=dict)
    """Programs that write drafts, by the names that `draft --with` takes."""
    settings: Mapping[str, object] = field(default_factory=dict)
    """The other keys at the top of the file, as written."""

    def error(self, key: str, problem: str, setting: str = "") -> ConfigError:
        """What is wrong with a key at the top of the file."""
        return ConfigError(self.path, problem, key, setting)


def config_path() -> Path:
    """The file in the platform's place for configs."""
    from platformdirs import user_config_path  # 13 ms, for those who name no other

    return user_config_path("audiocoach", appauthor=False) / "config.toml"


def load_config(path: Path) -> Config:
    """The config in the file at `path`; the defaults if there is none.

    Raises ConfigError, in one line.
    """
    another = "name another file with AUDIOCOACH_CONFIG=/path/to/config.toml"
    try:
        tree = toml_tree(toml_text(path))
    except (FileNotFoundError, NotADirectoryError):
        return Config(path)
    except OSError as reason:
        wrong = f"cannot be read ({reason.strerror}); fix that, or {another}"
        raise ConfigError(path, wrong) from reason
    except TomlError as reason:
        at = " (at line {}, column {})".format(*reason.place) if reason.place else ""
        wrong = f"{reason}{at}"
        raise ConfigError(path, wrong if reason.is_file else f"{wrong}; {another}") from reason
    return _read_config(_Table(path, "", tree))


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the file; `within` is its name and a dot, or empty for the file itself."""

    path: Path
    within: str
    values: Mapping[str, Any]

    def error(self, key: str, problem: str) -> ConfigError:
        return ConfigError(self.path, problem, f"{self.within}{key}")

    def read(self, keys: _Keys) -> dict[str, Any]:
        """The values of those keys that are there. Raises ConfigError for a wrong one."""
        for key, (allows, wanted) in keys.items():
            if key in self.values and not allows(self.values[key]):
                raise self.error(key, f"must be {wanted}")
        return {key: self.values[key] for key in keys if key in self.values}


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and "\0" not in value


def _is_command(value: object) -> bool:
    if not isinstance(value, list) or not value or not _is_text(value[0]):
        return False
    return all(isinstance(each, str) and "\0" not in each for each in value)


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_seconds(value: Any) -> bool:
    return type(value) in (int, float) and 1 <= value <= LONGEST_TIMEOUT


def _is_number(value: Any) -> bool:
    return type(value) is int and 1 <= value <= MOST_AT_ONCE


_Keys = Mapping[str, tuple[Callable[[Any], bool], str]]
"""Keys of a table, each with a check of its value and what that must be."""
OWN_KEYS: Final[_Keys] = {
    "voices": (_is_table, "a table: [voices]"),
    "writers": (_is_table, "a table: [writers]"),
    "voice": (_is_text, 'a text such as "espeak:en-us"'),
    "offline": (_is_flag, "true or false"),
    "fallback": (_is_flag, "true or false"),
}
"""The keys that are read here; the others are settings."""
PROGRAM_KEYS: Final[_Keys] = {
    "command": (_is_command, 'a list of texts such as ["flite", "-o", "{wav}"]'),
    "language": (_is_text, 'a language tag such as "en"'),
    "online": (_is_flag, "true or false"),
    "timeout": (_is_seconds, f"a number of seconds from 1 to {LONGEST_TIMEOUT:g}"),
    "at_once": (_is_number, f"a whole number from 1 to {MOST_AT_ONCE}"),
    "licence": (_is_text, 'a text such as "CC0-1.0"'),
}

WRITER_KEYS: Final[_Keys] = {
    "command": (_is_command, 'a list of texts such as ["ollama", "run", "x"]'),
    "online": PROGRAM_KEYS["online"],
    "timeout": PROGRAM_KEYS["timeout"],
}


def _read_config(table: _Table) -> Config:
    own = table.read(OWN_KEYS)
    voices = _Table(table.path, "voices.", own.pop("voices", {}))
    writers = _Table(table.path, "writers.", own.pop("writers", {}))
    return Config(
        table.path,
        **own,
        voices={name: _program(voices, name, "voice", PROGRAM_KEYS) for name in voices.values},
        writers={name: _program(writers, name, "writer", WRITER_KEYS) for name in writers.values},
        settings={key: value for key, value in table.values.items() if key not in OWN_KEYS},
    )


def _program(programs: _Table, name: str, noun: str, keys: _Keys) -> Program:
    if not _NAME.fullmatch(name):
        raise programs.error(repr(name), f"is not a name for a {noun}; use letters, digits, . - _")
    programs.read({name: (_is_table, f"a table: [{programs.within}{name}]")})
    table = _Table(programs.path, f"{programs.within}{name}.", programs.values[name])
    for key in table.values:
        if key not in keys:
            meant = did_you_mean(key, keys, most=1)
            raise table.error(key, f"is unknown; {meant}keys: {', '.join(keys)}")
    values = table.read(keys)
    if "command" not in values:
        raise table.error("command", 'is missing; write command = ["program", "argument"]')
    command = tuple(values.pop("command"))
    if noun == "voice":
        check_placeholders(table, command)
    else:
        values.setdefault("timeout", WRITER_TIMEOUT)
    return Program(command, table.path.absolute().parent, **values)


def check_placeholders(table: _Table, command: tuple[str, ...]) -> None:
    """A text never stands among the arguments.

    Every user of the computer can read those, a text that begins with "-" would be an option,
    and Windows hands the arguments of a batch file to a shell.
    """
    for word in (word for argument in command[1:] for word in _PLACEHOLDER.findall(argument)):
        if word == "text":
            raise table.error("command", "can't hold {text}: the program gets the text on stdin")
        if word not in PLACEHOLDERS:
            known = [f"{{{name}}}" for name in PLACEHOLDERS]
            raise table.error(
                "command",
                f"can't hold {{{word}}}; {did_you_mean(f'{{{word}}}', known, most=1)}"
                f"audiocoach fills in {', '.join(known)}; put other braces into a script",
            )
