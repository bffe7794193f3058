"""The process in which Kokoro speaks; audiocoach itself imports only its numbers.

`main` is given MODEL STYLE TEMPO TEMPO-ALONE LIBRARY DATA LANGUAGE, and runs in the folder that
holds DATA.
Requests and answers are those of eSpeak's worker; the samples are 16 bit mono at 24 kHz.

What is spoken are phonemes of our own eSpeak: a text is read stretch by stretch between its
marks, and the marks put back, as Kokoro's own reader does it (kokoro-onnx 0.6.1 with phonemizer
gave the same phonemes in all 1201 texts of our routines). Each piece is spoken by itself: memory
grows with the square of its length (410 MB at 8 s). The network draws no random
numbers, and one thread a piece makes the bytes the same in any order and process on a machine.

It speaks at its own pace. Told to be slower, it stretches the silence before a text too, and fills
it with sound: of 38 short cues all were heard right at speed 1, and at 0.84, with that sound cut
off as well as may be, five were not. So what it said is stretched here, where the stretcher takes
no memory of audiocoach itself.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import sys
from collections.abc import Sequence
from ctypes import POINTER, byref, c_char_p, c_int
from pathlib import Path
from typing import TYPE_CHECKING, Final

from audiocoach.voice.espeak.worker import (
    DONT_EXIT,
    HEADER,
    LENGTH,
    REFUSED,
    SPOKEN,
    SYNCHRONOUS,
    TOO_LONG,
    UTF8_TEXT,
    RefusedError,
)
from audiocoach.voice.espeak.worker import SAMPLE_RATE as ESPEAK_RATE

if TYPE_CHECKING:
    from audiocoach.tempo import Samples

SAMPLE_RATE: Final = 24_000
MOST_SECONDS: Final = 55
"""So that an answer is no longer than eSpeak's may be."""
ALONE: Final = 2
"""Words that are not slowed, at most: what stands alone has its time already.

Stretched, "two" swells in the middle of its vowel: by Marcus's measure it is heard 60 ms later than
its neighbours, and counts from 1 to 10 are 55 ms apart, unstretched 27 ms.
"""
MOST_PHONEMES: Final = 150
"""Of a piece: about 8 s."""
IPA: Final = 2
MARKS: Final = ';:,.!?¡¿—…"«»“”(){}[]'
VOCABULARY: Final = Path(__file__).with_name("vocabulary.json")
"""From the network's config.json (hexgrad/Kokoro-82M, Apache-2.0): the number of each phoneme."""

_STRETCHES: Final = re.compile(rf"((?:\s*[{re.escape(MARKS)}]+\s*)+)")
_BREAKS: Final = tuple(map(re.compile, ("(?s:.*[.!?…] )", "(?s:.*[;:—,] )", "(?s:.* )")))
"""Up to the last place where a piece may end, the best kind first."""
_FOREIGN: Final = re.compile(r"\([a-z-]+\)")
"""How eSpeak marks a word that it reads as one of another language."""


class Reader:
    """Texts to phonemes, by eSpeak. Raises RefusedError when it does not start."""

    def __init__(self, library: str, data: str, language: str) -> None:
        espeak = ctypes.CDLL(library)
        if espeak.espeak_Initialize(SYNCHRONOUS, 0, os.fsencode(data), DONT_EXIT) != ESPEAK_RATE:
            raise RefusedError("eSpeak does not start with the data it came with")
        if espeak.espeak_SetVoiceByName(os.fsencode(language)) != 0:
            raise RefusedError(f"eSpeak does not take the voice '{language}'")
        self._read = espeak.espeak_TextToPhonemes
        self._read.restype = c_char_p
        self._read.argtypes = [POINTER(c_char_p), c_int, c_int]
        self._numbers: dict[str, int] = json.loads(VOCABULARY.read_text("utf-8"))

    def phonemes(self, text: str) -> str:
        """Those of a text that the network knows, with its marks."""
        parts = enumerate(_STRETCHES.split(text.strip()))
        read = "".join(part if n % 2 else self._stretch(part) for n, part in parts)
        return "".join(each for each in _FOREIGN.sub("", read) if each in self._numbers).strip()

    def tokens(self, phonemes: str) -> list[int]:
        """Their numbers."""
        return [self._numbers[each] for each in phonemes]

    def _stretch(self, text: str) -> str:
        rest = c_char_p(text.encode())
        read = []
        while rest.value:
            found = self._read(byref(rest), UTF8_TEXT, IPA)
            read.append((found or b"").decode("utf-8", "replace"))
        return " ".join(read).strip()


