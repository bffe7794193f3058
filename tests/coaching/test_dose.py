"""The dose in words, as it is told before an exercise."""

from __future__ import annotations

import pytest

from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.dose import dose_lines, side_name, spoken_rest
from audiocoach.coaching.phrases import phrases_for
from audiocoach.routine.load import loads
from audiocoach.routine.model import Exercise
from audiocoach.timeline import Utterance


@pytest.mark.parametrize(
    ("dose", "told"),
    [
        ("hold: 30s", ["A hold of thirty seconds."]),
        ("hold: 30s, reps: 1", ["A hold of thirty seconds."]),
        ("hold: 3s, reps: 5", ["Five times, and hold each time for three seconds."]),
        (
            "hold: [3s, 4s], reps: 5",
            [
                "Five times, and hold each time for three seconds.",
                "Then five times, and hold each time for four seconds.",
                "Two sets.",
            ],
        ),
        (
            "hold: 3s, reps: [8, 10], sides: right-then-left",
            [
                "Eight times, then ten, and hold each time for three seconds.",
                "Two sets.",
                "First: right side. Then the same number: left side.",
            ],
        ),
        (
            "hold: {right: 3s, left: 4s}, sides: right-then-left",
            [
                "Right side: a hold of three seconds.",
                "Left side: a hold of four seconds.",
            ],
        ),
        ("work: 1min", ["For one minute."]),
        ("work: 90s", ["For a minute and a half."]),
        ("work: 2min 30s", ["For two and a half minutes."]),
        ("work: 20s, sets: 2", ["Twice, twenty seconds each."]),
        (
            "work: 20s, sets: 2, rest: 5s",
            ["Twice, twenty seconds each, with rests."],
        ),
        ("work: [20s, 30s]", ["For twenty seconds, then thirty seconds."]),
        (
            "every: 60s, reps: 5, sets: 3",
            ["Every minute: five times.", "Three sets."],
        ),
        ("tempo: 3-1-2-0, reps: 5", ["Five times."]),
        ("tempo: 3-0-3-0, until: 1min", ["Ten times, in one minute."]),
        (
            "phases: [{time: ~1s}, {time: 5s}], reps: 5",
            ["Five times, and hold each time for five seconds."],
        ),
        (
            "phases: [{say: Up, time: ~2s}, {say: Hum, time: 8s}], reps: 6",
            ["Six times, eight seconds each."],
        ),
        (
            "phases: [{say: Up, time: ~2s}, {say: Hold, time: 8s}], reps: 6",
            ["Six times, and hold each time for eight seconds."],
        ),
        ("phases: [{say: Knee up, time: 2s}], reps: 5", ["Five times."]),
        ("rep_duration: 3s, reps: 2, each: [in, out]", ["Twice in, then twice out."]),
        ("rep_duration: 3s, reps: 1, each: [in, out]", ["Once in, then once out."]),
        (
            "rep_duration: 3s, reps: 1, sides: alternating",
            ["Once on each side, in turn. First: right side."],
        ),
    ],
)
def test_how_many_how_long_and_which_sides(dose: str, told: list[str]) -> None:
    routine = loads(f"title: T\nlanguage: en\nexercises:\n  - {{name: squat, {dose}}}\n")
    (exercise,) = routine.all_exercises()
    assert list(dose_lines(phrases_for("en"), exercise, None)) == told


@pytest.mark.parametrize(
    ("language", "dose", "told"),
    [
        ("en", "reps: [3, 2, 1]", "Three times, then twice, then once."),
        ("de", "reps: [3, 2, 1]", "Drei Mal, dann zwei, dann ein Mal."),
        ("es", "reps: [12, 10, 1]", "Doce veces, después diez, después una vez."),
        ("fr", "reps: [8, 1]", "Huit fois, puis une fois."),
        ("en", "reps: [1, 3, 4]", "Once, then three times, then four."),
        ("en", "reps: [21, 15, 9]", "Twenty-one times, then fifteen, then nine."),
        ("es", "reps: [21, 15, 9]", "Veintiuna veces, después quince, después nueve."),
        ("fr", "reps: [21, 15, 9]", "Vingt et une fois, puis quinze, puis neuf."),
        ("de", "reps: [5, 1, 3]", "Fünf Mal, dann ein Mal, dann drei Mal."),
        ("es", "reps: [5, 1, 3]", "Cinco veces, después una vez, después tres veces."),
        ("fr", "reps: [5, 2, 3]", "Cinq fois, puis deux, puis trois fois."),
        ("en", "reps: [3, 1], each: [in, out]", "Three times, then once, both in and out."),
    ],
)
def test_a_list_of_counts_is_grammatical(language: str, dose: str, told: str) -> None:
    written = f"{{name: T, tempo: 3-1-1-0, {dose}}}"
    (exercise,) = loads(f"title: T\nlanguage: {language}\nexercises: [{written}]\n").all_exercises()
    assert next(dose_lines(phrases_for(language), exercise, None)) == told


