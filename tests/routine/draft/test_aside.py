"""Advertising, and what the text forbids, are no exercises; each is listed whole."""

from __future__ import annotations

import pytest
from drafts import drafted_text

from audiocoach.routine.draft.model import Draft

TITLE = {"en": "My page", "de": "Meine Seite", "es": "Mi página", "fr": "Ma page"}
PAGE = {
    "en": "Bridge\nLift your hips. 3 sets of 10.\n\n{}\n\nClam\nOpen the knees. 2 sets of 12.\n",
    "de": "Brücke\nBecken heben. 3 Sätze mit 10 Wiederholungen.\n\n{}\n\n"
    "Muschel\nKnie öffnen. 2 Sätze mit 12 Wiederholungen.\n",
    "es": "Puente\nLevante la cadera. 3 series de 10.\n\n{}\n\n"
    "Almeja\nAbra las rodillas. 2 series de 12.\n",
    "fr": "Pont\nLevez le bassin. 3 séries de 10.\n\n{}\n\n"
    "Coquillage\nOuvrez les genoux. 2 séries de 12.\n",
}
NAMES = {
    "en": ["Bridge", "Clam"],
    "de": ["Brücke", "Muschel"],
    "es": ["Puente", "Almeja"],
    "fr": ["Pont", "Coquillage"],
}

ADS = [
    ("en", "Try our BandPro: hold 30 seconds a day!"),
    (
        "en",
        "Get the StretchMaster 3000 now - only 29.99! Use it for 30 seconds, three times a day.",
    ),
    ("en", "Order our resistance bands today. Train with them for 20 minutes."),
    ("en", "Advertisement: the foot ball. Roll on it for 2 minutes."),
    ("en", "Download our app: 10 minutes a day are enough!"),
    ("de", "Testen Sie unser BandPro: 30 Sekunden am Tag halten!"),
    ("de", "Jetzt den StretchMaster bestellen: 30 Sekunden täglich anwenden!"),
    ("de", "Anzeige: Der Igelball. Rollen Sie 2 Minuten darauf."),
    ("de", "Laden Sie unsere App herunter: 10 Minuten am Tag reichen!"),
    ("es", "¡Pruebe nuestro BandPro: mantenga 30 segundos al día!"),
    ("es", "¡Compra ya el StretchMaster! Úsalo 30 segundos al día."),
    ("es", "Publicidad: la pelota de pies. Ruede sobre ella 2 minutos."),
    ("es", "Descargue nuestra aplicación: ¡bastan 10 minutos al día!"),
    ("fr", "Essayez notre BandPro : tenez 30 secondes par jour !"),
    ("fr", "Commandez dès maintenant le StretchMaster : 30 secondes par jour suffisent !"),
    ("fr", "Publicité : la balle à picots. Roulez dessus 2 minutes."),
    ("fr", "Téléchargez notre application : 10 minutes par jour suffisent !"),
]


def _read(language: str, told: str) -> Draft:
    return drafted_text(f"{TITLE[language]}\n\n{PAGE[language].format(told)}", language=language)


def _plain(language: str, draft: Draft) -> bool:
    """Whether a draft has the two exercises of the page, and their figures alone."""
    first, last = (
        {name: made.value for name, made in each.figures.items() if name != "position"}
        for each in draft.exercises
    )
    doses = [first, last] == [{"sets": 3, "reps": 10}, {"sets": 2, "reps": 12}]
    return [each.name for each in draft.exercises] == NAMES[language] and doses


@pytest.mark.parametrize(("language", "told"), ADS)
def test_advertising_makes_no_figure_and_is_listed(language: str, told: str) -> None:
    draft = _read(language, told)
    assert _plain(language, draft)
    assert not draft.figures
    assert told in " ".join(draft.words(span) for span in draft.left_out)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Try our glute bridge: 3 sets of 10."),
        ("en", "Try our favourite: plank, 3 sets of 10."),
        ("en", "Use our hands for support."),
        ("de", "Testen Sie unsere Kniebeuge: 3 Sätze mit 10 Wiederholungen."),
        ("es", "Pruebe nuestra sentadilla: 3 series de 10."),
        ("fr", "Essayez notre squat : 3 séries de 10."),
    ],
)
def test_an_exercise_that_is_recommended_is_no_advertising(language: str, told: str) -> None:
    assert not _read(language, told).left_out


FORBIDDEN = [
    ("en", "OFF LIMITS: push-ups 3 x 10, planks 30 seconds"),
    ("en", "Taboo: 20 burpees"),
    ("en", "Banned until your check: 3 sets of 10 dips."),
    ("en", "Not allowed: running, 20 minutes"),
    ("en", "Avoid: full neck circles, deep squats"),
    ("en", "Avoid: full neck circles, deep squats, 10 jumps"),
    ("en", "No squats until your follow-up."),
    ("en", "Leg press 3 x 12 - no leg press until your follow-up"),
    ("de", "Tabu: Kniebeugen 3 x 10"),
    ("de", "Nicht erlaubt: Beine überschlagen, 10 mal"),
    ("de", "Vermeiden: tiefe Kniebeugen, 10 Sprünge"),
    ("de", "Was Sie vermeiden sollten: tiefe Kniebeugen, 10 Sprünge am Stück"),
    ("de", "Noch nicht: Ausfallschritte 3 x 8"),
    ("de", "Bis zur Nachkontrolle keine Sprünge, auch nicht 10 kleine."),
    ("de", "Keine Kniebeugen bis zur Kontrolle, 3 x 10"),
    ("es", "Prohibido: sentadillas"),
    ("es", "Prohibidos: saltos 3 x 10"),
    ("es", "Tabú: saltos 20"),
    ("es", "No permitido: zancadas 3 x 8"),
    ("es", "Evitar: sentadillas profundas, 10 saltos"),
    ("es", "Lo que no debe hacer: sentadillas, 10 saltos"),
    ("es", "Sin sentadillas hasta la revisión."),
    ("es", "Nada de sentadillas hasta la revisión, 3 x 10"),
    ("fr", "Interdits : squats, sauts 3 x 10"),
    ("fr", "À proscrire : fentes 3 x 8"),
    ("fr", "Tabou : sauts 20"),
    ("fr", "À éviter : squats profonds, 10 sauts"),
    ("fr", "Ce qu'il ne faut pas faire : squats, 10 sauts"),
    ("fr", "Pas de squats jusqu'à la visite de contrôle."),
    ("fr", "Pas de squats avant le contrôle, 3 x 10"),
]


