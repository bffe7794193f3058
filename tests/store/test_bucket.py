"""Object storage that is slow, fails, tears what it is given, or is not there at all."""

from __future__ import annotations

import multiprocessing
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from memory_store import Memory
from s3_server import BUCKET, CODES, Proxy
from s3_server import Fault as Failing

from audiocoach.errors import DeliveryError, LackError, UsageError
from audiocoach.store import Cache, key, open_cache
from audiocoach.store.bucket import WAITS, Bucket, Fault, Files
from audiocoach.store.couriers import AT_ONCE, Couriers
from audiocoach.store.folder import Folder
from audiocoach.store.s3 import S3, open_bucket

Opened = Callable[[], Bucket]
KEY = key("a text", 1)
PAYLOAD = random.Random(7).randbytes(20_000)  # noqa: S311 - no secret
PASSING: list[Failing] = ["500", "503", "reset", "slow", "torn answer"]


# What passes


@pytest.mark.parametrize("fault", PASSING)
def test_a_request_that_fails_in_passing_is_made_again(
    s3: Proxy, bucket: Opened, fault: Failing
) -> None:
    cache = Cache(bucket())
    s3.failing(fault)
    cache.put("clip", KEY, PAYLOAD, samples=9)
    s3.failing(fault, "503")
    assert cache.get("clip", KEY) == PAYLOAD
    s3.failing(fault)
    assert cache.length("clip", KEY) == 9
    s3.failing(fault)
    assert cache.usage() == {"clip": (1, 64 + len(PAYLOAD))}
    assert cache.warning is None


def test_an_answer_that_does_not_come_is_asked_for_again(s3: Proxy, bucket: Opened) -> None:
    Cache(bucket()).put("clip", KEY, PAYLOAD)
    impatient = Bucket("s3://x", bucket().where.removeprefix("s3://"), S3(read=0.4), lambda _: None)
    s3.failing("hang")
    assert Cache(impatient).get("clip", KEY) == PAYLOAD
    assert len(s3.requests) == 2


@pytest.mark.parametrize("fault", ["500", "503", "reset", "torn answer"])
def test_requests_are_bounded_and_a_service_that_is_down_is_let_be(
    s3: Proxy, bucket: Opened, fault: Failing
) -> None:
    Cache(bucket()).put("clip", KEY, PAYLOAD)
    cache = Cache(bucket())
    s3.failing(*[fault] * 100)
    assert cache.get("clip", KEY) is None
    asked = len(s3.requests)
    # aiohttp asks once more when a connection breaks that it had kept open.
    assert asked <= (len(WAITS) + 1) * (2 if fault == "reset" else 1)
    for number in range(50):
        assert cache.get("clip", key(number)) is None
        cache.put("clip", key(number), b"spoken")
    assert len(s3.requests) == asked, "it is not asked at every word"
    assert cache.get("clip", key(49)) == b"spoken"
    assert "cannot be used" in (cache.warning or "")