@pytest.mark.parametrize(
    ("language", "limb", "told"),
    [
        (
            "en",
            "leg",
            [
                "Right leg: once, and hold for five seconds.",
                "Left leg: four times, and hold each time for eight seconds.",
            ],
        ),
        (
            "de",
            "Bein",
            [
                "Rechtes Bein: ein Mal, fünf Sekunden lang halten.",
                "Linkes Bein: vier Mal, je acht Sekunden halten.",
            ],
        ),
        (
            "es",
            "pierna",
            [
                "Pierna derecha: una vez, aguantando cinco segundos.",
                "Pierna izquierda: cuatro veces, aguantando ocho segundos.",
            ],
        ),
        (
            "fr",
            "jambe",
            [
                "Jambe droite : une fois, en tenant cinq secondes.",
                "Jambe gauche : quatre fois, en tenant huit secondes chaque fois.",
            ],
        ),
    ],
)
def test_each_side_is_told_its_own_dose_and_again_as_its_turn_comes(
    language: str, limb: str, told: list[str]
) -> None:
    routine = loads(f"""
title: T
language: {language}
exercises:
  - name: T
    sides: right-then-left
    limb: {limb}
    sets: 2
    reps: {{right: 1, left: 4}}
    hold: {{right: 5s, left: 8s}}
""")
    (exercise,) = routine.all_exercises()
    assert [*dose_lines(phrases_for(language), exercise, None)][:2] == told
    right, left = (line.split(": ")[-1].split(" : ")[-1] for line in told)
    said = [cue.sound.text for cue in compile_script(routine).cues() if hasattr(cue.sound, "text")]
    own = {each: each[:1].upper() + each[1:] for each in (right, left)}
    assert [text for text in said if text in own.values()] == [own[left], own[right], own[left]]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", {"Every minute: six times.", "Set two of three."}),
        ("de", {"Jede Minute: sechs Mal.", "Satz zwei von drei."}),
        ("es", {"Cada minuto: seis veces.", "Serie dos de tres."}),
        ("fr", {"Toutes les minutes : six fois.", "Série deux sur trois."}),
    ],
)
def test_sets_on_the_minute_are_told_as_such(language: str, told: set[str]) -> None:
    head = f"title: T\nlanguage: {language}\n"
    paced = loads(head + "exercises: [{name: T, every: 1min, sets: 3, reps: 6}]\n")
    sounds = compile_script(paced).sounds()
    assert told <= {each.text for each in sounds if isinstance(each, Utterance)}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "A hold of five breaths."),
        ("de", "Fünf Atemzüge lang halten."),
        ("es", "Se mantiene durante cinco respiraciones."),
        ("fr", "À tenir cinq respirations."),
    ],
)
def test_a_hold_in_breaths_is_told_in_breaths(language: str, told: str) -> None:
    head = f"title: T\nlanguage: {language}\nbreath: {{inhale: 4s, exhale: 5s}}\n"
    (exercise,) = loads(head + "exercises: [{name: T, hold: 5 breaths}]\n").all_exercises()
    assert list(dose_lines(phrases_for(language), exercise, None)) == [told]
    sets = loads(head + 'exercises: [{name: T, hold: ["3 breaths", "5 breaths"]}]\n')
    sounds = compile_script(sets).sounds()
    assert told in [each.text for each in sounds if isinstance(each, Utterance)]


@pytest.mark.parametrize(
    ("language", "limb", "told"),
    [
        ("en", "side", "left side"),
        ("de", "Seite", "linke Seite"),
        ("es", "lado", "lado izquierdo"),
        ("fr", "côté", "côté gauche"),
    ],
)
def test_a_limb_that_is_only_a_side_is_no_name(language: str, limb: str, told: str) -> None:
    head = f"title: T\nlanguage: {language}\n"
    (exercise,) = loads(head + f"exercises: [{{name: T, limb: {limb}, hold: 3s}}]\n").exercises
    assert isinstance(exercise, Exercise)
    assert side_name(phrases_for(language), exercise, "left") == told


