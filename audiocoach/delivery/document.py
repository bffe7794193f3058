"""A page in one file: with its style and script inside, and a policy that forbids anything else.

`web/document.html` surrounds the body of each, and `web/base.css` has the common style: colours,
letters, focus.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Final

_WEB: Final = Path(__file__).parent / "web"


def document(folder: Path, name: str, policy: str, shown: Mapping[str, str]) -> str:
    """A page whose body is `NAME.html` of a folder, with `NAME.css` and, if it is there, `NAME.js`.

    `shown` is HTML for its places, escaped by whoever has it: `language` and `title` for the head,
    which may have `links` too, and what the body names. `policy` is what it may do beside running
    its own script and looking as its own style says.
    """
    style = read(_WEB / "base.css") + read(folder / f"{name}.css")
    code = folder / f"{name}.js"
    script = read(code) if code.exists() else ""
    rules = [
        "default-src 'none'",
        f"style-src '{_hash(style)}'",
        "base-uri 'none'",
        *([f"script-src '{_hash(script)}'"] if script else []),
        policy,
    ]
    head = {
        "language": shown["language"],
        "title": shown["title"],
        "links": shown.get("links", ""),
        "policy": "; ".join(rules),
        "style": style,
        "script": f"<script>{script}</script>" if script else "",
    }
    body = Template(read(folder / f"{name}.html")).substitute(shown)
    return Template(read(_WEB / "document.html")).substitute(head, body=body)


def read(file: Path) -> str:
    """The text of one of our files."""
    return file.read_text(encoding="utf-8")


def data(value: object) -> str:
    """JSON that can't end a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _hash(text: str) -> str:
    """How a Content Security Policy names a script or style inside the page."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
