"""Values as a routine file has them: times, counts, texts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from audiocoach.wording import one_line

_PLAIN: Final = re.compile(r"[^\W\d_][\w ().;!'/+%°…–—-]*")
_SPECIAL: Final = {"true", "false", "yes", "no", "on", "off", "null", "y", "n", "~"}
MOST_COUNT: Final = 1000
MOST_SECONDS: Final = 24 * 3600


def time_text(seconds: float) -> str:
    """A time as a routine has it: `5min`, `90s`, `1.5s`; "" if it is none."""
    if not 0.001 <= seconds <= MOST_SECONDS:
        return ""
    if seconds >= 120 and seconds % 60 == 0:
        return f"{int(seconds // 60)}min"
    return f"{seconds:.3f}".rstrip("0").rstrip(".") + "s"


def span_text(value: Any) -> str:
    """A time or range, one for each set, by side or by level; "" if it can't be written."""
    if isinstance(value, dict):
        return _mapped(value, span_text)
    if isinstance(value, list):
        low, high = value
        if not time_text(low) or not time_text(high) or low >= high:
            return ""
        if low % 60 == 0 and high % 60 == 0:
            return f"{int(low // 60)}-{int(high // 60)}min"
        return f"{time_text(low) if low % 1 else int(low)}-{time_text(high)}".replace("min", "min")
    return time_text(value)


def count_text(value: Any) -> str:
    """A number or range of ability, one for each set, by side or by level."""
    if isinstance(value, dict):
        return _mapped(value, count_text)
    numbers = value if isinstance(value, list) else [value]
    if not all(number == int(number) and 1 <= number <= MOST_COUNT for number in numbers):
        return ""
    return "-".join(str(int(number)) for number in numbers)


def _mapped(value: Mapping[str, Any], text: Any) -> str:
    if "per_set" in value:
        parts = [text(each) for each in value["per_set"]]
        return f"[{', '.join(parts)}]" if all(parts) else ""
    told = {key: text(each) for key, each in value.items()}
    return "{" + ", ".join(f"{k}: {v}" for k, v in told.items()) + "}" if all(told.values()) else ""


def scalar(text: str) -> str:
    """A text as a YAML value, in quotes where it needs them."""
    text = one_line(text)
    if _PLAIN.fullmatch(text) and text.casefold() not in _SPECIAL:
        return text
    return json.dumps(text, ensure_ascii=False)


def inner(text: str) -> str:
    """A text as a value inside brackets or braces."""
    return scalar(text)
