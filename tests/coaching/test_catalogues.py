"""The phrases of each language: all there, with the same variables, and right for every number."""

from __future__ import annotations

import re
from importlib import resources

import pytest
from catalogues import READ, catalogue, numbered, rendered, variables

from audiocoach import Coaching
from audiocoach.coaching import phrases as catalogues
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import Phrases, lacking, languages, phrases_for
from audiocoach.errors import RoutineError
from audiocoach.routine.load import bundled, load
from audiocoach.routine.model import Position
from audiocoach.routine.translate import translate
from audiocoach.settings.values import Telling
from audiocoach.timeline.script import Chime, IntervalKind, Utterance, Wait

OTHERS = [language for language in languages() if language != "en"]
LONGEST = 100
"""Characters: online voices take more in several requests."""


# Every catalogue


@pytest.mark.parametrize("language", languages())
def test_a_catalogue_has_no_message_twice(language: str) -> None:
    names = [message.id.name for message in catalogue(language)]
    assert len(names) == len(set(names))
    assert tuple(names) == phrases_for(language).messages


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_is_whole(language: str) -> None:
    """Every phrase there is in English, with the same variables and in the same order."""
    assert variables(language) == variables("en")
    english = [message.id.name for message in catalogue("en")]
    assert [message.id.name for message in catalogue(language)] == english
    assert lacking(language) == ()


@pytest.mark.parametrize("language", OTHERS)
def test_a_list_has_its_lines(language: str) -> None:
    lists = {message.id.name: len(message.attributes) for message in catalogue(language)}
    assert lists == {message.id.name: len(message.attributes) for message in catalogue("en")}


@pytest.mark.parametrize("language", languages())
def test_a_translator_is_told_what_a_variable_is(language: str) -> None:
    """Texts from the routine stand in phrases in one form only, so a comment says in which."""
    text = resources.files(catalogues).joinpath(f"{language}.ftl").read_text("utf-8")
    assert text.startswith("###")
    told = ("names", "things", "first", "limb", "variant", "every")
    for name in (*told, "time", "figure", "what", "extent", "words", "place"):
        assert re.search(rf"^#.*\${name}", text, re.MULTILINE), name


@pytest.mark.parametrize("count", [0, 1, 2, 5, 21, 1000])
@pytest.mark.parametrize("language", languages())
def test_every_phrase_can_be_said(language: str, count: int) -> None:
    for name, text in rendered(language, count):
        assert text, name
        assert not re.search(r"[{}\u2068\u2069]|  ", text), name
        assert len(text) <= LONGEST or name.startswith((*READ, "voice-piper")), name


@pytest.mark.parametrize("language", languages())
def test_a_number_up_to_twenty_is_never_said_as_a_figure(language: str) -> None:
    """A figure is read differently by each voice; words are not."""
    for name, text in rendered(language, 5):
        assert not re.search(r"\d", text) or name.startswith((*READ, "voice-piper")), name


SAME = {"exercise-only", "cue-rep-side", "cue-variant", "count-minutes", "dose-load-side"}
SAME |= {"dose-reps", "dose-of-side", "dose-by-each", "dose-brief", "dose-brief-time"}
"""Phrases that hold nothing but a name, and one that French spells as English does."""
FIGURES = {"figure", "time-seconds", "time-minutes", "done-side", "done-sides", "sheet-pause"}
FIGURES |= {"library-minutes", "library-mp3"}
"""Messages with no word in them but units that are the same everywhere."""
ALIKE = {
    "de": {"page-pause", "page-in", "library-pace-normal"},
    "es": {"library-pace-normal"},
    "fr": {"kind-phase", "page-pause"},
}
"""What one language has in common with English."""


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_was_left_in_english(language: str) -> None:
    english = dict(rendered("en", 5))
    own = dict(rendered(language, 5))
    same = {name for name, text in own.items() if text == english[name]}
    assert same <= SAME | FIGURES | ALIKE[language] | {"number-6"}


@pytest.mark.parametrize("language", languages())
def test_every_position_can_be_asked_for(language: str) -> None:
    assert len({phrases_for(language)(f"position.{each.value}") for each in Position}) == 8


@pytest.mark.parametrize("language", languages())
def test_there_is_a_word_for_whatever_may_stand_on_a_sheet(language: str) -> None:
    phrases = phrases_for(language)
    kinds = [phrases.inline(f"kind.{kind.value}") for kind in IntervalKind]
    waits = [phrases.inline(f"wait.{wait.value}") for wait in Wait]
    chimes = [phrases.inline(f"chime.{chime.value}") for chime in Chime]
    for words in (kinds, waits, chimes):
        assert len(set(words)) == len(words)
    done = set(IntervalKind) - {IntervalKind.COUNT_IN}
    assert len({phrases.inline(f"timed.{kind.value}", time="3 s") for kind in done}) == len(done)


