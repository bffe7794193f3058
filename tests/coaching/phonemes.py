"""Prints what eSpeak makes of texts, in a process of its own, as the library may crash.

It reads a JSON list of pairs, an eSpeak voice and a text, and writes a list of phonemes as IPA;
"(en)" among them is where it changes to another language.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import espeakng_loader

SYNCHRONOUS, DONT_EXIT, UTF8, IPA = 2, 0x8000, 1, 2
"""Values from speak_lib.h of eSpeak NG 1.52."""


def phonemes(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """What each text is to be spoken as, by the voice beside it."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    clause = library.espeak_TextToPhonemes
    clause.argtypes = [ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_int]
    clause.restype = ctypes.c_char_p
    os.chdir(Path(espeakng_loader.get_data_path()).parent)  # it cuts a path at 160 bytes
    assert library.espeak_Initialize(SYNCHRONOUS, 0, b".", DONT_EXIT) > 0
    found = []
    for voice, text in pairs:
        assert library.espeak_SetVoiceByName(voice.encode()) == 0, voice
        held = ctypes.create_string_buffer(text.encode())
        rest = ctypes.c_void_p(ctypes.addressof(held))
        clauses = []
        while rest.value:
            clauses.append(clause(ctypes.byref(rest), UTF8, IPA).decode())
        found.append(" ".join(clauses))
    return found


if __name__ == "__main__":
    json.dump(phonemes(json.load(sys.stdin)), sys.stdout)
