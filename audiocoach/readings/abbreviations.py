"""Abbreviations, whole: e.g., z. B., Wdh."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from audiocoach.readings.table import Readings

_IS_WORD: Final = re.compile(r"\s*[^\W\d_]+\.\s*")
"""A sentence of one word, its dot put there by us: the name "Tb" is no "también"."""


def abbreviations(table: Readings) -> Callable[[str], str]:
    rows = {_key(written): (written, said) for written, said in table.abbreviations.items()}
    pattern = abbreviated(table)
    also_units = {f"{unit}." for unit in table.units}

    def read(found: re.Match[str]) -> str:
        before, after = found.string[: found.start()], found.string[found.end() :]
        if _IS_WORD.fullmatch(found.string):
            return found[0]
        key, capital = _key(found[0]), False
        counts = "#" if re.match(r"\s?\d", after) or found[0][-1].isspace() else ""
        if key not in rows and f"{key}{counts}" not in rows:
            key, capital = key[:1].lower() + key[1:], True
        written, said = rows.get(f"{key}{counts}") or rows[key]
        if written in also_units and re.search(r"\d\s?$", before):
            return found[0]
        if capital:
            said = said[:1].upper() + said[1:]
        if written.startswith("/"):
            return f" {said}"
        if written.endswith(("/", "#")):
            return f"{said} "
        ends = not after.strip() or (written in table.ends and re.match(r"\s+[^\W\da-z]", after))
        if after[:1].isdecimal():
            return f"{said} "
        return f"{said}." if written.endswith(".") and ends else said

    return lambda text: pattern.sub(read, text)


def abbreviated(table: Readings) -> re.Pattern[str]:
    """The pattern of any abbreviation; where none begins, that is seen at its first letter."""
    keys = sorted(table.abbreviations, key=len, reverse=True)
    heads = "".join(sorted({re.escape(form) for key in keys for form in (key[0], key[0].upper())}))
    return re.compile(f"(?=[{heads}])(?:{'|'.join(map(_written, keys))})")


def _key(written: str) -> str:
    return re.sub(r"\s", "", written)


def _written(key: str) -> str:
    """The pattern of an abbreviation: its first letter may be a capital, a space may be missing."""
    bare = key.removesuffix("#").rstrip()
    first = bare[0]
    head = f"[{first}{first.upper()}]" if first.islower() else re.escape(first)
    inner = r"\s?".join(map(re.escape, bare[1:].split(" ")))
    before = r"(?<![\w/.])" if first.isalnum() else r"(?<=[\w)])" if first == "/" else ""
    if first.isdigit():
        before += r"(?<!\d\s)"  # "1 1/2 h" is no whole number and "half an hour"
    after = r"(?!\w)" if bare[-1].isalnum() else r"(?![^\W\d_])" if bare[-1] == "." else ""
    if key.endswith("#"):
        after = r"\s?(?=\d)"
    elif bare.endswith("/"):
        after = r"\s?(?=\w)"
    return f"{before}{head}{inner}{after}"
