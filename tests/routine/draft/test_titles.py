"""The title of a draft is that of the sheet, and not whose letterhead it has."""

from __future__ import annotations

import pytest
from drafts import drafted_text

EXERCISES = {
    "en": "Bridge\n3 sets of 10.\n\nClam\n2 sets of 12.\n",
    "de": "Brücke\n3 Sätze mit 10 Wiederholungen.\n\nMuschel\n2 Sätze mit 12 Wiederholungen.\n",
    "es": "Puente\n3 series de 10.\n\nAlmeja\n2 series de 12.\n",
    "fr": "Pont\n3 séries de 10.\n\nCoquillage\n2 séries de 12.\n",
}
HEADS = [
    ("en", "St Mary's Hospital NHS Trust\nPhysiotherapy Department\nTel. 01234 567890"),
    ("en", "Dr. Sarah Jones, MSc MCSP\nPatient: John Smith\nDiagnosis: rotator cuff tear"),
    ("en", "Willow Physio, 12 High Street, Leeds"),
    ("en", "www.willow-physio.example"),
    ("de", "Physio Meyer, Hauptstr. 5"),
    ("de", "Klinikum am See · Abteilung Physiotherapie\nPatient: Erika Muster, geb. 3.4.1956"),
    (
        "de",
        "Praxis für Krankengymnastik Jahn\nRingstraße 12, 12345 Ulm\nTelefon 030 123456",
    ),
    ("es", "Clínica Fisioterapia Gómez\nC/ Mayor 12, Madrid"),
    ("es", "Hospital Universitario La Paz\nServicio de Rehabilitación\nPaciente: Ana García"),
    ("fr", "Cabinet de kinésithérapie Durand\n12 rue des Lilas, 69003 Lyon"),
    ("fr", "Centre hospitalier de Lens\nPatient : Jean Martin\nTél. 03 21 00 00 00"),
]
TITLES = {
    "en": "Exercises after your ankle sprain",
    "de": "Übungen für die Schulter",
    "es": "Ejercicios de hombro",
    "fr": "Exercices pour le dos",
}


@pytest.mark.parametrize(("language", "head"), HEADS)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_the_title_is_the_first_line_that_is_no_letterhead(
    language: str, head: str, gap: str
) -> None:
    text = f"{head}{gap}{TITLES[language]}\n\n{EXERCISES[language]}"
    draft = drafted_text(text, language=language)
    assert draft.title == TITLES[language]
    assert [each.name for each in draft.exercises] == EXERCISES[language].split("\n")[::3]


@pytest.mark.parametrize(("language", "head"), HEADS)
def test_under_a_letterhead_alone_there_is_no_title_and_no_exercise_is_lost(
    language: str, head: str
) -> None:
    draft = drafted_text(f"{head}\n\n{EXERCISES[language]}", language=language)
    assert draft.title == ""
    assert [each.name for each in draft.exercises] == EXERCISES[language].split("\n")[::3]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Hospital exercises after a hip replacement"),
        ("en", "Physiotherapy for your shoulder"),
        ("en", "Studio flow"),
        ("en", "Rotator Cuff Rehab, Stage 2"),
        ("de", "Reha Schulter, Phase 2"),
        ("es", "Rehabilitación de hombro"),
        ("fr", "Rééducation du genou"),
        ("de", "Physiotherapie nach Kreuzband-OP"),
        ("de", "Praxis-Übungen"),
        ("es", "Fisioterapia para la espalda"),
        ("fr", "Kinésithérapie après une entorse"),
    ],
)
def test_a_title_that_names_a_clinic_too_is_a_title(language: str, title: str) -> None:
    draft = drafted_text(f"{title}\n\n{EXERCISES[language]}", language=language)
    assert draft.title == title


def test_the_title_below_a_letterhead_is_no_exercise() -> None:
    head = "Fennick & Rowe Osteopaths\n\nHome advice: upper back and ribs\n\n"
    told = "Please do the following once a day, for 10 minutes.\n\n"
    draft = drafted_text(f"{head}{told}{EXERCISES['en']}", language="en")
    assert draft.title == "Home advice"
    assert [each.name for each in draft.exercises] == ["Bridge", "Clam"]
