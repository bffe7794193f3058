from __future__ import annotations

import pytest

from audiocoach.server.door import LOOPBACK, Door


@pytest.mark.parametrize(
    ("host", "comes_in"),
    [
        *(("localhost:8765", True), ("127.0.0.1", True), ("[::1]:80", True), ("LOCALHOST", True)),
        *(("evil.example:8765", False), ("127.0.0.1.evil.example", False), ("", False)),
        *(("192.168.1.5:8765", False), ("localhost:x", False), ("::1", False)),
    ],
)
def test_who_asks_by_another_name_stays_outside(host: str, comes_in: bool) -> None:
    assert bool(Door().refused({"host": host})) is not comes_in


def test_another_site_may_lead_here_and_not_use_what_is_here() -> None:
    at = {"host": "localhost", "sec-fetch-site": "cross-site"}
    assert Door().refused({**at, "sec-fetch-mode": "no-cors"})
    assert not Door().refused({**at, "sec-fetch-mode": "navigate"})
    assert not Door().refused({**at, "sec-fetch-site": "same-origin"})


def test_without_the_secret_there_is_nothing() -> None:
    door = Door(LOOPBACK, "secret")
    assert door.root == "/secret"
    assert door.inside("/secret/s/a.mp3") == "/s/a.mp3"
    assert door.inside("/secret/") == "/"
    for path in ("/", "/secret", "/s/a.mp3", "/Secret/", "/secretx/", "//secret/", "/é/"):
        assert door.inside(path) is None
    assert Door().inside("/s/a.mp3") == "/s/a.mp3"
