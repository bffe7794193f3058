"""The one way to the web: what it follows, how long it waits, when it tries again."""

from __future__ import annotations

import pytest
import requests
from requests import Response
from urllib3 import HTTPResponse
from urllib3.exceptions import MaxRetryError

from audiocoach.voice.net import Again, HttpSession, UnsafeRedirectError, causes


def redirect(source: str, target: str) -> Response:
    answer = Response()
    answer.status_code = 302
    answer.url = source
    answer.headers["Location"] = target
    return answer


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("http://a.example/x", "http://b.example/"),
        ("http://a.example/x", "https://b.example/"),
        ("https://a.example/x", "https://b.example/"),
        ("https://a.example/x", "/y"),
        ("https://a.example/x", "//b.example/y"),
    ],
)
def test_a_redirect_is_followed_to_where_it_is_as_safe(source: str, target: str) -> None:
    with HttpSession(1, 1, follow=True) as session:
        assert session.get_redirect_target(redirect(source, target)) == target


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("https://a.example/x", "http://a.example/x"),
        ("https://a.example/x", "HTTP://a.example/x"),
        ("http://a.example/x", "ftp://a.example/x"),
        ("https://a.example/x", "file:" + "///etc/passwd"),
    ],
)
def test_a_redirect_to_a_less_safe_place_is_named(source: str, target: str) -> None:
    with (
        HttpSession(1, 1, follow=True) as session,
        pytest.raises(UnsafeRedirectError) as unsafe,
    ):
        session.get_redirect_target(redirect(source, target))
    assert unsafe.value.host == "a.example"
    assert unsafe.value.target.casefold() == target.casefold()


def waits(again: Again, tries: int, answer: HTTPResponse | None = None) -> list[float]:
    found = []
    for _ in range(tries):
        again = again.increment("GET", "/", response=answer, error=None if answer else OSError())
        found.append((again.get_retry_after(answer) if answer else 0) or again.get_backoff_time())
    return found


def test_each_wait_is_twice_the_one_before_up_to_a_minute() -> None:
    assert waits(Again(9, backoff_factor=1), 8) == [1, 2, 4, 8, 16, 32, 60, 60]


@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        ("7", 7),
        ("3600", 60),
        ("nonsense", 1),
        ("Wed, 21 Oct 2015 07:28:30 GMT", 30),
        ("Wed, 21 Oct 2015 07:00:00 GMT", 1),
    ],
)
def test_what_a_server_asks_for_is_waited_up_to_a_minute(asked: str, wait: float) -> None:
    headers = {"Retry-After": asked, "Date": "Wed, 21 Oct 2015 07:28:00 GMT"}
    answer = HTTPResponse(status=503, headers=headers)
    assert waits(Again(2, backoff_factor=1), 1, answer) == [wait]


def test_tries_come_to_an_end() -> None:
    with pytest.raises(MaxRetryError):
        waits(Again(4, backoff_factor=1), 5)


def test_what_an_error_was_made_from_is_found_inside_and_behind_it() -> None:
    refused, name = ConnectionRefusedError(111, "refused"), KeyError("name")
    error = requests.ConnectionError(name)
    error.__cause__ = refused
    assert list(causes(error)) == [error, name, refused]