# Numbers and plurals


WORDS_FOR = {
    "en": ["zero", "one", "twenty", "twenty-one", "forty-five", "sixty", "ninety", "100"],
    "de": [
        "null",
        "eins",
        "zwanzig",
        "einundzwanzig",
        "fünfundvierzig",
        "sechzig",
        "neunzig",
        "100",
    ],
    "es": ["cero", "uno", "veinte", "veintiuno", "cuarenta y cinco", "sesenta", "noventa", "100"],
    "fr": [
        "zéro",
        "un",
        "vingt",
        "vingt et un",
        "quarante-cinq",
        "soixante",
        "quatre-vingt-dix",
        "100",
    ],
}


@pytest.mark.parametrize("language", languages())
def test_numbers_become_words_where_people_say_words(language: str) -> None:
    """Up to sixty: "21 times" beside "fifteen times" reads like a slip, and each voice reads it as
    it likes ("veintiuno segundos")."""
    phrases = phrases_for(language)
    numbers = (0, 1, 20, 21, 45, 60, 90, 100)
    assert [phrases.number(number) for number in numbers] == WORDS_FOR[language]
    words = [phrases.number(number) for number in range(61)]
    assert len({*words}) == 61
    assert not [word for word in words if re.search(r"\d", word)]


SAID = [
    ("en", "count-reps", {"reps": 1}, "Once"),
    ("en", "count-reps", {"reps": 1000}, "1000 times"),
    ("de", "count-reps", {"reps": 1}, "Ein Mal"),
    ("de", "count-reps", {"reps": 10}, "Zehn Mal"),
    ("es", "count-reps", {"reps": 1}, "Una vez"),
    ("es", "count-reps", {"reps": 10}, "Diez veces"),
    ("fr", "count-reps", {"reps": 1}, "Une fois"),
    ("fr", "count-reps", {"reps": 10}, "Dix fois"),
    ("en", "dose.reps", {"often": "eight and ten times"}, "Eight and ten times."),
    ("de", "dose.reps", {"often": "acht und zehn Mal"}, "Acht und zehn Mal."),
    ("en", "dose.minutes", {"number": 1.5}, "A minute and a half"),
    ("de", "dose.minutes", {"number": 1.5}, "Anderthalb Minuten"),
    ("es", "dose.minutes", {"number": 1.5}, "Un minuto y medio"),
    ("fr", "dose.minutes", {"number": 1.5}, "Une minute et demie"),
    ("en", "dose.seconds", {"number": 1.5}, "One and a half seconds"),
    ("de", "dose.seconds", {"number": 1.5}, "Anderthalb Sekunden"),
    ("es", "dose.seconds", {"number": 1.5}, "Un segundo y medio"),
    ("fr", "dose.seconds", {"number": 1.5}, "Une seconde et demie"),
    ("fr", "dose.seconds", {"number": 1.2}, "1,2 seconde"),
    ("en", "dose.seconds", {"number": 2.5}, "2.5 seconds"),
    ("es", "dose.seconds", {"number": 21}, "Veintiún segundos"),
    ("es", "count-reps", {"reps": 21}, "Veintiuna veces"),
    ("es", "count.exercises", {"exercises": 21}, "Veintiún ejercicios"),
    ("es", "remote.more", {"count": 31}, "Treinta y una más después de esta."),
    ("fr", "remote.more", {"count": 31}, "Encore trente et une fois après celle-ci."),
    (
        "es",
        "dose.reps-each",
        {"often": "treinta y una veces", "first": "a", "second": "b"},
        "Treinta y una veces a, después treinta y una veces b.",
    ),
    ("es", "welcome.sets", {"count": 21}, "Según tu elección: veintiuna series de cada ejercicio."),
    ("fr", "count-reps", {"reps": 21}, "Vingt et une fois"),
    ("fr", "cue.seconds-left", {"seconds": 51}, "Encore cinquante et une secondes"),
    (
        "es",
        "cue.minutes-seconds-left",
        {"minutes": 1, "seconds": 1},
        "Queda un minuto y un segundo",
    ),
    (
        "fr",
        "cue.minutes-seconds-left",
        {"minutes": 1, "seconds": 1},
        "Encore une minute et une seconde",
    ),
    (
        "de",
        "cue.minutes-seconds-left",
        {"minutes": 1, "seconds": 1},
        "Noch eine Minute und eine Sekunde",
    ),
    (
        "fr",
        "close.every",
        {"every": "deux semaines"},
        "Faites cette séance à deux semaines d'intervalle.",
    ),
    ("fr", "dose.seconds", {"number": 1}, "Une seconde"),
    ("de", "cue.seconds-left", {"seconds": 10}, "Noch zehn Sekunden"),
    ("es", "cue.seconds-left", {"seconds": 1}, "Queda un segundo"),
    ("es", "cue.seconds-left", {"seconds": 10}, "Quedan diez segundos"),
    (
        "fr",
        "cue.minutes-seconds-left",
        {"minutes": 2, "seconds": 30},
        "Encore deux minutes et trente secondes",
    ),
    ("en", "welcome.length", {"minutes": 1, "exercises": 1}, "One minute, one exercise."),
    ("de", "welcome.length", {"minutes": 1, "exercises": 5}, "Eine Minute, fünf Übungen."),
    (
        "es",
        "close.per-day",
        {"name": "puente", "times": 2},
        "Puente, por separado: dos veces al día.",
    ),
    (
        "de",
        "close.per-day",
        {"name": "Brücke", "times": 3},
        "Brücke, einzeln: dreimal am Tag.",
    ),
    (
        "de",
        "close.per-week",
        {"name": "Brücke", "times": 10},
        "Brücke, einzeln: zehn Mal in der Woche.",
    ),
    ("fr", "close.session-per-week", {"times": 1}, "Faites cette séance une fois par semaine."),
    ("en", "welcome.sets", {"count": 1}, "Your choice: one set of each exercise."),
    ("de", "welcome.sets", {"count": 3}, "Deine Auswahl: drei Sätze je Übung."),
    ("de", "side-name", {"side": "left", "limb": "Standbein"}, "Linkes Standbein"),
    ("de", "side-name", {"side": "right", "limb": "Fuß"}, "Rechter Fuß"),
    ("de", "side-name", {"side": "left", "limb": "Schulter"}, "Linke Schulter"),
    ("de", "side-name", {"side": "left", "limb": "Fuß und Hand"}, "Fuß und Hand links"),
    ("es", "side-name", {"side": "right", "limb": "pierna de apoyo"}, "Pierna de apoyo derecha"),
    ("es", "side-name", {"side": "left", "limb": "pie"}, "Pie izquierdo"),
    ("es", "side-name", {"side": "right", "limb": "espalda"}, "Espalda, lado derecho"),
    ("de", "side-name", {"side": "left", "limb": "side"}, "Linke Seite"),
    ("es", "side-name", {"side": "right", "limb": "side"}, "Lado derecho"),
    ("fr", "side-name", {"side": "right", "limb": "épaule"}, "Épaule droite"),
    ("fr", "side-name", {"side": "right", "limb": "bras"}, "Bras droit"),
    ("fr", "side-name", {"side": "left", "limb": "nuque"}, "Nuque, côté gauche"),
    ("en", "side-name", {"side": "right", "limb": "foot"}, "Right foot"),
    ("en", "done.reps", {"count": 1, "time": "3 s"}, "Rep of 3 s"),
    ("en", "done.reps", {"count": 1000, "time": "3 s"}, "1000 reps of 3 s"),
    ("de", "done.reps", {"count": 8, "time": "ca. 3 s"}, "8 Wiederholungen zu je ca. 3 s"),
    ("es", "done.reps", {"count": 1, "time": "unos 3 s"}, "Una repetición de unos 3 s"),
    ("fr", "done.reps", {"count": 8, "time": "3 s environ"}, "8 répétitions de 3 s environ"),
    ("de", "sheet.exercises", {"count": 1}, "1 Übung"),
    ("fr", "sheet.exercises", {"count": 5}, "5 exercices"),
    ("en", "figure", {"number": 1234.5}, "1234.5"),
    ("de", "figure", {"number": 1.5}, "1,5"),
    ("es", "figure", {"number": 1234.5}, "1234,5"),
    ("fr", "figure", {"number": 90.0}, "90"),
]


