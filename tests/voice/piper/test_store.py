"""Adding and removing voices: folders, a mirror on localhost, and everything that goes wrong."""

from __future__ import annotations

import errno
import hashlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any
from urllib.parse import unquote, urlsplit

import pytest
from piper_tiny import NAME, description

from audiocoach.errors import VoiceError
from audiocoach.settings.surroundings import Surroundings
from audiocoach.voice import download
from audiocoach.voice.onnx import GRAPH, field
from audiocoach.voice.piper.store import PiperStore
from audiocoach.voice.piper.voice import CARD, Added, best_first, checked

MODEL = field(GRAPH, bytes(range(256)) * 1500)  # 384 kB: several chunks
CONFIG = json.dumps(description()).encode()
TREE = "en/en_US/tiny/medium"


def store() -> PiperStore:
    """The store, in the surroundings of the moment."""
    return PiperStore(Surroundings.here())


def add(name: str, **more: Any) -> Added:
    return store().add(name, **more)


def added() -> list[Added]:
    return store().added()


def remove(name: str) -> None:
    store().remove(name)


def entry(name: str, model: bytes = MODEL, config: bytes = CONFIG) -> dict[str, Any]:
    return {
        "files": {
            f"{TREE}/{file}": {
                "size_bytes": len(content),
                "md5_digest": hashlib.md5(content, usedforsecurity=False).hexdigest(),
            }
            for file, content in {f"{name}.onnx": model, f"{name}.onnx.json": config}.items()
        }
    }


class Mirror:
    """A server of voices, whose faults are set by the test."""

    def __init__(self) -> None:
        self.index: Any = {NAME: entry(NAME), "en_GB-alan-medium": {}, "pt_PT-tugão-medium": {}}
        self.files = {f"/{TREE}/{NAME}.onnx": MODEL, f"/{TREE}/{NAME}.onnx.json": CONFIG}
        self.requests: list[tuple[str, str | None]] = []
        self.ranges = True
        self.lengths = True
        self.shift = 0
        """How far from the place asked for an answer begins."""
        self.cuts: list[int] = []
        """After how many bytes of the model each answer is cut off."""
        self.statuses: list[int] = []
        """What the next requests for the model are answered instead."""
        self.redirect = ""
        self.wait = threading.Event()
        self.wait.set()
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                mirror.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """Who hangs up is the test."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, to: BaseHTTPRequestHandler) -> None:
        path = unquote(urlsplit(to.path).path)
        asked = to.headers["Range"]
        self.requests.append((path, asked))
        if path == "/voices.json":
            content = (
                self.index if isinstance(self.index, bytes) else json.dumps(self.index).encode()
            )
            self.send(to, 200, content)
            return
        if self.redirect and not path.startswith("/moved"):
            to.send_response(302)
            to.send_header("Location", self.redirect + path)
            to.send_header("Content-Length", "0")
            to.end_headers()
            return
        is_model = path.endswith(".onnx")
        if is_model and self.statuses:
            self.send(to, self.statuses.pop(0), b"sorry")
        elif path.removeprefix("/moved") not in self.files:
            self.send(to, 404, b"not here")
        else:
            content = self.files[path.removeprefix("/moved")]
            cut = self.cuts.pop(0) if is_model and self.cuts else None
            start = int(asked[6:-1]) + self.shift if asked and self.ranges else 0
            self.send(to, 206 if asked and self.ranges else 200, content, start, cut)

    def send(
        self,
        to: BaseHTTPRequestHandler,
        status: int,
        content: bytes,
        start: int = 0,
        cut: int | None = None,
    ) -> None:
        body = content[start:]
        to.send_response(status)
        if status == 206:
            to.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        if status in (429, 503):
            to.send_header("Retry-After", "7")
        if self.lengths:
            to.send_header("Content-Length", str(len(body)))
        to.end_headers()
        begun = 1000 if cut is None else min(1000, cut)
        to.wfile.write(body[:begun])
        self.wait.wait(20)
        to.wfile.write(body[begun:cut])
        if cut is not None:
            to.close_connection = True
            to.connection.shutdown(socket.SHUT_RDWR)

    def asked(self, ending: str = ".onnx") -> list[str | None]:
        """The ranges asked for of each request for a file."""
        return [span for path, span in self.requests if path.endswith(ending)]


@pytest.fixture
def mirror(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    here = Mirror()
    thread = threading.Thread(target=here.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    monkeypatch.setenv("AUDIOCOACH_PIPER_VOICES", here.base)
    yield here
    here.wait.set()
    here.server.shutdown()
    here.server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was slept between attempts, without sleeping."""
    slept: list[float] = []
    clock = SimpleNamespace(sleep=slept.append, time=time.time)
    monkeypatch.setattr("urllib3.util.retry.time", clock)
    return slept


