"""The voices of Kokoro-82M, its networks, and where they come from.

Sizes and checksums are written here, not read from an index, so that no server has to be trusted;
each was found in several independent projects. The release model-files-v1.1 has files of the same
names with other contents: they are not these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from audiocoach.language import elsewhere, same

LICENCE: Final = "Apache-2.0"
"""Of the networks and the voices, as their makers say (hexgrad/Kokoro-82M)."""
MODELS: Final = "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0"
STYLES: Final = (
    "https://huggingface.co/onnx-community/Kokoro-82M-v1.0-ONNX/resolve/"
    "1939ad2a8e416c0acfeecc08a694d14ef25f2231/voices"
)
STYLE_SIZE: Final = 522_240


@dataclass(frozen=True, slots=True)
class Model:
    """One export of the network."""

    file: str
    size: int
    sha256: str


INT8: Final = Model(
    "kokoro-v1.0.int8.onnx",
    92_361_271,
    "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
)
FLOAT: Final = Model(
    "kokoro-v1.0.onnx",
    325_532_387,
    "7d5df8ecf7d4b1878015a32686053fd0eebe2bc377234608764cc0ef3636a6c5",
)


def quickest(machine: str) -> tuple[Model, Model]:
    """Both networks, the faster one for such a machine (`platform.machine()`) first.

    Real-time factor on one thread: int8 0.31 on x86-64 with VNNI, against 0.72 for floats; on Apple
    Silicon users report that int8 is three to seven times slower than floats.
    """
    x86 = machine.casefold() in {"x86_64", "amd64", "i386", "i686"}
    return (INT8, FLOAT) if x86 else (FLOAT, INT8)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone who can speak with the network."""

    name: str
    sha256: str
    about: str
    pace: float
    """Words a minute as the network says them, in our sentences."""

    @property
    def language(self) -> str:
        """`en-us`"""
        return _LANGUAGES[self.name[0]]

    @property
    def file(self) -> str:
        """What its style is called."""
        return f"{self.name}.bin"


_LANGUAGES: Final = {"a": "en-us", "b": "en-gb", "e": "es", "f": "fr"}
_ACCENTS: Final = {"a": "American", "b": "British", "e": "Spanish", "f": "French"}
_PACE: Final = 196.0
"""Of af_heart, in 60 sentences; and of those that were not measured."""
# In eight sentences, compared with af_heart's.
_PACES: Final = {
    "am_michael": 171.0,
    "af_bella": 187.0,
    "bf_emma": 203.0,
    "bm_george": 164.0,
    "ef_dora": 191.0,
    "em_alex": 186.0,
    "ff_siwis": 195.0,
}

# Those worth recommending come first in their language.
_CHECKSUMS: Final = """
af_heart d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b
am_michael 1d1f21dd8da39c30705cd4c75d039d265e9bc4a2a93ed09bc9e1b1225eb95ba1
af_bella f69d836209b78eb8c66e75e3cda491e26ea838a3674257e9d4e5703cbaf55c8b
bf_emma 669fe0647f9dd04fcab92f1439a40eeb4c8b4ab1f82e4996fe3d918ce4a63b73
bm_george c4b235a4c1f2cd3b939fed08b899ce9385638b763f7b73a59616c4fc9bd6c9bc
ef_dora f66ec66bd295acb18372e37008533a9a3228483ccd294e7538d5d9294ac9a532
em_alex 27809e9eafdcbcfff90a3016c697568676531de2a2c39cee29c96c7bd6b83e95
ff_siwis a35f5675ad08948e326ae75fd0ea16ba5d0042e4f76b5f3d1df77d0a48c54861
af_alloy c4a6b876047fd7fb472edf4ebd63cfac7c3b958a7cae7c106e8f038ca6308c45
af_aoede 4a004c33430762e2461eedb2013fad808ef4ab3121f5300f554476caf58d8361
af_jessica a240a5e3c15b43563d6e923bdca8ef5613a23471d9b77653694012435df23bd8
af_kore 9be5221b6a941c04b561959b8ff0b06e809444dcc4ab7e75a7b23606f691819e
af_nicole cd2191ab31b914ed7b318416b0e4440fdf392ddad9106a060819aa600a64f59a
af_nova 18778272caa0d0eebaea251c35fd635f038434f9eee5e691d02a174bd328414f
af_river 00a2bcf82b1d86e8f19902ede58c65ccf6c0e43b44b7d74fad54e5d8933c9c30
af_sarah 4409fbc125afabacc615d94db5398d847006a737b0247d6892b7a9a0007a2f0a
af_sky 4435255c9744f3f31659e0d714ab7689bf65d9e77ec1cce060f083912614f0b9
am_adam 162b035ed91cfc48b6046982184c645f72edcdd1b82843347f605d7bf7b15716
am_echo 3968b92c3c4cd1c4416dbded36c13eaa388a90d5788d02a13e4d781f5f8cf3c3
am_eric e8b5be17edd1e3636901ce7598baafe2dc8dd8ff707a0c23bf9e461add7e2832
am_fenrir c27989f741f7ee34d273a39d8a595cc0837d35f5ced9a29b7cc162614616df43
am_liam 52403be32fd047c6a44517cb0bcd6b134f2a18baa73e70ef41651e0eab921ade
am_onyx da5d135b424164916d75a68ffb4c2abce3d7d5ccc82dd1ee6cf447ce286145e6
am_puck fcf73c989033e9233e0b98713eca600c8c74dcc1614b37009d5450ff4a2274a0
am_santa 61150cf726ab6c5ed7a99f90a304f91f5a72c00c592e89ec94e5df11c319227a
bf_alice 08afa6ba24da61ea5e8efa139e5aadc938d83f0a6da5a900adaf763ac1da5573
bf_isabella 3754352c4aaa46d17f27654ab7518d65b62ad6163a0f55a5f4330c2da2c4e94f
bf_lily 5e0ee32ebe64a467124976b14e69590746f1c4ce41a12b587a50c862edfea335
bm_daniel 6b3194bbceffb746733cbc22c8f593dd44e401a71d53895a2dca891bc595a1e8
bm_fable f889083196807b4adb15e9204252165f503b8d33d3982e681c52443c49d798f1
bm_lewis b8f671cef828c30e66fdf0b0756a76bba58f6bb3398cbbf27058642acbcedb97
em_santa ad43b774e1ca24d05c6161297d8aeb770ac3d29bb95daf516727af5f7d543683
"""


def _speaker(line: str) -> Speaker:
    name, sha256 = line.split()
    who = f"{_ACCENTS[name[0]]} {'woman' if name[1] == 'f' else 'man'}"
    return Speaker(name, sha256, who, _PACES.get(name, _PACE))


SPEAKERS: Final = {
    speaker.name: speaker for speaker in map(_speaker, _CHECKSUMS.strip().splitlines())
}
RECOMMENDED: Final = ("af_heart", "am_michael", "ef_dora", "ff_siwis")
"""Best understood by a recogniser in their languages; British voices say counts less clearly."""


def speaking(language: str) -> list[Speaker]:
    """The speakers of a language, those of its region first, then in the order of the table."""
    fit = [each for each in SPEAKERS.values() if same(each.language, language)]
    return sorted(fit, key=lambda each: elsewhere(each.language, language))
