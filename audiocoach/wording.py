"""How messages quote what was found, and suggest what may have been meant.

A name or a value is quoted 'like this', a sentence that is spoken "like this".
A routine file may come from anywhere, so nothing of it reaches a terminal
unescaped, and nothing of it makes a message long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

_LONGEST: Final = 60
_LONGEST_NAME: Final = 40
_LONGEST_EXCERPT: Final = 40


def clock(ms: int) -> str:
    """A position or length as `m:ss` or `h:mm:ss`, with thousandths where there are any."""
    seconds, thousandths = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
    return f"{text}.{thousandths:03d}" if thousandths else text


def counted(number: int, noun: str) -> str:
    """`1 session`, `1,200 sessions`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def quoted(text: str) -> str:
    """`text` in quotes on one line, escaped, and shortened when it is long."""
    return repr(_shortened(text, _LONGEST))


def printable(text: str) -> str:
    """`text` with everything escaped that could move the cursor, or reorder or hide a message."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def label(text: str) -> str:
    """A name for use inside a message: escaped, without quotes, shortened."""
    return printable(_shortened(text, _LONGEST_NAME))


def one_line(text: str) -> str:
    """`text` with a space for each run of spaces and of what can't be printed."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def excerpt(text: str) -> str:
    """A spoken text as errors show it: its beginning, on one line, in "quotes"."""
    line = one_line(text)
    whole = len(line) <= _LONGEST_EXCERPT
    return f'"{line}"' if whole else f'"{line[: _LONGEST_EXCERPT - 1].rstrip()}…"'


def nearest(word: str, known: Iterable[str], *, alike: float = 0.6) -> str | None:
    """The known word that may have been meant: at least that share of the letters is the same."""
    # It is quadratic in the length of the word, which a stranger wrote.
    return next(iter(_near(word[:_LONGEST_NAME], known, most=1, cutoff=alike)), None)


def nearest_file(name: str, there: Iterable[str]) -> str | None:
    """The file that may have been meant, compared without its ending."""
    known = list(there)
    stem = nearest(_stem(name), map(_stem, known))
    return next((each for each in known if _stem(each) == stem), None)


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def did_you_mean(word: str, known: Iterable[str], *, most: int = 3) -> str:
    """The names most like `word`, as the middle of a message: "did you mean a, b or c? "."""
    close = _near(word, known, most=most, cutoff=0.6)
    return f"did you mean {either(close)}? " if close else ""


def either(names: Sequence[str]) -> str:
    """`a, b or c`."""
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def _near(word: str, known: Iterable[str], *, most: int, cutoff: float) -> list[str]:
    import difflib  # 5 ms, for error messages only

    names = {name.casefold(): name for name in known}
    found = difflib.get_close_matches(word.casefold(), names, n=most, cutoff=cutoff)
    return [names[each] for each in found]


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