@pytest.mark.parametrize(("language", "told"), FORBIDDEN)
@pytest.mark.parametrize("form", ["{}", "- {}"])
def test_a_row_of_what_is_forbidden_is_listed_whole(language: str, told: str, form: str) -> None:
    draft = _read(language, form.format(told))
    assert _plain(language, draft)
    assert [draft.words(span).strip("- ") for span in draft.forbidden] == [told]
    assert not draft.unread


@pytest.mark.parametrize(
    ("language", "head", "items"),
    [
        ("en", "Off limits:", ["Squats 3 x 10", "Lunges 3 x 8"]),
        ("en", "Exercises to avoid", ["Squats 3 x 10", "Lunges 3 x 8"]),
        ("en", "## Not yet", ["Squats 3 x 10", "Jumps, 20"]),
        ("de", "Tabu:", ["Kniebeugen 3 x 10", "Sprünge 3 x 8"]),
        ("de", "Verboten", ["Kniebeugen 3 x 10", "Sprünge 3 x 8"]),
        ("es", "Prohibido:", ["Sentadillas 3 x 10", "Saltos 3 x 8"]),
        ("fr", "À éviter :", ["Squats 3 x 10", "Sauts 3 x 8"]),
    ],
)
@pytest.mark.parametrize("form", ["{}\n- {}\n- {}", "{}\n\n- {}\n- {}", "{}\n{}\n{}"])
def test_a_list_of_what_is_forbidden_is_left_out(
    language: str, head: str, items: list[str], form: str
) -> None:
    page = "".join(PAGE[language].format("").split("\n\n\n\n"))
    under = "# " if head.startswith("#") else ""
    text = f"{TITLE[language]}\n\n{page}\n{under and ''}{form.format(head, *items)}\n"
    draft = drafted_text(text, language=language)
    assert not {each.name for each in draft.exercises} & {item.split()[0] for item in items}
    told = " ".join(draft.words(span) for span in draft.forbidden)
    assert all(item in told for item in items)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Bridge 3 x 10 - no single-leg bridge until week 6"),
        ("en", "Bridge 3 x 10; no running until your follow-up"),
        ("de", "Brücke 3 x 10; keine Sprünge bis zur Kontrolle"),
        ("es", "Puente 3 x 10; nada de saltos hasta la revisión"),
        ("fr", "Pont 3 x 10 ; pas de sauts avant le contrôle"),
    ],
)
def test_what_is_forbidden_beside_an_exercise_takes_nothing_from_it(
    language: str, told: str
) -> None:
    text = f"{TITLE[language]}\n\n- {told}\n- Pilates roll 2 x 12\n- Clam 2 x 8\n"
    draft = drafted_text(text, language=language)
    first = draft.exercises[0].figures
    assert len(draft.exercises) == 3
    assert (first["sets"].value, first["reps"].value) == (3, 10)
    assert len(draft.forbidden) == 1


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Hold for 10 seconds. No rest until you have done both sides."),
        ("en", "Hold for 10 seconds. No pain until here is fine."),
        ("de", "10 Sekunden halten. Keine Pause bis zum Seitenwechsel."),
        ("es", "Mantenga 10 segundos. Sin doblar la rodilla, baje hasta la mesa."),
        ("fr", "Tenez 10 secondes. Pas de pause avant la fin."),
    ],
)
def test_how_an_exercise_is_done_is_not_taken_for_forbidden(language: str, told: str) -> None:
    draft = _read(language, f"Plank\n{told}")
    assert [each.name for each in draft.exercises] == [
        NAMES[language][0],
        "Plank",
        NAMES[language][1],
    ]
    assert not draft.forbidden


def test_each_line_under_a_heading_that_says_stop_is_listed_once() -> None:
    draft = _read("en", "Stop\nSquats of any depth\nJumps, 10 of them")
    listed = [draft.words(span) for span in draft.forbidden]
    assert listed == ["Stop", "Squats of any depth", "Jumps, 10 of them"]
    assert not draft.unread


@pytest.mark.parametrize(
    ("language", "cue"),
    [
        ("en", "- Avoid: rolling back"),
        ("de", "- Vermeiden: ins Hohlkreuz fallen"),
        ("es", "- Evite: arquear la espalda"),
        ("fr", "- À éviter : cambrer le dos"),
    ],
)
def test_what_to_avoid_in_an_exercise_stays_with_it(language: str, cue: str) -> None:
    head, _, rest = PAGE[language].partition("\n")
    dose = rest.partition("\n\n")[0]
    last = PAGE[language].rpartition("\n\n")[2]
    text = f"{TITLE[language]}\n\n{head}\n- {dose}\n{cue}\n\n{last}"
    draft = drafted_text(text, language=language)
    assert not draft.forbidden
    assert cue[2:] in [draft.words(each.span) for each in draft.exercises[0].sentences]
