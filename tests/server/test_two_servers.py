"""Two servers, each a process, on one cache: for a player they are one."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from running import TINY
from serving import serving

PATHS = ("/s/tiny.mp3", "/s/tiny/pace=slow/from/9000.mp3", "/s/tiny.html", "/s/tiny.json")


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Their addresses; nothing was spoken yet."""
    folder = tmp_path_factory.mktemp("two")
    (folder / "tiny.yaml").write_text(TINY, encoding="utf-8")
    cache = folder / "cache"
    with serving(folder, cache) as (one, _), serving(folder, cache) as (other, _):
        yield one, other


def get(server: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    with closing(http.client.HTTPConnection(urlsplit(server).netloc, timeout=60)) as connection:
        connection.request("GET", path, headers=named)
        reply = connection.getresponse()
        told = {name.lower(): text for name, text in reply.getheaders()}
        return reply.status, told, reply.read()


def made(server: str, path: str) -> tuple[int, dict[str, str], bytes]:
    """What is at a path once it is made: until then a page tells how far it is."""
    while True:
        found = get(server, path)
        if found[0] not in (202, 503):
            return found


@pytest.mark.parametrize("path", PATHS)
def test_both_give_the_same_bytes_when_asked_at_once(servers: tuple[str, str], path: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda server: made(server, path), servers)
    assert one[0] == other[0] == 200
    assert one[2] == other[2]
    for name in ("etag", "content-length", "content-type", "content-security-policy"):
        assert one[1].get(name) == other[1].get(name)


def test_what_one_began_the_other_ends(servers: tuple[str, str]) -> None:
    one, other = servers
    status, headers, begun = get(one, PATHS[0], range="bytes=0-49999")
    assert status == 206
    status, _, ended = get(other, PATHS[0], range="bytes=50000-", if_range=headers["etag"])
    assert status == 206
    assert begun + ended == get(one, PATHS[0])[2]
    assert get(other, PATHS[0], if_none_match=headers["etag"])[0] == 304
