"""An article as a text: decoded, and out of its HTML.

Pages are read with the parser of the standard library. Of a page the part that is the article
is kept: `<article>` or `<main>` where there is one, and never menus, scripts, forms and asides.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from audiocoach.errors import Problem, RoutineError
from audiocoach.wording import printable

MOST_BYTES: Final = 4_000_000
"""Bytes of a file; a page saved with all that is in it has some hundred thousand."""
MOST_LETTERS: Final = 60_000
"""Letters of an article; a long one has 20,000. So many are read in five seconds."""
_MARKS: Final = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
MOST_LINES: Final = 3_000
"""Lines of an article that are not empty."""
_DOCUMENTS: Final = {
    b"%PDF": "a PDF file",
    b"{\\rtf": "an RTF file",
    b"PK\x03\x04": "a Word, OpenDocument or ZIP file",
    b"\xd0\xcf\x11\xe0": "a Word file",
}
"""What documents begin with that hold a text, and are none."""
_HTML: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_BLOCKS: Final = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "br",
        "hr",
        "blockquote",
        "dl",
        "dt",
        "dd",
        "figure",
        "figcaption",
        "pre",
        "details",
        "summary",
    ]
)
_DROPPED: Final = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "svg",
        "iframe",
        "head",
        "textarea",
        "canvas",
        "video",
        "audio",
        "object",
        "dialog",
    ]
)
_VOID: Final = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "source", "wbr", "area", "base", "col", "embed"]
)
_STRUCK: Final = frozenset(["s", "strike", "del"])
"""What is struck through: as in Markdown, between two tildes."""
_HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_SHARE: Final = 0.4
"""An `<article>` or `<main>` with less of the text than this is not the article."""


_UNSEEN: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""What no reader sees: where a word may be broken, and where it may not."""


def article_text(data: bytes, name: str) -> str:
    """The text of an article, plain, Markdown or HTML. `name` is what errors call it.

    Raises RoutineError if it is no text, too long, or empty.
    """
    if len(data) > MOST_BYTES:
        raise _error(name, f"has {len(data):,} bytes, and {MOST_BYTES:,} are allowed; cut it down")
    text = _decoded(data, name)
    if name.casefold().endswith((".html", ".htm", ".xhtml")) or _HTML.match(text[:2000]):
        text = html_text(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").lstrip("\ufeff")
    text = text.translate(_UNSEEN)
    text = "".join(char if char.isprintable() or char in "\n\t" else " " for char in text)
    if len(text) > MOST_LETTERS:
        raise _error(
            name,
            f"has {len(text):,} letters, and {MOST_LETTERS:,} are allowed; "
            "keep the part with the exercises",
        )
    lines = sum(bool(line.strip()) for line in text.split("\n"))
    if lines > MOST_LINES:
        raise _error(
            name,
            f"has {lines:,} lines, and {MOST_LINES:,} are allowed; "
            "keep the part with the exercises",
        )
    if not any(map(str.isalpha, text)):
        raise _error(name, "holds no words; name a text, a Markdown file or a saved web page")
    return text


def _error(name: str, message: str) -> RoutineError:
    return RoutineError(Problem(message, printable(name)))


def _decoded(data: bytes, name: str) -> str:
    document = next((kind for mark, kind in _DOCUMENTS.items() if data.startswith(mark)), None)
    if document:
        raise _error(name, f"is {document}; save it as text, or copy its words into a text file")
    encoding = next((code for mark, code in _MARKS.items() if data.startswith(mark)), None)
    if encoding is None and b"\0" in data[:4000]:
        raise _error(name, "is a binary file, not text; save or copy it as text first")
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    strange = sum(not char.isprintable() and char not in "\n\r\t\f" for char in text[:4000])
    if strange + text[:4000].count("\ufffd") > len(text[:4000]) / 50:
        raise _error(name, "is a binary file, not text; save or copy it as text first")
    return text


def html_text(page: str) -> str:
    """The article of a page: headings as in Markdown, items of lists marked, tables in pipes."""
    reader = _Page()
    reader.feed(page)
    reader.close()
    whole = "".join(reader.whole)
    article = "".join(reader.article)
    long_enough = len(article.split()) >= _SHARE * len(whole.split())
    text = article if article.strip() and long_enough else whole
    lines = [re.sub(r"[ \t\xa0]+", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


class _Page(HTMLParser):
    """Collects the words of a page, and those inside its article once more."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.whole: list[str] = []
        self.article: list[str] = []
        self._dropped: list[str] = []
        self._inside = 0
        self._struck = 0
        self._numbers: list[int | None] = []
        self._cells = 0

    def _put(self, text: str) -> None:
        self.whole.append(text)
        if self._inside:
            self.article.append(text)

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if self._dropped or tag in _DROPPED:
            if tag not in _VOID and (tag in _DROPPED or tag == self._dropped[-1]):
                self._dropped.append(tag)
            return
        if tag in ("article", "main"):
            self._inside += 1
        self._struck += tag in _STRUCK
        if tag in ("ul", "ol"):
            self._numbers.append(0 if tag == "ol" else None)
        if tag in ("td", "th"):
            self._put(" | " if self._cells else "")
            self._cells += 1
        elif tag == "tr":
            self._cells = 0
            self._put("\n")
        elif tag in _BLOCKS:
            self._put("\n" if tag in ("li", "br", "dt", "dd") else "\n\n")
        if tag in _HEADINGS:
            self._put("#" * int(tag[1]) + " ")
        elif tag == "li":
            self._put(self._mark())

    def _mark(self) -> str:
        if not self._numbers or self._numbers[-1] is None:
            return "- "
        self._numbers[-1] += 1
        return f"{self._numbers[-1]}. "

    def handle_endtag(self, tag: str) -> None:
        if self._dropped:
            if tag == self._dropped[-1]:
                self._dropped.pop()
            return
        self._struck = max(0, self._struck - (tag in _STRUCK))
        if tag in ("ul", "ol") and self._numbers:
            self._numbers.pop()
        if tag in _BLOCKS and tag not in ("br", "hr", "tr", "li"):
            self._put("\n\n" if tag in _HEADINGS or tag == "p" else "\n")
        if tag in ("article", "main") and self._inside:
            self._inside -= 1

    def handle_data(self, data: str) -> None:
        if self._dropped:
            return
        text = re.sub(r"\s+", " ", data)
        struck = self._struck and text.strip() and "~" not in text
        self._put(re.sub(r"\S(?:.*\S)?", r"~~\g<0>~~", text, count=1) if struck else text)