@pytest.mark.parametrize(
    ("language", "seconds", "told"),
    [
        ("en", 45, "forty-five seconds"),
        ("en", 60, "one minute"),
        ("en", 61, "one minute and one second"),
        ("en", 84, "one minute and twenty-four seconds"),
        ("en", 90, "a minute and a half"),
        ("en", 120, "two minutes"),
        ("en", 150, "two and a half minutes"),
        ("en", 190, "three minutes and ten seconds"),
        ("de", 72, "eine Minute und zwölf Sekunden"),
        ("es", 72, "un minuto y doce segundos"),
        ("fr", 72, "une minute et douze secondes"),
    ],
)
def test_a_rest_of_odd_length_is_told_in_minutes_and_seconds(
    language: str, seconds: int, told: str
) -> None:
    assert spoken_rest(phrases_for(language), 1000 * seconds) == told


ROUNDS = """
title: T
language: {language}
exercises:
  - rounds: 3
    round_name: {name}
    rest: 5s
    exercises:
      - {{name: squat, reps: [21, 15, 9], tempo: 2-0-2-0}}
      - {{name: plank, position: lying on front, hold: 20s}}
"""


@pytest.mark.parametrize(
    ("language", "name", "told"),
    [
        (
            *("en", "rung"),
            "Rung by rung: twenty-one times, then fifteen, then nine.",
        ),
        (
            *("de", "Sprosse"),
            "Sprosse für Sprosse: einundzwanzig Mal, dann fünfzehn, dann neun.",
        ),
        (
            *("es", "escalón"),
            "Escalón a escalón: veintiuna veces, después quince, después nueve.",
        ),
        (
            *("fr", "échelon"),
            "Échelon par échelon : vingt et une fois, puis quinze, puis neuf.",
        ),
    ],
)
def test_a_dose_by_round_has_the_name_of_its_rounds(language: str, name: str, told: str) -> None:
    script = compile_script(loads(ROUNDS.format(language=language, name=name)))
    assert told in {cue.sound.text for cue in script.cues() if isinstance(cue.sound, Utterance)}


def test_nothing_is_called_finished_before_its_last_round() -> None:
    script = compile_script(loads(ROUNDS.format(language="en", name="rung")))
    said = [cue.sound.text for cue in script.cues() if isinstance(cue.sound, Utterance)]
    praise = {"Well done.", "Good work.", "Nicely done.", "Good."}
    assert len([text for text in said if text in praise or text.startswith("Finished")]) <= 4
    last = len(said) - said[::-1].index("Nine times.")
    assert not praise & {*said[:last]}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Every thirty seconds: six times, then eight, then ten."),
        ("de", "Alle dreißig Sekunden: sechs Mal, dann acht, dann zehn."),
        ("es", "Cada treinta segundos: seis veces, después ocho, después diez."),
        ("fr", "Toutes les trente secondes : six fois, puis huit, puis dix."),
    ],
)
def test_doses_of_several_sets_are_no_sum(language: str, told: str) -> None:
    written = "{name: T, every: 30s, sets: 3, reps: [6, 8, 10]}"
    (exercise,) = loads(f"title: T\nlanguage: {language}\nexercises: [{written}]\n").all_exercises()
    assert next(dose_lines(phrases_for(language), exercise, None)) == told


