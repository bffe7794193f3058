"""The command serve as a process: where it listens, who gets in, how it ends."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from running import PATIENCE, call, environment, tiny
from serving import serving


def fetched(address: str, host: str = "") -> tuple[int, bytes]:
    """The status and the body of what is at an address."""
    status, _, body = asked(address, Host=host or urlsplit(address).netloc)
    return status, body


def asked(address: str, **headers: str) -> tuple[int, str, bytes]:
    """The status, the ETag and the body of the answer to these headers."""
    parts = urlsplit(address)
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    with closing(HTTPConnection(parts.netloc, timeout=PATIENCE)) as connection:
        connection.request("GET", parts.path, headers=named)
        reply = connection.getresponse()
        return reply.status, reply.getheader("etag", ""), reply.read()


def test_two_servers_give_the_same_bytes_as_a_build(tmp_path: Path, cache: Path) -> None:
    routine = tiny(tmp_path)
    empty = tmp_path / "cache"
    with serving(tmp_path, empty) as (first, _), serving(tmp_path, empty) as (second, _):
        assert re.fullmatch(r"http://127\.0\.0\.1:[0-9]+/", first)
        with ThreadPoolExecutor(2) as pool:
            paths = [f"{address}s/tiny/pace=slow.mp3" for address in (first, second)]
            one, two = pool.map(fetched, paths)
    done = call(
        "build", routine, "--voice", "espeak", "--pace", "slow", "-o", "a.mp3",
        cwd=tmp_path, cache=cache,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert one == two == (200, (tmp_path / "a.mp3").read_bytes())


def test_two_servers_are_one_for_who_asks(tmp_path: Path, cache: Path) -> None:
    """As behind a proxy: one gives the beginning, the other the end, and it is the same."""
    tiny(tmp_path)
    with serving(tmp_path, cache) as (first, _), serving(tmp_path, cache) as (second, _):
        for path in ("s/tiny/from/9000.mp3", "s/tiny.html", "s/tiny.json"):
            one, other = asked(f"{first}{path}"), asked(f"{second}{path}")
            assert one == other
            assert one[0] == 200
        status, tag, begun = asked(f"{first}s/tiny.mp3", Range="bytes=0-49999")
        assert (status, len(begun)) == (206, 50_000)
        status, _, ended = asked(f"{second}s/tiny.mp3", Range="bytes=50000-", If_Range=tag)
        assert status == 206
        assert asked(f"{second}s/tiny.mp3", If_None_Match=tag)[0] == 304
        assert begun + ended == fetched(f"{first}s/tiny.mp3")[1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no Ctrl-C to one process")
def test_a_stopped_server_says_so_and_said_nothing_of_its_listeners(
    tmp_path: Path, cache: Path
) -> None:
    tiny(tmp_path)
    with serving(tmp_path, cache) as (address, process):
        assert fetched(f"{address}s/tiny.mp3")[0] == 200
        assert fetched(f"{address}s/tiny.vtt")[0] == 200
        assert fetched(f"{address}s/my-knee.mp3")[0] == 404
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert (out, process.returncode) == ("", 0)
    assert err.splitlines() == [
        "Only this computer can open it. Ctrl-C stops.",
        "audiocoach: stopped",
    ]


def test_in_the_network_there_is_an_address_nobody_guesses(tmp_path: Path, cache: Path) -> None:
    tiny(tmp_path)
    addresses = []
    for flags in (["--lan"], ["--lan"], ["--lan", "--new-path"]):
        with serving(tmp_path, cache, *flags) as (address, _):
            found = re.fullmatch(r"http://([0-9.]+):([0-9]+)/([\w-]{20})/", address)
            assert found, address
            host, port, secret = found.groups()
            here = f"http://127.0.0.1:{port}"
            assert fetched(f"{here}/{secret}/s/tiny.lrc", host)[0] == 200
            for path in ("", "s/tiny.lrc", "x" * 20 + "/s/tiny.lrc"):
                assert fetched(f"{here}/{path}", host)[0] == 404
            addresses.append(secret)
    first, again, other = addresses
    assert first == again  # so that a feed that is followed is there tomorrow
    assert first != other
    kept = tmp_path / "server-path"
    assert kept.read_text("ascii").strip() == other
    assert sys.platform == "win32" or kept.stat().st_mode & 0o077 == 0


def skill(folder: Path, application: str = "amzn1.ask.skill.ours") -> Path:
    """As much of a skill as a server needs to start."""
    sessions = {"tiny/en/normal": {"url": "https://coach.example.org/x/s/tiny.mp3"}}
    folder.mkdir()
    told = {"application": application, "words": {}, "sessions": sessions}
    (folder / "sessions.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


def test_what_alexa_did_not_sign_is_refused(tmp_path: Path, cache: Path) -> None:
    tiny(tmp_path)
    name = "coach.example.org"
    with serving(tmp_path, cache, "--lan", "--alexa", str(skill(tmp_path / "skill"))) as (at, _):
        here = urlsplit(at)
        statuses = []
        for path in (f"{here.path}alexa", f"{here.path}s/tiny.mp3", "/alexa"):
            with closing(HTTPConnection("127.0.0.1", here.port, timeout=PATIENCE)) as connection:
                connection.request("POST", path, b"{}", headers={"Host": name})
                reply = connection.getresponse()
                statuses.append(reply.status)
                if path.endswith(f"{here.path}alexa"):
                    assert b"not where Amazon keeps them" in reply.read()
        assert statuses == [400, 405, 404]
        lines = f"http://127.0.0.1:{here.port}{here.path}s/tiny.lrc"
        assert fetched(lines, name)[0] == 200, "Alexa fetches the sound by that name"


def test_who_sends_half_a_request_is_not_waited_for(tmp_path: Path, cache: Path) -> None:
    program = (
        "import sys; from audiocoach.server import run; run._ASKING = 0.2;"
        "from audiocoach.cli import main; main()"
    )
    start = [sys.executable, "-c", program, "serve", "--port", "0"]
    with subprocess.Popen(
        start, env=environment(cache), stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            assert process.stdout
            port = int(process.stdout.readline().rstrip("/\n").rpartition(":")[2])
            for sent in (b"", b"GET / HTTP/1.1\r\nHost: ", b"GET / HTTP/1.1\r\n\r\nGET /"):
                with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as client:
                    client.sendall(sent)
                    while client.recv(4096):
                        pass
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--routines", "nowhere"], "--routines: nowhere is not a folder"),
        (["--new-path"], "--new-path: only with --lan is there such an address"),
        (["--alexa", "skill"], "--alexa: only with --lan is there such an address"),
        (["--lan", "--alexa", "skill", "--offline"], "--alexa: its answers go to Amazon"),
        (["--lan", "--alexa", "nowhere"], "--alexa: nowhere contains no sessions.json of a skill"),
        (["--lan", "--alexa", "skill"], "--alexa: skill does not contain the ID of your skill"),
        (["--voice", "gtts"], "gtts is an online voice: the texts of all who open these pages"),
        (["--voice", "nobody"], "there is no voice engine 'nobody'"),
    ],
)
def test_what_a_server_can_not_start_with(
    tmp_path: Path, cache: Path, flags: list[str], message: str
) -> None:
    skill(tmp_path / "skill", application="")
    done = call("serve", *flags, cwd=tmp_path, cache=cache)
    assert done.returncode in (2, 5)
    assert done.stderr.startswith(f"audiocoach: {message}")


def test_a_port_that_is_taken_is_told(tmp_path: Path, cache: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        done = call("serve", "--port", port, cwd=tmp_path, cache=cache)
    assert done.returncode == 2
    assert done.stderr.startswith(f"audiocoach: --port: {port} can't be used (")


def test_without_the_extra_serve_names_it(tmp_path: Path, cache: Path) -> None:
    with patch.dict(sys.modules, {"uvicorn": None, "audiocoach.server.run": None}):
        done = call("serve", cwd=tmp_path, cache=cache)
    assert done.returncode == 8
    assert "-m pip install 'segno>=1.6' 'uvicorn>=0.40'" in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_the_extra_alexa_names_it(tmp_path: Path, cache: Path) -> None:
    lacking = {"cryptography": None, "audiocoach.assistant.alexa.endpoint": None}
    with patch.dict(sys.modules, lacking):
        done = call("serve", "--lan", "--alexa", "skill", cwd=tmp_path, cache=cache)
    assert done.returncode == 8
    assert "-m pip install 'cryptography>=45'" in done.stderr
    assert done.stderr.count("\n") == 1
