"""The process in which eSpeak NG runs; audiocoach itself only imports its constants.

Run as `python -I -S worker.py MODE LIBRARY DATA VOICE WORDS_PER_MINUTE`,
in the folder that holds DATA. It reads requests from its standard input until
the end of file: a length (4 bytes, little-endian) and that many bytes of UTF-8.
It answers each with a status (1 byte), a length and a body:

    0  spoken    the samples, 16 bit mono at 22 050 Hz
    1  crashed   the exit code of the child, as text; -11 is signal 11
    2  too long  nothing
    3  refused   why eSpeak cannot speak at all, as text

The same text gives the same samples only in a process that never spoke before:
eSpeak carries the state of its noise from one text to the next. So in MODE `fork`
each request is spoken by a fresh fork of this process, which has the library
initialised but never speaks itself. In MODE `once` (Windows has no fork) it
answers one request itself and ends. Both give the same bytes, and in both a native
crash costs one utterance.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import signal
import struct
import sys
from ctypes import c_char_p, c_int, c_long, c_size_t, c_uint, c_void_p

STATES = SPOKEN, CRASHED, TOO_LONG, REFUSED = range(4)
HEADER = struct.Struct("<BI")
LENGTH = struct.Struct("<I")

SAMPLE_RATE = 22_050
MOST_SECONDS = 60
MOST_BYTES = MOST_SECONDS * SAMPLE_RATE * 2
CHILD_SECONDS = 10
"""Speaking a minute takes 30 ms; a child still busy after this long is in a loop."""

# Values from speak_lib.h of eSpeak NG 1.52.
SYNCHRONOUS = 2
DONT_EXIT = 0x8000
"""Without it `espeak_Initialize` may call exit() when the data is damaged."""
SEED = 1
RATE = 1
POSITION_CHARACTER = 1
UTF8_TEXT = 1
"""But neither espeakSSML (0x10) nor espeakPHONEMES (0x100): markup is read out, not obeyed."""


class RefusedError(Exception):
    """eSpeak does not start with this data or this voice."""


class Espeak:
    """The library, initialised, with its voice set. Speaks once in its life."""

    def __init__(self, library: str, data: str, voice: str, words_per_minute: int) -> None:
        self._library = ctypes.CDLL(library)
        self._synth = self._library.espeak_Synth
        numbers = [c_size_t, c_uint, c_int, c_uint, c_uint]
        self._synth.argtypes = [c_char_p, *numbers, c_void_p, c_void_p]
        self._chunks: list[bytes] = []
        self._size = 0
        prototype = ctypes.CFUNCTYPE(c_int, c_void_p, c_int, c_void_p)
        self._callback = prototype(self._receive)  # kept: the library holds only its address
        rate = self._library.espeak_Initialize(SYNCHRONOUS, 0, os.fsencode(data), DONT_EXIT)
        if rate != SAMPLE_RATE:
            raise RefusedError("eSpeak does not start with the data it came with")
        # Otherwise seeded with the time: breathy variants would differ from second to second.
        self._library.espeak_ng_SetRandSeed(c_long(SEED))
        self._library.espeak_SetSynthCallback(self._callback)
        if self._library.espeak_SetVoiceByName(os.fsencode(voice)) != 0:
            raise RefusedError(f"eSpeak does not take the voice '{voice}'")
        if self._library.espeak_SetParameter(RATE, words_per_minute, 0) != 0:
            raise RefusedError(f"eSpeak does not take {words_per_minute} words a minute")

    def speak(self, text: bytes) -> tuple[int, bytes]:
        """The status and the samples of `text`."""
        error = self._synth(text, len(text) + 1, 0, POSITION_CHARACTER, 0, UTF8_TEXT, None, None)
        if error:
            return REFUSED, b"eSpeak failed with error %d" % error
        if self._size > MOST_BYTES:
            return TOO_LONG, b""
        return SPOKEN, b"".join(self._chunks)

    def _receive(self, samples: int | None, count: int, _events: int | None) -> int:
        """Called by eSpeak with each 200 ms of sound; 1 tells it to stop."""
        if samples and count > 0:
            self._chunks.append(ctypes.string_at(samples, count * 2))
            self._size += count * 2
        return int(self._size > MOST_BYTES)


def speak_in_child(espeak: Espeak, text: bytes, shared: mmap.mmap) -> tuple[int, bytes]:
    """Speak in a fork of this process, which leaves its answer in `shared`.

    Shared memory, not a pipe: a child that dies half-way can't leave half an
    answer, because only its exit code says that the answer is there.
    """
    child = os.fork()
    if child == 0:
        failed = 1
        try:
            signal.alarm(CHILD_SECONDS)  # the kernel's own action ends the child: even a C loop
            status, body = espeak.speak(text)
            shared[: HEADER.size] = HEADER.pack(status, len(body))
            shared[HEADER.size : HEADER.size + len(body)] = body
            failed = 0
        finally:
            os._exit(failed)  # whatever happens, a child never gets back to reading requests
    _, ended = os.waitpid(child, 0)
    if ended != 0:
        return CRASHED, str(os.waitstatus_to_exitcode(ended)).encode()
    status, size = HEADER.unpack(shared[: HEADER.size])
    return status, shared[HEADER.size : HEADER.size + size]


def main(mode: str, library: str, data: str, voice: str, words_per_minute: str) -> None:
    """Answer requests until the end of the input."""
    if mode == "fork":
        import resource  # not on Windows

        # A crash must not leave a core file in the folder we run in, which is eSpeak's package.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    problem, espeak = "", None
    try:
        espeak = Espeak(library, data, voice, int(words_per_minute))
    except (RefusedError, OSError) as reason:
        problem = str(reason)
    shared = mmap.mmap(-1, HEADER.size + MOST_BYTES)
    while len(header := sys.stdin.buffer.read(LENGTH.size)) == LENGTH.size:
        text = sys.stdin.buffer.read(*LENGTH.unpack(header))
        if espeak is None:
            status, body = REFUSED, problem.encode(errors="replace")
        elif mode == "fork":
            status, body = speak_in_child(espeak, text, shared)
        else:
            status, body = espeak.speak(text)
        sys.stdout.buffer.write(HEADER.pack(status, len(body)) + body)
        sys.stdout.buffer.flush()
        if mode == "once":
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