def test_a_service_that_is_back_is_used_again(
    s3: Proxy, bucket: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    Cache(bucket()).put("clip", KEY, PAYLOAD)
    cache = Cache(bucket())
    s3.failing("500", "500", "500", "500")
    assert cache.get("clip", KEY) is None
    later = time.monotonic() + 61
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert cache.get("clip", KEY) == PAYLOAD


def test_how_long_is_waited_between_requests(s3: Proxy) -> None:
    waits: list[float] = []
    slow = Bucket("s3://x", f"{BUCKET}/waits", S3(1.0, 1.0), waits.append)
    s3.failing("503", "503", "503", "503", "503")
    Cache(slow).get("clip", KEY)
    assert len(waits) == len(WAITS)
    for waited, meant in zip(waits, WAITS, strict=True):
        assert meant / 2 <= waited <= meant * 3 / 2


# What is told to be well, and is not


@pytest.mark.parametrize("fault", ["torn upload", "lost upload"])
def test_what_was_torn_on_its_way_is_missing_and_healed(
    s3: Proxy, bucket: Opened, fault: Failing
) -> None:
    s3.failing(fault)
    Cache(bucket()).put("clip", KEY, PAYLOAD, samples=9)
    cache = Cache(bucket())
    assert cache.get("clip", KEY) is None
    cache.put("clip", KEY, PAYLOAD, samples=9)
    assert Cache(bucket()).get("clip", KEY) == PAYLOAD


def test_an_entry_that_the_bucket_has_archived_is_put_again(s3: Proxy, bucket: Opened) -> None:
    cache = Cache(bucket())
    cache.put("clip", KEY, PAYLOAD)
    s3.failing("archived")
    assert cache.get("clip", KEY) is None
    assert len(s3.requests) == 1
    cache.put("clip", KEY, PAYLOAD)
    assert cache.get("clip", KEY) == PAYLOAD
    assert cache.warning is None


def test_a_place_that_loses_what_it_is_given_is_told(s3: Proxy, bucket: Opened) -> None:
    s3.failing("lost upload")
    with pytest.raises(DeliveryError, match="what was stored there is missing"):
        Cache(bucket()).prove()


def test_whatever_fails_nothing_wrong_is_got(s3: Proxy, bucket: Opened) -> None:
    """One request in three fails, in any way: what is got is what was put, or nothing."""
    dice = random.Random(os.urandom(8))  # noqa: S311 - no secret
    faults: list[Failing] = [*CODES, "reset", "torn answer", "torn upload", "lost upload"]
    s3.fault = lambda _method, _path: dice.choice(faults) if dice.random() < 1 / 3 else None
    payloads = {key(n): dice.randbytes(dice.randrange(3000)) for n in range(15)}
    for name, payload in payloads.items():
        Cache(bucket()).put("clip", name, payload, samples=len(payload))
    for name, payload in payloads.items():
        assert Cache(bucket()).get("clip", name) in {None, payload}
        assert Cache(bucket()).length("clip", name) in {None, len(payload)}
    s3.failing()
    cache = Cache(bucket())
    for name, payload in payloads.items():
        if cache.get("clip", name) is None:
            cache.put("clip", name, payload, samples=len(payload))
    assert {name: Cache(bucket()).get("clip", name) for name in payloads} == payloads
    assert cache.warning is None


# What the user has to mend


def warning_of(address: str = f"s3://{BUCKET}/mend") -> str:
    """What a build says that can put nothing."""
    path = address.removeprefix("s3://")
    cache = Cache(Bucket(address, path, S3(0.5, 0.5), lambda _: None))
    assert cache.get("clip", KEY) is None
    cache.put("clip", KEY, PAYLOAD)
    assert cache.get("clip", KEY) == PAYLOAD
    said = cache.warning or ""
    assert "\n" not in said
    assert said.startswith(f"the cache in {address} cannot be used: ")
    assert "a-secret" not in said
    with pytest.raises(DeliveryError) as told:
        cache.prove()
    assert str(told.value) == said
    return said


def test_there_is_no_such_bucket(s3: Proxy) -> None:
    assert "there is no such bucket" in warning_of("s3://none-such/x")
    with pytest.raises(DeliveryError, match=r"there is no such bucket\. Make it"):
        Cache(open_bucket("s3://none-such/x")).usage()


def test_access_is_denied(s3: Proxy) -> None:
    s3.fault = lambda _method, _path: "403"
    said = warning_of()
    assert "access is denied (AccessDenied)" in said
    assert "s3:PutObject" in said


def test_what_may_not_be_removed_is_told(s3: Proxy, bucket: Opened) -> None:
    Cache(bucket()).put("clip", KEY, PAYLOAD)
    s3.fault = lambda method, _path: "403" if method in {"POST", "DELETE"} else None
    with pytest.raises(DeliveryError, match=r"s3:DeleteObject"):
        Cache(bucket()).clear()
    s3.failing()
    assert Cache(bucket()).get("clip", KEY) == PAYLOAD


def test_there_are_no_credentials(s3: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert "there are no credentials for it; " in (said := warning_of())
    assert "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE" in said
    monkeypatch.setenv("AWS_PROFILE", "none-such")
    assert "it is not set up (ProfileNotFound)" in warning_of()


@pytest.mark.parametrize("user", ["", "name:a-secret@"])
def test_nobody_answers(s3: Proxy, monkeypatch: pytest.MonkeyPatch, user: str) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{user}127.0.0.1:{port}")
    said = warning_of()
    assert "4 requests had no answer" in said
    assert "AWS_ENDPOINT_URL" in said


def test_the_endpoint_is_no_address(s3: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "a-secret")
    assert "its endpoint is not an address" in warning_of()


@pytest.mark.parametrize(
    "address",
    [
        "s3://",
        "s3:///x",
        "s3://b",
        "s3://name:a-secret@bucket/x",
        "s3://bucket/x?key=a-secret",
        "s3://bucket/x#y",
        "s3://bucket/../other",
        "s3://bucket/a b",
        "s3://bucket\n/x",
        "s3:/bucket/x",
        "gs://bucket/x",
        "http://bucket/x",
        "ftp://bucket/x",
    ],
)
def test_an_address_that_is_none_is_told_without_what_may_be_secret(address: str) -> None:
    with pytest.raises(UsageError, match="or s3://BUCKET/PREFIX") as told:
        open_cache(address)
    assert "a-secret" not in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("s3://bucket", "s3://bucket"),
        ("s3://bucket/", "s3://bucket"),
        ("s3://bucket/a//b/", "s3://bucket/a/b"),
        ("s3://my.bucket-1/Ä/v=1", "s3://my.bucket-1/Ä/v=1"),
    ],
)
def test_addresses(address: str, where: str) -> None:
    assert open_cache(address).where == where