@pytest.mark.parametrize(
    ("language", "load", "one", "several"),
    [
        ("en", "none", "Load: none.", "Load, set by set: none, then 2 kg."),
        ("en", "no load", "No load.", "Set by set: no load, then 2 kg."),
        ("de", "none", "Belastung: keine.", "Belastung, Satz für Satz: keine, dann 2 kg."),
        ("es", "none", "Carga: ninguna.", "Carga, serie por serie: ninguna, después 2 kg."),
        ("fr", "none", "Charge : aucune.", "Charge, série par série : aucune, puis 2 kg."),
        ("de", "keine", "Belastung: keine.", "Belastung, Satz für Satz: keine, dann 2 kg."),
        ("de", "ohne Belastung", "Ohne Belastung.", "Satz für Satz: ohne Belastung, dann 2 kg."),
        ("es", "sin carga", "Sin carga.", "Serie por serie: sin carga, después 2 kg."),
        ("fr", "sans charge", "Sans charge.", "Série par série : sans charge, puis 2 kg."),
    ],
)
def test_a_load_is_not_called_a_load_twice(
    language: str, load: str, one: str, several: str
) -> None:
    for written, told in ((load, one), (f"[{load}, 2 kg]", several)):
        dose = f"{{name: T, sets: 2, reps: 3, tempo: 3-1-1-0, load: {written}}}"
        routine = loads(f"title: T\nlanguage: {language}\nexercises: [{dose}]\n")
        (exercise,) = routine.all_exercises()
        assert told in dose_lines(phrases_for(language), exercise, None)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Seven times each: low, middle and top."),
        ("de", "Je sieben Mal: low, middle und top."),
        ("es", "Siete veces de cada forma: low, middle y top."),
        ("fr", "Sept fois de chaque façon : low, middle et top."),
    ],
)
def test_of_three_variants_it_is_told_that_each_has_the_dose(language: str, told: str) -> None:
    written = "{name: T, reps: 7, rep_duration: 3s, each: [low, middle, top]}"
    (exercise,) = loads(f"title: T\nlanguage: {language}\nexercises: [{written}]\n").all_exercises()
    assert told in dose_lines(phrases_for(language), exercise, None)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["Eight times, and hold each time for three seconds.", "Load: a ball."]),
        ("de", ["Acht Mal, je drei Sekunden halten.", "Belastung: a ball."]),
        ("es", ["Ocho veces, aguantando tres segundos.", "Carga: a ball."]),
        ("fr", ["Huit fois, en tenant trois secondes chaque fois.", "Charge : a ball."]),
    ],
)
def test_what_both_sides_have_is_told_once(language: str, told: list[str]) -> None:
    sides = "sides: right-then-left, reps: {right: 8, left: 8}, load: {right: a ball, left: a ball}"
    written = f"{{name: T, hold: 3s, {sides}}}"
    (exercise,) = loads(f"title: T\nlanguage: {language}\nexercises: [{written}]\n").all_exercises()
    lines = [*dose_lines(phrases_for(language), exercise, None)]
    assert lines[:2] == told
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["Load: none.", "From set three on: 5 kg.", "In set five: 10 kg."]),
        ("de", ["Belastung: keine.", "Ab Satz drei: 5 kg.", "In Satz fünf: 10 kg."]),
        ("es", ["Carga: ninguna.", "Desde la serie tres: 5 kg.", "En la serie cinco: 10 kg."]),
        (
            "fr",
            [
                "Charge : aucune.",
                "À partir de la série trois : 5 kg.",
                "À la série cinq : 10 kg.",
            ],
        ),
    ],
)
def test_a_load_that_several_sets_share_is_told_once(language: str, told: list[str]) -> None:
    written = "{name: T, hold: 9s, sets: 5, rest: 30s, load: [none, none, 5 kg, 5 kg, 10 kg]}"
    (exercise,) = loads(f"title: T\nlanguage: {language}\nexercises: [{written}]\n").all_exercises()
    assert list(dose_lines(phrases_for(language), exercise, None))[1:4] == told


@pytest.mark.parametrize(
    ("language", "later", "told"),
    [
        ("en", "12 kg, 16 kg", "In round three: 16 kg."),
        ("de", "12 kg, 16 kg", "In Runde drei: 16 kg."),
        ("es", "12 kg, 16 kg", "En la vuelta tres: 16 kg."),
        ("fr", "12 kg, 16 kg", "Au tour trois : 16 kg."),
        ("en", "16 kg, 16 kg", "From round two on: 16 kg."),
        ("de", "16 kg, 16 kg", "Ab Runde zwei: 16 kg."),
        ("es", "16 kg, 16 kg", "Desde la vuelta dos: 16 kg."),
        ("fr", "16 kg, 16 kg", "À partir du tour deux : 16 kg."),
    ],
)
def test_so_is_one_that_rounds_share(language: str, later: str, told: str) -> None:
    """Of three rounds, "from round three on" would be heard as if there were more."""
    written = f"{{name: T, reps: 3, tempo: 2-0-2-0, load: [12 kg, {later}]}}"
    (exercise,) = loads(f"title: T\nlanguage: {language}\nexercises: [{written}]\n").all_exercises()
    lines = [*dose_lines(phrases_for(language), exercise, None, by_round=True)]
    assert told in lines
    assert not [line for line in lines if "12" in line and "16" in line]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Ten times, in one minute and forty seconds."),
        ("de", "Zehn Mal, das dauert eine Minute und vierzig Sekunden."),
        ("es", "Diez veces, en un minuto y cuarenta segundos."),
        ("fr", "Dix fois, en une minute et quarante secondes."),
    ],
)
def test_nobody_says_a_hundred_seconds(language: str, told: str) -> None:
    written = "{name: T, tempo: 4-1-4-1, until: 1:40}"
    (exercise,) = loads(f"title: T\nlanguage: {language}\nexercises: [{written}]\n").all_exercises()
    assert next(dose_lines(phrases_for(language), exercise, None)) == told
