"""Tags of languages, as BCP 47 and as systems write them: `en`, `en-GB`, `en_US`, `EN`.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_ISO_639: Final = """
aa aar ab abk ae ave af afr ak aka am amh an arg ar ara as asm av ava ay aym az aze ba bak be bel
bg bul bi bis bm bam bn ben bo bod br bre bs bos ca cat ce che ch cha co cos cr cre cs ces cu chu
cv chv cy cym da dan de deu dv div dz dzo ee ewe el ell en eng eo epo es spa et est eu eus fa fas
ff ful fi fin fj fij fo fao fr fra fy fry ga gle gd gla gl glg gn grn gu guj gv glv ha hau he heb
hi hin ho hmo hr hrv ht hat hu hun hy hye hz her ia ina id ind ie ile ig ibo ii iii ik ipk io ido
is isl it ita iu iku ja jpn jv jav ka kat kg kon ki kik kj kua kk kaz kl kal km khm kn kan ko kor
kr kau ks kas ku kur kv kom kw cor ky kir la lat lb ltz lg lug li lim ln lin lo lao lt lit lu lub
lv lav mg mlg mh mah mi mri mk mkd ml mal mn mon mr mar ms msa mt mlt my mya na nau nb nob nd nde
ne nep ng ndo nl nld nn nno no nor nr nbl nv nav ny nya oc oci oj oji om orm or ori os oss pa pan
pi pli pl pol ps pus pt por qu que rm roh rn run ro ron ru rus rw kin sa san sc srd sd snd se sme
sg sag si sin sk slk sl slv sm smo sn sna so som sq sqi sr srp ss ssw st sot su sun sv swe sw swa
ta tam te tel tg tgk th tha ti tir tk tuk tl tgl tn tsn to ton tr tur ts tso tt tat tw twi ty tah
ug uig uk ukr ur urd uz uzb ve ven vi vie vo vol wa wln wo wol xh xho yi yid yo yor za zha zh zho
zu zul
"""
"""Every code of ISO 639-1, and after it the one of ISO 639-2 (T)."""
_THREE_LETTERS: Final = dict(zip(_ISO_639.split()[::2], _ISO_639.split()[1::2], strict=True))
UNKNOWN: Final = "und"
_NAMED: Final = {
    "english": "en",
    "german": "de",
    "deutsch": "de",
    "spanish": "es",
    "español": "es",
    "espanol": "es",
    "castellano": "es",
    "french": "fr",
    "français": "fr",
    "francais": "fr",
}
"""What people call the languages there are phrases for, in English and at home."""


def no_code(name: str) -> str:
    """The end of a message: that a word is not a language code, and the one it probably means."""
    meant = _NAMED.get(name.strip().casefold())
    hint = f"; did you mean {meant}?" if meant else " such as en, de or pt-BR"
    return f"is not a language code{hint}"


def folded(tag: str) -> str:
    """A tag in one spelling, to be compared: `en-gb`."""
    return tag.replace("_", "-").casefold()


def base(tag: str) -> str:
    """The language alone: `en` of `en-GB`."""
    return folded(tag).partition("-")[0]


def region(tag: str) -> str:
    """What follows the language, folded: `gb` of `en_GB`; "" if nothing does."""
    return folded(tag).partition("-")[2]


def elsewhere(tag: str, wanted: str) -> bool:
    """Whether a tag names another region than the wanted tag does, if that names one."""
    return bool(region(wanted)) and region(tag) != region(wanted)


def same(first: str, second: str) -> bool:
    """Whether two tags are of one language, whatever their regions."""
    return base(first) == base(second)


def widened(tag: str) -> Iterator[str]:
    """The tag, folded, then what is left of it without its last part, and so on."""
    left = folded(tag)
    while left:
        yield left
        left = left.rpartition("-")[0]


def three_letters(tag: str) -> str:
    """The code of ISO 639-2 for a tag: `deu` of `de-AT`; `und` where there is none."""
    code = base(tag)
    return _THREE_LETTERS.get(code, code if len(code) == 3 else UNKNOWN)