@pytest.mark.parametrize(("language", "key", "values", "said"), SAID)
def test_a_phrase_as_a_coach_says_it(
    language: str, key: str, values: dict[str, object], said: str
) -> None:
    assert phrases_for(language)(key, **values) == said


@pytest.mark.parametrize(
    ("language", "things", "listed"),
    [
        ("en", [], ""),
        ("en", ["a"], "a"),
        ("en", ["a", "b"], "a and b"),
        ("en", ["a", "b", "c"], "a, b and c"),
        ("de", ["ein Stift", "ein Band"], "ein Stift und ein Band"),
        ("es", ["un lápiz", "una banda", "una silla"], "un lápiz, una banda y una silla"),
        ("fr", ["un crayon", "une bande"], "un crayon et une bande"),
    ],
)
def test_listings(language: str, things: list[str], listed: str) -> None:
    assert phrases_for(language).listing(things) == listed


# What is missing or wrong


@pytest.mark.parametrize("key", ["cue.nothing", "nothing", "cue.ready.more", "cue.ready.{x}", ""])
def test_a_missing_phrase_is_named(key: str) -> None:
    for ask in (phrases_for("de"), phrases_for("de").inline, phrases_for("de").variants):
        with pytest.raises(RoutineError, match=f"the de phrases lack {re.escape(repr(key))}"):
            ask(key)


