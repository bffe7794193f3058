"""The user's config: one TOML file with what they would else write on every command line.

    voice = "command:flite"     # who speaks when no --voice is given
    offline = false             # true: as if --offline were always given
    fallback = false            # true: as if --fallback were always given

    [voices.flite]              # a program of the user's own: --voice command:flite
    command = ["flite", "-o", "{wav}"]
    language = "en"             # the only language it speaks; left out: any
    online = false              # it keeps the texts on this computer
    timeout = 60                # seconds an utterance may take
    at_once = 4                 # how many of it may run at the same time

The settings of `table.py` are keys too. They are kept as they are written, and checked where
they meet those of other places, in `resolve.py`.

It lies where the platform keeps configs; `AUDIOCOACH_CONFIG` names another file.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from audiocoach.errors import UsageError

PLACEHOLDERS: Final = ("wav", "rate", "language")
"""What may stand in braces in the arguments of a command."""
TIMEOUT: Final = 60.0
LONGEST_TIMEOUT: Final = 3600.0
MOST_AT_ONCE: Final = 16
MOST_BYTES: Final = 1 << 20
"""Of the file."""
OWN_KEYS: Final = ("voice", "offline", "fallback", "voices")
"""The keys that are read here; the others are settings."""
PROGRAM_KEYS: Final = ("command", "language", "online", "timeout", "at_once")

_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")
_NAME: Final = re.compile(r"[\w.-]+")
_T = TypeVar("_T")


class ConfigError(UsageError):
    """The config can't be used; the message names the file, the key and the remedy."""

    def __init__(self, message: str, *, path: Path, key: str = "", setting: str = "") -> None:
        """`key` begins with the names of the tables it is in, as in `voices.flite.command`."""
        super().__init__(message, setting=setting, place=key)
        self.path = path
        self.key = key


@dataclass(frozen=True, slots=True)
class Program:
    """A program that speaks: it reads a text on stdin and writes a WAV."""

    command: tuple[str, ...]
    folder: Path | None = None
    """Where it runs, and where a relative path in its arguments begins; None is where we run."""
    language: str | None = None
    online: bool | None = None
    """Whether the texts may leave this computer; None when the user does not say."""
    timeout: float = TIMEOUT
    at_once: int | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """What the user has fixed for every build."""

    path: Path
    """Where the file lies, or would."""
    voice: str | None = None
    offline: bool = False
    fallback: bool = False
    voices: Mapping[str, Program] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    """What else stands at the top of the file, as it is written."""

    def error(self, key: str, problem: str, setting: str = "") -> ConfigError:
        """What is wrong with a key at the top of the file."""
        return _Table(self.path, "", {}).error(key, problem, setting)


def config_path() -> Path:
    """The file in the platform's place for configs."""
    from platformdirs import user_config_path  # 13 ms, for those who name no other

    return user_config_path("audiocoach", appauthor=False) / "config.toml"


def load_config(path: Path) -> Config:
    """The config in the file at `path`; the defaults if there is none.

    Raises ConfigError, in one line.
    """
    try:
        content = _read_file(path).decode("utf-8-sig")  # Notepad writes a byte order mark
    except (FileNotFoundError, NotADirectoryError):
        return Config(path)
    except OSError as reason:
        raise ConfigError(
            f"the config {path} cannot be read ({reason.strerror}); "
            "mend that, or name another file with AUDIOCOACH_CONFIG=/path/to/config.toml",
            path=path,
        ) from reason
    except UnicodeDecodeError as reason:
        problem = f"the config {path} is not UTF-8; save it as UTF-8"
        raise ConfigError(problem, path=path) from reason
    import tomllib  # 10 ms, for those who have a config

    try:
        tree = tomllib.loads(content)
    except tomllib.TOMLDecodeError as reason:
        raise ConfigError(f"the config {path} is not TOML: {reason}", path=path) from reason
    except (RecursionError, ValueError) as reason:
        what = "nests too deep" if isinstance(reason, RecursionError) else "has too long a number"
        raise ConfigError(f"the config {path} {what}; write it simpler", path=path) from reason
    return _read_config(_Table(path, "", tree))