@pytest.fixture(autouse=True)
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AUDIOCOACH_VOICES", str(tmp_path / "voices"))
    return tmp_path / "voices" / "piper"


def parts(voices: Path) -> list[Path]:
    """What is in the workshop, locks aside."""
    return [p for p in (voices / ".partial").rglob("*") if p.is_file() and p.suffix != ".lock"]


def whole(voices: Path) -> bool:
    folder = voices / NAME
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    return files == {f"{NAME}.onnx": MODEL, f"{NAME}.onnx.json": CONFIG} and not parts(voices)


# From the web


def test_a_voice_is_downloaded_checked_and_found(mirror: Mirror, voices: Path) -> None:
    told: list[tuple[int, int]] = []
    voice = add(NAME, progress=lambda done, total: told.append((done, total)))
    assert whole(voices)
    assert added() == [voice]
    assert (voice.name, voice.language, voice.quality, voice.speakers) == (
        NAME,
        "en_US",
        "medium",
        1,
    )
    assert voice.size == len(MODEL) + len(CONFIG)
    assert told == sorted(told)
    assert told[-1] == (voice.size, voice.size)
    assert {total for _, total in told} == {voice.size}


def test_its_card_comes_along_and_is_not_waited_for(mirror: Mirror, voices: Path) -> None:
    mirror.files[f"/{TREE}/{CARD}"] = b"* License: CC0\n"
    assert add(NAME).licence == "CC0"
    assert (voices / NAME / CARD).is_file()
    remove(NAME)
    del mirror.files[f"/{TREE}/{CARD}"]
    assert add(NAME).licence == ""
    assert whole(voices)


def test_a_voice_that_is_there_is_not_asked_for(mirror: Mirror) -> None:
    first = add(NAME)
    mirror.requests.clear()
    assert add(f" {NAME} ") == first
    assert mirror.requests == []