def pieces(phonemes: str) -> list[str]:
    """The phonemes in pieces of at most `MOST_PHONEMES`, cut where a reader would pause."""
    found = []
    while len(phonemes) > MOST_PHONEMES:
        begin = phonemes[:MOST_PHONEMES]
        cut = next((ended.end() for each in _BREAKS if (ended := each.match(begin))), len(begin))
        found.append(phonemes[:cut].strip())
        phonemes = phonemes[cut:].strip()
    return [piece for piece in (*found, phonemes) if piece]


class Kokoro:
    """The network with one voice. Raises RefusedError when it can't be used.

    `tempo` is how much faster its speech is made, pitch kept; `alone`, what stands alone.
    """

    def __init__(
        self, model: str, style: str, reader: Reader, tempo: float = 1.0, alone: float = 1.0
    ) -> None:
        import numpy as np
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_mem_pattern = False  # it would hold 140 MB more for a length said twice
        options.log_severity_level = 4  # what matters comes as an exception
        try:
            self._session = onnxruntime.InferenceSession(
                quicker(model), options, providers=["CPUExecutionProvider"]
            )
            self._session._model_bytes = b""  # else it keeps 93 MB that nothing reads again
            self._styles = np.fromfile(style, "<f4").reshape(-1, 1, 256)
        except Exception as reason:
            raise RefusedError(f"Kokoro can't be loaded ({_first_line(reason)})") from reason
        self._speed = np.ones(1, np.float32)
        self._reader = reader
        self._tempo, self._alone = tempo, alone

    def speak(self, text: str) -> tuple[int, bytes]:
        """The status and the samples of a text; no samples if no letter in it has a sound."""
        phonemes = self._reader.phonemes(text)
        if not any(each.isalpha() for each in phonemes):
            return SPOKEN, b""
        said: list[Samples] = []
        tempo = self._alone if len(text.split()) <= ALONE else self._tempo
        for piece in pieces(phonemes):
            said.append(self._piece(piece))
            if sum(map(len, said)) > tempo * MOST_SECONDS * SAMPLE_RATE:
                return TOO_LONG, b""
        return SPOKEN, _pcm(said, tempo)

    def _piece(self, phonemes: str) -> Samples:
        import numpy as np

        tokens = self._reader.tokens(phonemes)
        style = self._styles[min(len(tokens), len(self._styles)) - 1]
        given = {"tokens": [[0, *tokens, 0]], "style": style, "speed": self._speed}
        sound: Samples = self._session.run(["audio"], given)[0].ravel()
        if not np.isfinite(sound).all():
            raise ValueError("it comes out as noise")
        return sound


def _pcm(said: Sequence[Samples], tempo: float) -> bytes:
    """What was said, in 16 bits, and so much faster."""
    import numpy as np

    from audiocoach.tempo import change_tempo

    sound = np.concatenate(said)
    if tempo != 1.0:
        sound = change_tempo(sound, tempo, SAMPLE_RATE)
    return bytes(np.clip(sound * 32767.0, -32768, 32767).astype("<i2"))


def quicker(model: str) -> bytes | str:
    """The network that gives the same sound in half the time, where this processor can do it."""
    from audiocoach.voice.kokoro.graph import as_products, multiplies_exactly

    return (as_products(Path(model).read_bytes()) if multiplies_exactly() else None) or model


def _first_line(reason: BaseException) -> str:
    return (str(reason).strip().splitlines() or [type(reason).__name__])[0][:160]


def answered(kokoro: Kokoro, text: str) -> tuple[int, bytes]:
    """The status and the body for a text."""
    try:
        return kokoro.speak(text)
    except Exception as reason:  # noqa: BLE001 - onnxruntime's errors have no class in common
        return REFUSED, f"Kokoro failed ({_first_line(reason)})".encode(errors="replace")


def main(model: str, style: str, tempo: str, alone: str, *espeak: str) -> None:
    """Answer requests until the end of the input."""
    problem, kokoro = "", None
    try:
        kokoro = Kokoro(model, style, Reader(*espeak), float(tempo), float(alone))
    except (RefusedError, OSError) as reason:
        problem = str(reason)
    while len(header := sys.stdin.buffer.read(LENGTH.size)) == LENGTH.size:
        text = sys.stdin.buffer.read(*LENGTH.unpack(header)).decode()
        status, body = (
            answered(kokoro, text) if kokoro else (REFUSED, problem.encode(errors="replace"))
        )
        sys.stdout.buffer.write(HEADER.pack(status, len(body)) + body)
        sys.stdout.buffer.flush()