def _read_file(path: Path) -> bytes:
    """Raises OSError, and ConfigError for what is no file, as a pipe would be waited for."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        what = "is a folder" if stat.S_ISDIR(mode) else "is not a regular file"
        raise ConfigError(
            f"the config {path} {what}; "
            "name another file with AUDIOCOACH_CONFIG=/path/to/config.toml",
            path=path,
        )
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ConfigError(f"the config {path} is larger than {MOST_BYTES >> 20} MB", path=path)
    return content


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the file; `within` is its name and a dot, or empty for the file itself."""

    path: Path
    within: str
    values: Mapping[str, Any]

    def error(self, key: str, problem: str, setting: str = "") -> ConfigError:
        key = f"{self.within}{key}"
        message = f"the config {self.path}: {key} {problem}"
        return ConfigError(message, path=self.path, key=key, setting=setting)

    def check_keys(self, known: Iterable[str]) -> None:
        for key in self.values:
            if key not in known:
                raise self.error(key, f"is no key; {_nearest(key, known)}keys: {', '.join(known)}")

    def get(self, key: str, read: Callable[[object], _T | None], wanted: str) -> _T | None:
        """The value, or None when the key is not there; `read` gives None for a wrong one."""
        if key not in self.values:
            return None
        value = read(self.values[key])
        if value is None:
            raise self.error(key, f"must be {wanted}")
        return value

    def table(self, key: str) -> _Table:
        values = self.values.get(key, {})
        if not isinstance(values, dict):
            raise self.error(key, f"must be a table: [{self.within}{key}]")
        return _Table(self.path, f"{self.within}{key}.", values)


def _read_config(table: _Table) -> Config:
    voices = table.table("voices")
    return Config(
        path=table.path,
        voice=table.get("voice", _read_text, 'a text such as "espeak:en-us"'),
        offline=table.get("offline", _read_flag, "true or false") or False,
        fallback=table.get("fallback", _read_flag, "true or false") or False,
        voices={name: _program(voices, name) for name in voices.values},
        settings={key: value for key, value in table.values.items() if key not in OWN_KEYS},
    )


def _program(voices: _Table, name: str) -> Program:
    if not _NAME.fullmatch(name):
        raise voices.error(repr(name), "is no name for a voice; use letters, digits, . - _")
    table = voices.table(name)
    table.check_keys(PROGRAM_KEYS)
    command = table.get("command", _read_texts, 'a list of texts such as ["flite", "-o", "{wav}"]')
    if command is None:
        raise table.error("command", 'is missing; write command = ["program", "argument"]')
    check_placeholders(table, command)
    seconds = f"a number of seconds from 1 to {LONGEST_TIMEOUT:g}"
    return Program(
        command=command,
        folder=table.path.absolute().parent,
        language=table.get("language", _read_text, 'a language tag such as "en"'),
        online=table.get("online", _read_flag, "true or false"),
        timeout=table.get("timeout", _read_seconds, seconds) or TIMEOUT,
        at_once=table.get("at_once", _read_number, f"a whole number from 1 to {MOST_AT_ONCE}"),
    )


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
                f"can't hold {{{word}}}; {_nearest(f'{{{word}}}', known)}"
                f"audiocoach fills in {', '.join(known)}; put other braces into a script",
            )


def _read_text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() and "\0" not in value else None


def _read_texts(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not value or not _read_text(value[0]):
        return None
    return tuple(value) if all(isinstance(v, str) and "\0" not in v for v in value) else None


def _read_flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _read_seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 1 <= value <= LONGEST_TIMEOUT else None


def _read_number(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 1 <= value <= MOST_AT_ONCE else None


def _nearest(word: str, known: Iterable[str]) -> str:
    import difflib  # 5 ms, for error messages only

    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"did you mean {close[0]}? " if close else ""
