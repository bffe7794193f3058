"""Decodes an M4B, by the extra `m4b`: libsndfile knows no AAC."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from audiocoach.errors import VerificationError

if TYPE_CHECKING:
    from av.audio import AudioStream
    from av.container import InputContainer

_FLOATS = "fltp"
"""What AAC is decoded to: floats, each channel by itself."""


def is_mp4(path: Path) -> bool:
    """Whether a file says that it is an MP4."""
    with path.open("rb") as file:
        return file.read(8)[4:] == b"ftyp"


class Mp4:
    """The sound of an MP4, read as a `soundfile.SoundFile` is."""

    format, subtype = "M4B", "AAC"

    def __init__(self, container: InputContainer, stream: AudioStream) -> None:
        self.samplerate = int(stream.rate)
        self.channels = int(stream.codec_context.channels)
        # FFmpeg's own tool leaves out what fills the last frame; its library tells how much is due.
        told = (stream.duration or 0) * (stream.time_base or 0) * self.samplerate
        self.frames = round(told)
        self._decoded = container.decode(stream)
        self._at = 0

    def read(self, *_arguments: Any, **_more: Any) -> NDArray[np.float32]:
        """Some of the sound, a row a sample; none at its end."""
        for frame in self._decoded:
            if (frame.format.name, frame.layout.nb_channels) != (_FLOATS, self.channels):
                break  # it is damaged; of channels it did not tell of, PyAV has no memory
            sound = np.asarray(frame.to_ndarray().T, np.float32)
            kept = sound[: max(self.frames - self._at, 0)] if self.frames else sound
            self._at += len(sound)
            if len(kept):
                return kept
        return np.zeros((0, self.channels), np.float32)


@contextmanager
def opened_mp4(path: Path) -> Iterator[Mp4]:
    """The sound of a file. Raises VerificationError where it can't be decoded, now or later."""
    try:
        import av
    except ImportError:
        from audiocoach.installing import install_command

        install = install_command("audiocoach[m4b]")
        raise VerificationError(f"{path} needs the extra m4b to be decoded: {install}") from None
    try:
        with av.open(path) as container:
            known = [each for each in container.streams.audio if _is_aac(each)]
            if not known:
                raise VerificationError(f"{path} can't be decoded: there is no AAC in it")
            yield Mp4(container, known[0])
    except (av.FFmpegError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is damaged"
        raise VerificationError(f"{path} can't be decoded: {why}; build it again") from error


def _is_aac(stream: AudioStream) -> bool:
    """Whether it can be decoded: what is damaged may have no decoder, no rate or no channel."""
    codec: Any = stream.codec_context
    return bool(codec and codec.sample_rate and codec.channels and stream.format.name == _FLOATS)
