"""Decks play one file, report the position, and jump. For `audiocoach play`.

mpv comes first, because it knows every sound device; without it, miniaudio plays, from the extra
`audiocoach[play]`. A deck that produces no sound says so: without a sound card, many programs play
nothing and report success.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Protocol

from audiocoach.errors import LackError
from audiocoach.installing import extra_command

if TYPE_CHECKING:
    import array

_PATIENCE: Final = 10.0
"""Seconds that a player may take to begin."""
_ANSWER: Final = 2.0
"""Seconds that mpv may take to answer."""


class Deck(Protocol):
    """Plays one file."""

    def position(self) -> float:
        """Where the sound is, in seconds."""

    def playing(self) -> bool:
        """Whether sound comes out, or would if there were any."""

    def ended(self) -> bool:
        """Whether the file is over, or the player is gone."""

    def go(self, seconds: float) -> None:
        """Go on from there, playing."""

    def pause(self) -> None:
        """Fall silent, or sound again."""

    def close(self) -> None:
        """Let go of the device."""


def open_deck(path: Path, extra: tuple[str, ...] = ()) -> Deck:
    """Play a file with mpv (with `extra` flags) or miniaudio. Raises LackError if neither can."""
    program = shutil.which("mpv")
    if program and hasattr(socket, "AF_UNIX"):
        return MpvDeck(program, path, extra)
    try:
        return MiniaudioDeck(path)
    except ImportError:
        raise LackError(
            "there is no player here: install mpv, or run: "
            f"{extra_command('play')}; or use any other player"
        ) from None


class MpvDeck:
    """mpv as a child process, controlled through its socket (mpv's manual, "JSON IPC")."""

    def __init__(self, program: str, path: Path, extra: tuple[str, ...] = ()) -> None:
        self._folder = TemporaryDirectory(prefix="audiocoach-", ignore_cleanup_errors=True)
        address = Path(self._folder.name, "mpv")
        flags = ("--no-config", "--no-video", "--no-terminal", "--keep-open=no", *extra)
        self._child = subprocess.Popen(
            [program, *flags, f"--input-ipc-server={address}", "--", str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._at = 0.0
        self._answers = b""
        try:
            self._socket = self._connected(address)
        except BaseException:
            self.close()
            raise

    def _connected(self, address: Path) -> socket.socket:
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(_ANSWER)
        end = time.monotonic() + _PATIENCE
        while True:
            with suppress(OSError):
                line.connect(str(address))
                return line
            if self._child.poll() is not None or time.monotonic() > end:
                line.close()
                raise LackError("mpv can't play here: is there a sound device?")
            time.sleep(0.02)

    def _ask(self, *command: object) -> Any:
        """What mpv answers; None if it has gone, or does not know."""
        try:
            self._socket.sendall(json.dumps({"command": command, "request_id": 1}).encode() + b"\n")
            while True:
                while b"\n" not in self._answers:
                    received = self._socket.recv(65_536)
                    if not received:
                        return None
                    self._answers += received
                line, _, self._answers = self._answers.partition(b"\n")
                answer = json.loads(line)
                if answer.get("request_id") == 1:
                    return answer.get("data")
        except (OSError, ValueError):
            return None

    def position(self) -> float:
        """The position in seconds; while mpv jumps, the last known one."""
        at = self._ask("get_property", "time-pos")
        if isinstance(at, int | float):
            self._at = max(float(at), 0.0)
        return self._at

    def playing(self) -> bool:
        """Whether it is not paused."""
        return not self.ended() and self._ask("get_property", "pause") is False

    def ended(self) -> bool:
        """Whether mpv is gone."""
        return self._child.poll() is not None

    def go(self, seconds: float) -> None:
        """Go on from there, playing."""
        self._ask("seek", seconds, "absolute+exact")
        self._ask("set_property", "pause", False)  # noqa: FBT003 - mpv's words

    def pause(self) -> None:
        """Fall silent, or sound again."""
        self._ask("cycle", "pause")

    def close(self) -> None:
        """End mpv."""
        self._child.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(_ANSWER)
        self._child.kill()
        self._child.wait()
        if hasattr(self, "_socket"):
            self._socket.close()
        self._folder.cleanup()


class MiniaudioDeck:
    """miniaudio, which decodes and plays by itself; `backend` as its own constants have it."""

    def __init__(self, path: Path, backend: object = None) -> None:
        import miniaudio

        self._path = path
        self._miniaudio = miniaudio
        self._rate = miniaudio.get_file_info(str(path)).sample_rate
        self._length = miniaudio.get_file_info(str(path)).num_frames
        self._frame = 0
        self._paused = self._over = False
        backends = [backend] if backend is not None else None
        try:
            self._device = miniaudio.PlaybackDevice(
                nchannels=1, sample_rate=self._rate, backends=backends
            )
        except miniaudio.MiniaudioError as error:
            raise LackError(f"no sound device can be opened here ({error})") from error
        self._start(0)

    def _start(self, frame: int) -> None:
        self._frame, self._over = frame, False
        stream = self._counted(frame)
        next(stream)
        self._device.start(stream)

    def _counted(self, frame: int) -> Generator[array.array[int] | bytes, int, None]:
        """The sound from a frame on, counting what the device takes."""
        source = self._miniaudio.stream_file(
            str(self._path), nchannels=1, sample_rate=self._rate, seek_frame=frame
        )
        next(source)
        wanted = yield b""
        while True:
            if self._paused:
                wanted = yield b"\0" * (2 * wanted)
                continue
            try:
                piece = source.send(wanted)
            except StopIteration:
                self._over = True
                return
            self._frame += len(piece)
            wanted = yield piece

    def position(self) -> float:
        """How much the device took, in seconds."""
        return float(min(self._frame, self._length) / self._rate)

    def playing(self) -> bool:
        """Whether it is not paused."""
        return not self._paused and not self._over

    def ended(self) -> bool:
        """Whether the file is over."""
        return self._over

    def go(self, seconds: float) -> None:
        """Go on from there, playing."""
        self._device.stop()
        self._paused = False
        self._start(round(seconds * self._rate))

    def pause(self) -> None:
        """Fall silent, or sound again."""
        self._paused = not self._paused

    def close(self) -> None:
        """Let go of the device."""
        self._device.close()
