"""An answer that is decided, except for which of its bytes are sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from audiocoach.server.recording import Content, text_content


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent: some content, with a status."""

    content: Content
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def told(status: int, message: str, headers: Mapping[str, str] | None = None) -> Answer:
    """A status with a line on it."""
    return Answer(text_content("text/plain", f"{message}\n"), status, headers or {})