def test_the_argument_goes_before_the_environment(
    mirror: Mirror, voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOCOACH_PIPER_VOICES", "/nowhere")
    add(NAME, source=f"{mirror.base}/")
    assert whole(voices)


def test_a_mirror_that_redirects(mirror: Mirror, voices: Path) -> None:
    mirror.redirect = f"{mirror.base}/moved"
    mirror.cuts = [150_000]
    add(NAME)
    assert whole(voices)
    assert "bytes=150000-" in mirror.asked()  # and the redirected request has the range, too


@pytest.mark.parametrize("target", ["ftp://127.0.0.1/x", "file:" + "///etc/passwd", "gopher://x/"])
def test_a_redirect_to_another_scheme_is_refused(mirror: Mirror, target: str) -> None:
    mirror.redirect = target
    with pytest.raises(VoiceError, match=r"(unsafe|not allowed)"):
        add(NAME)


def test_a_proxy_is_used(mirror: Mirror, voices: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", mirror.base)
    add(NAME, source="http://voices.invalid")
    assert whole(voices)


def test_a_name_with_letters_of_its_language(mirror: Mirror) -> None:
    name, tree = "pt_PT-tugão-medium", "pt/pt_PT/tugão/medium"
    mirror.index[name] = entry(name)
    mirror.files = {f"/{tree}/{name}.onnx": MODEL, f"/{tree}/{name}.onnx.json": CONFIG}
    assert add("pt_PT-tuga\u0303o-medium").name == name
    assert store().find("PT_pt-tuga\u0303o-medium") is not None


# Breaking off


def test_a_cut_download_goes_on_where_it_stopped(
    mirror: Mirror, voices: Path, naps: list[float]
) -> None:
    mirror.cuts = [100_000, 50_000]
    add(NAME)
    assert whole(voices)
    assert mirror.asked() == [None, "bytes=100000-", "bytes=150000-"]
    assert naps == [1.0, 1.0]  # each got further


def test_a_server_without_ranges_is_read_from_the_start(mirror: Mirror, voices: Path) -> None:
    mirror.cuts = [100_000]
    mirror.ranges = False
    told: list[int] = []
    add(NAME, progress=lambda done, _: told.append(done))
    assert whole(voices)
    assert mirror.asked() == [None, "bytes=100000-"]
    assert told[told.index(100_000) + 1] == 0


@pytest.mark.parametrize("shift", [-5, 5])
def test_an_answer_for_another_part_is_not_used(mirror: Mirror, voices: Path, shift: int) -> None:
    mirror.cuts = [100_000]
    mirror.shift = shift
    with pytest.raises(VoiceError, match="another part of the file"):
        add(NAME)
    assert [part.stat().st_size for part in parts(voices)] == [100_000]


def test_a_server_that_says_no_lengths(mirror: Mirror, voices: Path) -> None:
    mirror.lengths = False
    mirror.cuts = [100_000]
    add(NAME)
    assert whole(voices)


def test_an_interrupted_download_is_kept_for_the_next_call(mirror: Mirror, voices: Path) -> None:
    mirror.cuts = [100_000, *[0] * download.ATTEMPTS]
    with pytest.raises(
        VoiceError, match=r"at 0\.1 of 0\.4 MB.*what has arrived is kept.*same command"
    ):
        add(NAME)
    assert added() == []
    assert not (voices / NAME).exists()
    assert [part.stat().st_size for part in parts(voices)] == [100_000]
    mirror.requests.clear()
    mirror.cuts = []
    add(NAME)
    assert mirror.asked() == ["bytes=100000-"]
    assert whole(voices)


def test_ctrl_c_keeps_what_has_come(mirror: Mirror, voices: Path) -> None:
    def press(done: int, _: int) -> None:
        if done > 100_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(NAME, progress=press)
    assert added() == []
    mirror.requests.clear()
    add(NAME)
    (span,) = mirror.asked()
    assert int((span or "bytes=0-")[6:-1]) > 100_000
    assert whole(voices)


def test_the_beginning_of_another_release_is_not_continued(mirror: Mirror, voices: Path) -> None:
    mirror.cuts = [100_000, *[0] * download.ATTEMPTS]
    with pytest.raises(VoiceError):
        add(NAME)
    newer = field(GRAPH, MODEL[::-1])
    mirror.index[NAME] = entry(NAME, newer)
    mirror.files[f"/{TREE}/{NAME}.onnx"] = newer
    mirror.cuts = []
    add(NAME)
    assert (voices / NAME / f"{NAME}.onnx").read_bytes() == newer
    assert len(list((voices / NAME).iterdir())) == 2


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_an_answer_that_may_change_is_asked_again(
    mirror: Mirror, voices: Path, naps: list[float], status: int
) -> None:
    mirror.statuses = [status, status]
    add(NAME)
    assert whole(voices)
    assert naps == ([7.0, 7.0] if status in (429, 503) else [1.0, 2.0])


def test_it_gives_up_in_the_end(mirror: Mirror, naps: list[float]) -> None:
    mirror.statuses = [500] * 100
    with pytest.raises(VoiceError, match=r"127\.0\.0\.1 \(it answers 500.*HTTPS_PROXY"):
        add(NAME)
    assert naps == [1.0, 2.0, 4.0, 8.0]


def test_a_server_that_falls_silent_is_given_up(
    mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "TIMEOUT", 0.05)
    mirror.wait.clear()
    with pytest.raises(VoiceError, match=r"timed out.*run the same command again"):
        add(NAME)


def test_a_slow_server_is_waited_for(mirror: Mirror, voices: Path) -> None:
    mirror.wait.clear()
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(add, NAME)
        assert not job.done()
        mirror.wait.set()
        job.result()
    assert whole(voices)


def test_no_network_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(VoiceError, match=r"list of voices.*refused.*mirror or a folder") as error:
        add(NAME, source=f"http://127.0.0.1:{port}")
    assert "\n" not in str(error.value)


# What is refused


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("en_US-tinny-medium", f"did you mean {NAME}"),
        ("en_GB-allan-medium", "did you mean en_GB-alan-medium"),
        ("xh_ZA-zzzzz-high", "can be heard at"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(mirror: Mirror, name: str, says: str) -> None:
    with pytest.raises(VoiceError, match=says):
        add(name)
    assert mirror.asked() == []


@pytest.mark.parametrize(
    "name",
    [
        "",
        "lessac",
        "../../etc/passwd",
        "en_US-../x-medium",
        "en_US-a/b-medium",
        "en_US-a\\b-medium",
        "en_US-tiny-medium/..",
        "en_US-tiny-medium\x00",
        "en_US-tiny-medium\n../x",
        "/etc/en_US-tiny-medium",
        "C:en_US-tiny-medium",
        "en_US-" + "a" * 200 + "-medium",
        "en_US-tiny-medium?x=1",
        ".partial",
    ],
)
def test_what_is_no_name_is_refused_before_anything_is_done(voices: Path, name: str) -> None:
    for action, wrong in (
        (add, "names look like en_US-ljspeech-medium"),
        (remove, "there is no voice .* to remove; added: none"),
        (checked, "names look like en_US-ljspeech-medium"),
    ):
        with pytest.raises(VoiceError, match=wrong) as error:
            action(name)
        assert "\n" not in str(error.value)
    assert not voices.exists()


def test_a_missing_file_is_refused_at_once(mirror: Mirror, naps: list[float]) -> None:
    del mirror.files[f"/{TREE}/{NAME}.onnx.json"]
    with pytest.raises(VoiceError, match=r"404 .*must be that of a copy of"):
        add(NAME)
    assert (naps, added()) == ([], [])


def test_a_wrong_checksum_is_refused_and_deleted(mirror: Mirror, voices: Path) -> None:
    mirror.files[f"/{TREE}/{NAME}.onnx"] = MODEL[:-1] + b"x"
    with pytest.raises(VoiceError, match=r"damaged: .* checksum .* deleted"):
        add(NAME)
    assert (added(), parts(voices)) == ([], [])


@pytest.mark.parametrize("lengths", [True, False])
@pytest.mark.parametrize("model", [MODEL[:-1], MODEL + b"x", b"<html>Please log in</html>"])
def test_a_wrong_size_is_refused(mirror: Mirror, model: bytes, lengths: bool) -> None:
    mirror.files[f"/{TREE}/{NAME}.onnx"] = model
    mirror.lengths = lengths
    if not lengths and len(model) > len(MODEL):  # only what should be there is read
        assert add(NAME).name == NAME
        return
    with pytest.raises(VoiceError, match=rf"with {len(model)} bytes instead of {len(MODEL)}"):
        add(NAME)
    assert added() == []


@pytest.mark.parametrize("index", [b"<html>", b"[]", b"", b"\xff\xfe"])
def test_an_index_that_is_none_is_refused(mirror: Mirror, index: bytes) -> None:
    mirror.index = index
    with pytest.raises(VoiceError, match="is not the index of a collection of Piper voices"):
        add(NAME)


@pytest.mark.parametrize(
    "value", [{}, 7, {"files": {}}, {"files": []}, {"files": {f"{NAME}.onnx": 1}}]
)
def test_an_index_that_says_too_little_is_refused(mirror: Mirror, value: Any) -> None:
    mirror.index[NAME] = value
    with pytest.raises(VoiceError, match="does not say what"):
        add(NAME)


@pytest.mark.parametrize("config", [b"{", b"[]", b"{}", b'{"audio": {"sample_rate": 1}}'])
def test_a_description_that_is_none_is_refused(mirror: Mirror, config: bytes) -> None:
    mirror.index[NAME] = entry(NAME, MODEL, config)
    mirror.files[f"/{TREE}/{NAME}.onnx.json"] = config
    with pytest.raises(VoiceError, match="not one of a Piper voice"):
        add(NAME)
    assert added() == []


def test_a_full_disk_is_one_line_and_what_has_come_is_kept(
    mirror: Mirror, voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_disk(monkeypatch, after=2)
    with pytest.raises(VoiceError, match=r"No space left.*takes 0 MB.*are free.*AUDIOCOACH_VOICES"):
        add(NAME)
    monkeypatch.undo()
    monkeypatch.setenv("AUDIOCOACH_VOICES", str(voices.parent))
    (part,) = parts(voices)
    have = part.stat().st_size
    mirror.requests.clear()
    add(NAME, source=mirror.base)
    assert mirror.asked() == [f"bytes={have}-"]
    assert whole(voices)


def fill_disk(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    original: Callable[..., IO[bytes]] = Path.open
    writes = 0

    def opened(self: Path, mode: str = "r", *args: Any, **more: Any) -> IO[bytes]:
        file = original(self, mode, *args, **more)
        return _Full(file) if self.suffix == ".part" and mode in ("ab", "wb") else file  # type: ignore[return-value]

    class _Full:
        def __init__(self, file: IO[bytes]) -> None:
            self._file = file
            self.name = file.name

        def write(self, chunk: bytes) -> int:
            nonlocal writes
            writes += 1
            if writes > after:
                raise OSError(errno.ENOSPC, "No space left on device")
            return self._file.write(chunk)

        def flush(self) -> None:
            self._file.flush()

        def __enter__(self) -> _Full:
            return self

        def __exit__(self, *_: object) -> None:
            self._file.close()

    monkeypatch.setattr(Path, "open", opened)


def test_a_place_that_is_no_folder_is_one_line(tmp_path: Path, voices: Path) -> None:
    voices.parent.write_text("a file")
    assert added() == []
    with pytest.raises(
        VoiceError, match=r"folder of voices .* cannot be changed.*AUDIOCOACH_VOICES"
    ):
        add(NAME, source=tmp_path)


# Two at once


def test_two_adds_at_once_download_once(mirror: Mirror, voices: Path) -> None:
    mirror.wait.clear()
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(add, NAME) for _ in range(2)]
        mirror.wait.set()
        first, second = (job.result() for job in jobs)
    assert first == second
    assert mirror.asked() == [None]
    assert whole(voices)


# From a folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the tree."""
    place = tmp_path / "copy" / TREE
    place.mkdir(parents=True)
    (place / f"{NAME}.onnx").write_bytes(MODEL)
    (place / f"{NAME}.onnx.json").write_bytes(CONFIG)
    (tmp_path / "copy/voices.json").write_text(json.dumps({NAME: entry(NAME)}))
    return tmp_path / "copy"


def test_a_copy_of_the_tree(folder: Path, voices: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIOCOACH_PIPER_VOICES", str(folder))
    told: list[tuple[int, int]] = []
    voice = add(NAME, progress=lambda done, total: told.append((done, total)))
    assert whole(voices)
    assert told[-1] == (voice.size, voice.size)


def test_a_folder_with_just_the_two_files(folder: Path, voices: Path) -> None:
    add(NAME, source=folder / TREE)
    assert whole(voices)


def test_the_card_beside_them_comes_along(folder: Path, voices: Path) -> None:
    (folder / TREE / CARD).write_text("* License: CC BY 4.0\n")
    assert add(NAME, source=folder).licence == "CC BY 4.0"
    assert not parts(voices)


def test_a_damaged_file_in_a_folder_is_refused(folder: Path, voices: Path) -> None:
    (folder / TREE / f"{NAME}.onnx").write_bytes(MODEL[:-1])
    with pytest.raises(VoiceError, match="damaged"):
        add(NAME, source=folder)
    assert added() == []
    (folder / TREE / f"{NAME}.onnx").write_bytes(MODEL)
    add(NAME, source=folder)
    assert whole(voices)


@pytest.mark.parametrize("content", [MODEL[:-1], b"<html>Not found</html>", b"\x08\x07", b""])
def test_a_model_that_is_cut_is_refused_without_an_index_too(
    folder: Path, voices: Path, content: bytes
) -> None:
    (folder / TREE / f"{NAME}.onnx").write_bytes(content)
    with pytest.raises(
        VoiceError, match=rf"{NAME}\.onnx, 0 MB\) is cut off, or not a model; get it"
    ):
        add(NAME, source=folder / TREE)
    assert added() == []
    (folder / TREE / f"{NAME}.onnx").write_bytes(MODEL)
    add(NAME, source=folder / TREE)
    assert whole(voices)


def test_what_a_folder_lacks_is_named(folder: Path) -> None:
    (folder / TREE / f"{NAME}.onnx.json").unlink()
    with pytest.raises(VoiceError, match=rf"{NAME}\.onnx\.json missing"):
        add(NAME, source=folder)
    with pytest.raises(VoiceError, match="there is no folder"):
        add(NAME, source=folder / "none")
    with pytest.raises(VoiceError, match="there is no folder"):
        add(NAME, source="ftp://127.0.0.1")


# What is there


def test_what_is_not_whole_does_not_count_and_is_replaced(folder: Path, voices: Path) -> None:
    (voices / NAME).mkdir(parents=True)
    (voices / NAME / f"{NAME}.onnx").write_bytes(MODEL[:100])
    (voices / "notes.txt").write_text("mine")
    (voices / "en_US-odd-medium").mkdir()
    (voices / "en_US-odd-medium/en_US-odd-medium.onnx.json").write_text('{"audio": 3}')
    assert added() == []
    add(NAME, source=folder)
    assert whole(voices)
    assert [voice.name for voice in added()] == [NAME]


def test_removing(folder: Path, voices: Path) -> None:
    add(NAME, source=folder)
    with pytest.raises(VoiceError, match=rf"did you mean {NAME}\? added: {NAME}"):
        remove("en_US-tiny-high")
    remove(NAME)
    assert added() == []
    assert parts(voices) == []
    with pytest.raises(VoiceError, match="added: none"):
        remove(NAME)


def test_removing_what_was_begun(mirror: Mirror, voices: Path) -> None:
    mirror.cuts = [100_000, *[0] * download.ATTEMPTS]
    with pytest.raises(VoiceError):
        add(NAME)
    remove(NAME)
    assert parts(voices) == []


def test_the_folder_of_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AUDIOCOACH_VOICES")
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    assert store().root == tmp_path / "data/voices/piper"


def test_the_best_come_first(folder: Path) -> None:
    names = ["en_GB-a-low", "en_US-b-medium", "en_US-c-high", "de_DE-d-high", "en_GB-e-x_low"]
    flat = folder / "flat"
    flat.mkdir()
    for name in names:
        (flat / f"{name}.onnx").write_bytes(MODEL)
        config = description(language=name[:5])
        (flat / f"{name}.onnx.json").write_text(json.dumps(config))
        add(name, source=flat)
    assert [voice.name[:7] for voice in best_first(added(), "en-GB")] == [
        "en_GB-a",
        "en_GB-e",
        "en_US-c",
        "en_US-b",
    ]
    assert best_first(added(), "en")[0].name == "en_US-c-high"
    assert best_first(added(), "fr") == []
