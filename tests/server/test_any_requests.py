"""Whatever is asked for: an answer of HTTP, never a defect, a file from outside or too much work.

`FUZZED_REQUESTS=20000` tries as many.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import TINY
from visiting import HOST, Visitor, visitor

from audiocoach import pipeline
from audiocoach.server import desk
from audiocoach.server.recording import ENDINGS
from audiocoach.settings.table import SETTINGS

REQUESTS = int(os.environ.get("FUZZED_REQUESTS", "600"))
AT_ONCE = 6
OUTSIDE = "what stands in a file outside"
STATUSES = {200, 202, 206, 304, 400, 403, 404, 405, 412, 416, 422, 429, 503}

NAMES = (
    "short short short .. ../outside.txt ..\\outside.txt /etc/passwd short.yaml outside . ~ C:\\x "
    "short\0 short/../short https://short "
)
VALUES = (
    "slow brief on off 2 0 -1 1000 1e9 1:00 natural 90% x2 right espeak gtts command:sh rain "
    "../outside.txt de 1 999999999999999 "
)
HEADERS = (
    "range if-range if-none-match if-match accept-language sec-fetch-site host x-forwarded-for "
    "content-length transfer-encoding"
)
SAID = (
    'bytes=0- bytes=-5 bytes=5-1 bytes=0-0,2-3 bytes=99999999- * "x" W/ de cross-site '
    "evil.example localhost \xff -1 "
)


def one_of(words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words.split(" "))


names, values = one_of(NAMES), one_of(VALUES)
pieces = st.tuples(st.sampled_from([*SETTINGS, "PATH", "", "file"]), values)
plain = st.lists(pieces, max_size=3).map(lambda each: ",".join(f"{n}={quote(v)}" for n, v in each))
starts = st.sampled_from(["", "/from/0", "/from/20000", "/from/999999999", "/from/-1", "/from/x"])
endings = st.sampled_from([*ENDINGS, ".progress", ".yaml", ".wav", ""])
sessions = st.builds(
    lambda root, name, chosen, start, ending: (
        f"{root}/{quote(name, safe='')}{'/' + chosen if chosen else ''}{start}{ending}"
    ),
    st.sampled_from(["/s", "/sessions", "/S", "//s"]), names, plain, starts, endings,
)  # fmt: skip
queries = st.builds(
    lambda root, name, ending, chosen: f"{root}{name}{ending}?{chosen.replace(',', '&')}",
    st.sampled_from(["/sessions/", "/", "/feed.xml", "/s/"]), names.map(quote), endings, plain,
)  # fmt: skip
anything = st.text(max_size=40).map(lambda text: "/" + quote(text, safe="/?&=%,;"))
targets = st.one_of(sessions, sessions, queries, anything).map(str.encode) | st.binary(max_size=30)
headers = st.lists(st.tuples(one_of(HEADERS), one_of(SAID)), max_size=4)


@pytest.fixture(scope="module")
def someone(
    cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Visitor, list[int]]]:
    """Who visits a server of one routine; and how many sessions were made at once."""
    folder = tmp_path_factory.mktemp("outside") / "routines"
    folder.mkdir()
    (folder / "short.yaml").write_text(TINY, encoding="utf-8")
    for place in (folder, folder.parent):
        (place / "outside.txt").write_text(OUTSIDE, encoding="utf-8")
    running, seen, lock = [0], [0], Lock()

    def counted(*source: Any, **more: Any) -> Any:
        with lock:
            running[0] += 1
            seen.append(running[0])
        try:
            return pipeline.rehearse(*source, **more)
        finally:
            with lock:
                running[0] -= 1

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("audiocoach.server.shelf.bundled", list)
        patch.setattr(desk, "rehearse", counted)
        visits = visitor(cache, folder)
        yield visits, seen
        visits.close()


@settings(max_examples=-(-REQUESTS // AT_ONCE), suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(targets, st.sampled_from(["GET", "GET", "GET", "HEAD", "POST", "get"]), headers),
        min_size=AT_ONCE,
        max_size=AT_ONCE,
    )
)
def test_any_requests_at_once_have_answers(
    someone: tuple[Visitor, list[int]],
    requests: list[tuple[bytes, str, list[tuple[str, str]]]],
) -> None:
    visits, seen = someone
    named = [
        (target, method, [("host", HOST), *more] if "host" not in dict(more) else more)
        for target, method, more in requests
    ]
    for (target, method, _), reply in zip(named, visits.together(named), strict=True):
        assert reply.status in STATUSES, (target, reply)
        assert OUTSIDE.encode() not in reply.body
        assert method != "HEAD" or not reply.body
        if reply.status in {200, 206} and method == "GET":
            assert len(reply.body) == int(reply.headers["content-length"])
        if "content-security-policy" not in reply.headers:
            pytest.fail(f"{target!r} has no policy")
    assert max(seen) <= desk.AT_ONCE
    assert len(visits.app.desk._builds) <= desk.AT_ONCE + desk.MOST_WAITING