def test_a_list_is_no_phrase_and_a_phrase_no_list() -> None:
    with pytest.raises(RoutineError, match=r"the en phrases lack 'exercise\.orient'"):
        phrases_for("en")("exercise.orient")
    with pytest.raises(RoutineError, match=r"the en phrases lack 'cue\.ready'"):
        phrases_for("en").variants("cue.ready")


@pytest.mark.parametrize("language", languages())
def test_a_missing_value_is_named_with_language_and_phrase(language: str) -> None:
    with pytest.raises(RoutineError, match=rf"the {language} phrase 'cue\.number'.*number"):
        phrases_for(language)("cue.number")
    with pytest.raises(RoutineError, match=rf"the {language} phrase 'exercise\.done\.a'.*name"):
        phrases_for(language).variants("exercise.done")


def test_a_missing_language_is_named() -> None:
    with pytest.raises(RoutineError, match=r"'tlh'.*de, en, es, fr"):
        phrases_for("tlh")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("cue-ready Bereit.\n", "the de phrases can't be read at 'cue-ready Bereit.'"),
        ("a = x\nb = { $n ->\n [one] x\n }\n", "the de phrases can't be read at 'b = { $n ->'"),
    ],
)
def test_a_catalogue_that_is_no_fluent_is_refused(text: str, message: str) -> None:
    with pytest.raises(RoutineError, match=re.escape(message)):
        Phrases("de", text).read_all()


def test_a_message_is_parsed_when_it_is_said_with_those_inside_it() -> None:
    text = "a = { b } { WORDS(c) }\nb = x { -t }\n-t = y\nc = z\nd = { $n ->\n [one] x\n }\n"
    phrases = Phrases("en", text)
    assert phrases.messages == ("a", "b", "c", "d")
    assert phrases.inline("a") == "x y z"
    with pytest.raises(RoutineError, match=re.escape("can't be read at 'd = { $n ->'")):
        phrases.inline("d", n=1)


@pytest.mark.parametrize("language", languages())
def test_every_message_can_be_parsed(language: str) -> None:
    phrases_for(language).read_all()


@pytest.mark.parametrize("text", ["a = { b }\n", "a = { TIMES($n) }\n", "a = { -term }\n"])
def test_no_fault_in_a_phrase_is_said_aloud(text: str) -> None:
    with pytest.raises(RoutineError, match="the en phrase 'a' can't be said"):
        Phrases("en", numbered("en") + text)("a", n=1)


@pytest.mark.parametrize("value", ["{other} {0}", "{ $x }", "a = b", "x" * 5_000, "[one]"])
def test_a_text_of_the_routine_stays_as_it_is(value: str) -> None:
    phrases = Phrases("en", "x = { $name }! { $other } { WORDS($name) }\n")
    assert phrases.inline("x", name=value, other="y") == f"{value}! y {value}"


# What is shipped in other languages


TRANSLATED = [(name, language) for name, _ in bundled() for language in load(name).translations]


@pytest.mark.parametrize(("name", "language"), TRANSLATED)
def test_every_translated_sentence_is_one_request(name: str, language: str) -> None:
    told = translate(load(name), language)
    for coaching in (
        Coaching(duration=told.duration),
        Coaching(eyes_free=True, first_side="left"),
        Coaching(coaching=Telling.BRIEF),
    ):
        sounds = compile_script(told, coaching).sounds()
        for text in (sound.text for sound in sounds if isinstance(sound, Utterance)):
            assert len(text) <= LONGEST, text
            assert text[:1] == text[:1].upper(), text
            assert not re.search(r"\s\s|\s[.,]|[{}]", text), text
