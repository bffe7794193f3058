"""Which voices the service has, and what they are called: a language, or an accent of one.

Tables of our own, because importing gTTS for its lists takes longer than a whole
rebuild; a test holds them to gTTS's lists. The `tld` is the end of the host a text is sent
to, so it comes from `ACCENTS` and never from the user.
"""

from __future__ import annotations

from dataclasses import dataclass

from audiocoach.errors import VoiceError
from audiocoach.language import base, folded, widened
from audiocoach.wording import did_you_mean


@dataclass(frozen=True, slots=True)
class Accent:
    """What is requested from the service: a language, and the end of the host name."""

    about: str
    language: str
    tld: str = "com"

    @property
    def host(self) -> str:
        """Where the texts are sent."""
        return f"translate.google.{self.tld}"


ACCENTS = {
    "en-us": Accent("English (United States)", "en"),
    "en-uk": Accent("English (United Kingdom)", "en", "co.uk"),
    "en-au": Accent("English (Australia)", "en", "com.au"),
    "en-ca": Accent("English (Canada)", "en", "ca"),
    "en-ie": Accent("English (Ireland)", "en", "ie"),
    "en-in": Accent("English (India)", "en", "co.in"),
    "en-nz": Accent("English (New Zealand), as far as the service has it", "en", "co.nz"),
    "en-za": Accent("English (South Africa)", "en", "co.za"),
    "es-es": Accent("Spanish (Spain)", "es", "es"),
    "es-mx": Accent("Spanish (Mexico)", "es", "com.mx"),
    "es-us": Accent("Spanish (United States)", "es"),
    "fr-ca": Accent("French (Canada)", "fr", "ca"),
    "fr-fr": Accent("French (France)", "fr", "fr"),
    "pt-br": Accent("Portuguese (Brazil)", "pt", "com.br"),
    "pt-pt": Accent("Portuguese (Portugal)", "pt", "pt"),
}
"""gTTS's documentation, "Localized 'accents'", and New Zealand, which it does not list.

gTTS 2.5.4 also lists the languages fr-CA and pt-PT, but its own check turns them back
into fr and pt; the accents above are the documented way.
"""

LANGUAGES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali",
    "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian",
    "eu": "Basque", "fi": "Finnish", "fr": "French", "gl": "Galician", "gu": "Gujarati",
    "ha": "Hausa", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian",
    "is": "Icelandic", "it": "Italian", "iw": "Hebrew", "ja": "Japanese", "jw": "Javanese",
    "km": "Khmer", "kn": "Kannada", "ko": "Korean", "la": "Latin", "lt": "Lithuanian",
    "lv": "Latvian", "ml": "Malayalam", "mr": "Marathi", "ms": "Malay",
    "my": "Myanmar (Burmese)", "ne": "Nepali", "nl": "Dutch", "no": "Norwegian",
    "pa": "Punjabi (Gurmukhi)", "pl": "Polish", "pt": "Portuguese (Brazil)", "ro": "Romanian",
    "ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sq": "Albanian", "sr": "Serbian",
    "su": "Sundanese", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu",
    "th": "Thai", "tl": "Filipino", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "yue": "Cantonese", "zh": "Chinese (Mandarin)",
    "zh-CN": "Chinese (Simplified)", "zh-TW": "Chinese (Mandarin/Taiwan)",
}  # fmt: skip

SYNONYMS = {
    "en-gb": "en-uk", "es-419": "es-mx", "zh-hans": "zh-CN", "zh-hant": "zh-TW",
    "zh-hk": "yue", "he": "iw", "jv": "jw", "nb": "no", "nn": "no", "fil": "tl",
}  # fmt: skip
"""What else a tag may call them; BCP 47 replaced iw, jw and tl."""

VOICES = {code: Accent(about, code) for code, about in LANGUAGES.items()} | ACCENTS
_BY_TAG = {name.casefold(): name for name in VOICES} | SYNONYMS


def named(wanted: str) -> str:
    """The voice a user named. Raises VoiceError if there is none."""
    found = _BY_TAG.get(folded(wanted))
    if found is None:
        raise VoiceError(
            f"gTTS has no voice '{wanted}'; {did_you_mean(wanted, _BY_TAG)}choose --voice "
            f"gtts:NAME with a language ({len(LANGUAGES)}, such as en, de, fr) or "
            f"an accent ({', '.join(ACCENTS)})"
        )
    return found


def for_language(language: str) -> str:
    """The voice for a tag: `de-AT` is spoken as `de`. Raises VoiceError if there is none."""
    for tag in widened(language):
        if tag in _BY_TAG:
            return _BY_TAG[tag]
    raise VoiceError(
        f"gTTS does not speak '{language}'; choose another engine, such as --voice espeak"
    )


def accents_of(language: str) -> list[str]:
    """Every voice for a tag, the best first; empty if there is none."""
    try:
        best = for_language(language)
    except VoiceError:
        return []
    family = base(VOICES[best].language)
    others = (name for name, voice in VOICES.items() if base(voice.language) == family)
    return [best, *(name for name in others if name != best)]
