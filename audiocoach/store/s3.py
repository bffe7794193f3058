"""Object storage with S3's interface: Amazon's, or any other service that offers it.

Credentials and address are found by botocore, as for every program that uses S3:
`AWS_ACCESS_KEY_ID`, `AWS_PROFILE`, `AWS_ENDPOINT_URL`, a role of the machine. No message of ours
repeats what botocore says, which may contain an address with a password: it gives the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from importlib.util import find_spec
from typing import Final

from audiocoach.errors import LackError, UsageError
from audiocoach.installing import extra_command
from audiocoach.store.bucket import WAITS, Bucket, Fault, Files
from audiocoach.store.place import ENVIRONMENT

_ADDRESS: Final = re.compile(
    r"s3://(?P<bucket>[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9])(?P<prefix>(/+[\w.!*'()=-]+)*)/*"
)
_CONNECT, _READ = 5.0, 10.0
"""Seconds until a connection, and the next bytes, must be there."""
_NO_BUCKET: Final = "NoSuchBucket"
_ABSENT: Final = frozenset({"InvalidRange", "InvalidObjectState"})
"""A part of an empty object was asked for; or an object was archived by a rule of the bucket."""


def open_bucket(address: str) -> Bucket:
    """The bucket of an address, `s3://BUCKET/PREFIX`; nothing is asked of it yet.

    Raises LackError, or UsageError, which never repeats an address that may contain a password.
    """
    match = _ADDRESS.fullmatch(address)
    if match is None or any(part in {".", ".."} for part in match["prefix"].split("/")):
        raise UsageError(
            f"{ENVIRONMENT}: a cache is a folder, or s3://BUCKET/PREFIX with letters, digits and "
            "-._ alone. Keys never go into the address: set AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY, and AWS_ENDPOINT_URL if it is not Amazon's",
            place=ENVIRONMENT,
        )
    if find_spec("s3fs") is None:
        raise LackError(f"{ENVIRONMENT}={address} needs packages: {extra_command('s3')}")
    parts = [match["bucket"], *filter(None, match["prefix"].split("/"))]
    path = "/".join(parts)
    return Bucket(f"s3://{path}", path, S3())


class S3:
    """The service, as botocore finds it; seconds until a connection, and the next bytes."""

    def __init__(self, connect: float = _CONNECT, read: float = _READ) -> None:
        self._connect, self._read = connect, read

    def files(self) -> Files:
        """S3 as files. Only we repeat requests, so that there is a single limit."""
        from s3fs import S3FileSystem

        files = S3FileSystem(
            config_kwargs={
                "connect_timeout": self._connect,
                "read_timeout": self._read,
                "retries": {"total_max_attempts": 1, "mode": "standard"},
                "max_pool_connections": 16,
            },
            max_concurrency=1,  # with more, it asks for the size of all it reads first
            use_listings_cache=False,
            skip_instance_cache=True,
        )
        files.retries = 1
        made: Files = files
        return made

    @cached_property
    def failures(self) -> tuple[type[Exception], ...]:
        """Exceptions that s3fs lets through: its own, and those of botocore and aiohttp."""
        from aiohttp import ClientError
        from botocore.exceptions import BotoCoreError

        # ValueError: of botocore, for an endpoint that is no address.
        return OSError, BotoCoreError, ClientError, ValueError

    def fault(self, reason: Exception) -> Fault | None:
        """What a failure means to whoever has to fix it; None if there is simply no such object."""
        code = _code(reason)
        if code in _ABSENT or (isinstance(reason, FileNotFoundError) and code != _NO_BUCKET):
            return None
        told = f"({code or type(reason).__name__})"
        meaning = next(meaning for kinds, meaning in _meanings() if isinstance(reason, kinds))
        return replace(meaning, problem=meaning.problem.format(told))


def _meanings() -> Iterator[tuple[tuple[type[Exception], ...], Fault]]:
    """What each kind of failure means; of those that hold, the first."""
    from botocore import exceptions as boto

    yield (FileNotFoundError,), Fault("there is no such bucket", "Make it, or name another one")
    yield (
        (PermissionError,),
        Fault(
            "access is denied {}",
            "The key has to be valid, and needs s3:ListBucket on the bucket and s3:GetObject, "
            "s3:PutObject and s3:DeleteObject on what is in it",
        ),
    )
    yield (
        (boto.NoCredentialsError, boto.PartialCredentialsError),
        Fault(
            "there are no credentials for it",
            "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE",
        ),
    )
    yield (ValueError,), Fault("its endpoint is not an address", "Check AWS_ENDPOINT_URL")
    yield (
        (boto.HTTPClientError, boto.ConnectionError),
        Fault(
            f"{len(WAITS) + 1} requests had no answer {{}}",
            "Check the network; AWS_ENDPOINT_URL says where it is, if it is not Amazon's",
            passing=True,
        ),
    )
    yield (boto.BotoCoreError,), Fault("it is not set up {}", "Check AWS_PROFILE, ~/.aws/config")
    yield (
        (Exception,),
        Fault(f"{len(WAITS) + 1} requests failed {{}}", "Build again later", passing=True),
    )


def _code(reason: Exception) -> str:
    """The code that S3 answered with; "" if it did not answer."""
    answer = getattr(reason.__cause__ or reason, "response", None)
    return str(answer.get("Error", {}).get("Code", "")) if isinstance(answer, dict) else ""
