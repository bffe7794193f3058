"""What stands beside an exercise and is none of it: times of other things, finishers, warm-ups."""

from __future__ import annotations

import pytest
from drafts import drafted_text

PAGES = {
    "en": "My page\n\n1. Fist\nMake a fist 8 times. {}\n\n2. Fan\nSpread the fingers 8 times.\n",
    "de": "Meine Seite\n\n1. Faust\nDie Hand 8-mal zur Faust schließen. {}\n\n"
    "2. Fächer\nDie Finger 8-mal spreizen.\n",
    "es": "Mi hoja\n\n1. Puño\nCierre la mano 8 veces. {}\n\n2. Abanico\nAbra los dedos 8 veces.\n",
    "fr": "Ma fiche\n\n1. Poing\nFermez la main 8 fois. {}\n\n"
    "2. Éventail\nÉcartez les doigts 8 fois.\n",
}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Good at the bus stop or in the adverts, which last about 90 seconds."),
        ("en", "Ideal at the red light, which usually lasts half a minute."),
        ("en", "Do it while you wait for the kettle, which takes 3 minutes."),
        ("de", "Gut in der Werbung, die etwa 90 Sekunden dauert."),
        ("de", "Passt zur roten Ampel, was meist 30 Sekunden dauert."),
        ("es", "Útil en el semáforo, que dura unos 40 segundos."),
        ("es", "Hágalo durante el anuncio que dura 30 segundos."),
        ("fr", "Pratique au feu rouge, qui dure environ 40 secondes."),
        ("fr", "À faire pendant la publicité qui dure 30 secondes."),
    ],
)
def test_how_long_something_else_lasts_is_no_dose(language: str, words: str) -> None:
    first, _ = drafted_text(PAGES[language].format(words), language=language).exercises
    assert {name: made.value for name, made in first.figures.items()} == {"reps": 8}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Then squeeze for a hold, which lasts 6 seconds."),
        ("de", "Danach folgt die Anspannung, die 6 Sekunden dauert."),
        ("es", "Luego apriete con una contracción, que dura 6 segundos."),
        ("fr", "Puis serrez : une contraction, qui dure 6 secondes."),
    ],
)
def test_how_long_a_part_of_the_exercise_lasts_is_not_dropped(language: str, words: str) -> None:
    first, _ = drafted_text(PAGES[language].format(words), language=language).exercises
    asked = any(made.doubt for made in first.figures.values())
    assert asked or "hold_s" in first.figures or "work_s" in first.figures


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "en",
            "Saturday\n\nCool-down walk\nWalk for 4 minutes, easing off.\n\n"
            "Calf stretch\nHold for 30 seconds.\n",
            ["Cool-down walk", "Calf stretch"],
        ),
        (
            "de",
            "Samstag\n\nAufwärmlauf\n6 Minuten locker laufen.\n\n"
            "Wadendehnung\n30 Sekunden halten.\n",
            ["Aufwärmlauf", "Wadendehnung"],
        ),
        (
            "es",
            "Sábado\n\nCaminata de calentamiento\nCamine 6 minutos a buen paso.\n\n"
            "Estiramiento de gemelos\nMantenga 30 segundos.\n",
            ["Caminata de calentamiento", "Estiramiento de gemelos"],
        ),
        (
            "fr",
            "Samedi\n\nMarche d'échauffement\nMarchez 6 minutes d'un bon pas.\n\n"
            "Étirement du mollet\nTenez 30 secondes.\n",
            ["Marche d'échauffement", "Étirement du mollet"],
        ),
    ],
)
def test_a_heading_that_says_how_to_warm_up_is_a_name(
    language: str, text: str, names: list[str]
) -> None:
    assert [each.name for each in drafted_text(text, language=language).exercises] == names


def test_a_heading_that_only_says_warm_up_is_no_name() -> None:
    text = "Saturday\n\nWarm-up\nMarch on the spot for 3 minutes.\n\nPlank\nHold for 30 seconds.\n"
    assert drafted_text(text).exercises[0].name.casefold() == "march on the spot"


FINISHERS = {
    "en": "Park circuit\n\nDo 3 rounds.\n\n1) Squats - 12 reps\n2) Rows - 10 reps\n\n"
    "FINISHER\nSide plank - prop yourself on one forearm and stay there for 25 seconds. "
    "Two attempts, 40 seconds off in between.\n",
    "de": "Zirkel im Park\n\n3 Runden.\n\n1) Kniebeugen - 12 Wiederholungen\n"
    "2) Rudern - 10 Wiederholungen\n\n"
    "FINISHER\nSeitstütz - auf einen Unterarm stützen und 25 Sekunden halten. "
    "Zwei Versuche, dazwischen 40 Sekunden Pause.\n",
    "es": "Circuito en el parque\n\nHaga 3 vueltas.\n\n1) Sentadillas - 12 repeticiones\n"
    "2) Remos - 10 repeticiones\n\n"
    "REMATE\nPlancha lateral - apóyese en un antebrazo y aguante 25 segundos. "
    "Dos intentos, con 40 segundos de descanso entre ellos.\n",
    "fr": "Circuit au parc\n\nFaites 3 tours.\n\n1) Squats - 12 répétitions\n"
    "2) Tirages - 10 répétitions\n\n"
    "FINISHER\nPlanche latérale - appuyez-vous sur un avant-bras et tenez 25 secondes. "
    "Deux essais, 40 secondes de repos entre les deux.\n",
}


@pytest.mark.parametrize("language", sorted(FINISHERS))
def test_a_finisher_is_an_exercise_of_its_own_and_outside_of_the_circuit(language: str) -> None:
    draft = drafted_text(FINISHERS[language], language=language)
    assert len(draft.exercises) == 3
    last = draft.exercises[2]
    assert last.name == FINISHERS[language].split("\n")[-2].split(" - ")[0]
    told = {name: last.value(name) for name in ("reps", "hold_s", "rep_rest_s")}
    assert told == {"reps": 2, "hold_s": 25, "rep_rest_s": 40}
    assert [group.members for group in draft.groups] == [[0, 1]]


STORIES = {
    "en": "Straight again\n\nFor twenty-two years I sat in the same chair in one office. {}\n\n"
    "1. Fist\nMake a fist 8 times.\n\n2. Fan\nSpread the fingers 8 times.\n",
    "de": "Wieder gerade\n\nZwanzig Jahre lang saß ich im Büro auf demselben Stuhl. {}\n\n"
    "1. Faust\nDie Hand 8-mal schließen.\n\n2. Fächer\nDie Finger 8-mal spreizen.\n",
    "es": "Otra vez recto\n\nDurante veinte años me senté en la misma silla. {}\n\n"
    "1. Puño\nCierre la mano 8 veces.\n\n2. Abanico\nAbra los dedos 8 veces.\n",
    "fr": "De nouveau droit\n\nPendant vingt ans, j'étais assise sur la même chaise. {}\n\n"
    "1. Poing\nFermez la main 8 fois.\n\n2. Éventail\nÉcartez les doigts 8 fois.\n",
}


@pytest.mark.parametrize("language", sorted(STORIES))
def test_what_somebody_sat_on_for_years_is_not_needed(language: str) -> None:
    draft = drafted_text(STORIES[language].format(""), language=language)
    assert draft.equipment == {}
    assert "position" not in draft.exercises[0].figures