def test_without_its_package_it_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audiocoach.store.s3.find_spec", lambda _name: None)
    with pytest.raises(LackError, match=r"-m pip install 's3fs>="):
        open_cache("s3://bucket/x")


def test_a_folder_imports_nothing_of_it(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from audiocoach.store import key, open_cache; "
        f"cache = open_cache(Path({str(tmp_path)!r})); cache.put('clip', key(1), b'x'); "
        "cache.get('clip', key(1)); cache.lengths('clip', [key(1), key(2)]); cache.usage(); "
        "print([each for each in ('fsspec', 's3fs', 'botocore', 'aiohttp', 'asyncio', "
        "'audiocoach.store.s3', 'concurrent.futures') if each in sys.modules])"
    )
    done = subprocess.check_output([sys.executable, "-c", program], text=True)
    assert done.strip() == "[]"


# Many at once


class Slow(Memory):
    """Takes a while to be opened, and then fails in passing."""

    def __init__(self) -> None:
        self.opened = self.asked = 0

    def files(self) -> Files:
        self.opened += 1
        time.sleep(0.05)
        return self  # type: ignore[return-value]

    def cat_file(self, *_: object, **__: object) -> bytes:
        self.asked += 1
        raise TimeoutError

    def fault(self, reason: Exception) -> Fault | None:
        return Fault(str(reason), "", passing=True)


def test_many_at_once_open_it_once_and_let_it_be_together(tmp_path: Path) -> None:
    service = Slow()
    cache = Cache(Bucket("slow", "x", service, lambda _: None), Folder(tmp_path))
    assert cache.lengths("clip", [key(number) for number in range(500)]) == {}
    assert service.opened == 1
    assert service.asked <= AT_ONCE * (len(WAITS) + 1)


def test_nobody_waits_for_a_service_that_hangs_when_a_build_is_stopped() -> None:
    program = (
        "import time; from audiocoach.store.couriers import Couriers; "
        "Couriers().send(lambda: time.sleep(60)); time.sleep(0.1)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=20)


def test_what_a_courier_meets_is_raised_where_its_result_is_wanted() -> None:
    failing = Couriers().map(lambda number: 1 // number, [1, 0])
    assert next(failing) == 1
    with pytest.raises(ZeroDivisionError):
        next(failing)


def put_many(address: str, seed: int, rounds: int) -> None:
    cache = Cache(open_bucket(address))
    for number in range(rounds):
        size = (number * 7919 + seed) % 50_000
        cache.put("clip", key(number % 5), bytes([number % 5]) * size, samples=size)
    assert cache.warning is None


def test_processes_at_once_never_see_half_an_entry(s3: Proxy, bucket: Opened) -> None:
    address = bucket().where
    put_many(address, 0, 5)
    spawn = multiprocessing.get_context("spawn")
    builds = [spawn.Process(target=put_many, args=(address, seed, 40)) for seed in (1, 2)]
    for build in builds:
        build.start()
    while any(build.is_alive() for build in builds):
        for number in range(5):
            payload = Cache(bucket()).get("clip", key(number))
            assert payload is not None
            assert set(payload) <= {number}
    for build in builds:
        build.join()
    assert [build.exitcode for build in builds] == [0, 0]
