"""What people write and nobody would say so: rates, clocks, sides, ordinals, comparisons."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from audiocoach.readings.text import read_aloud

KINDS = {
    "a rate": {
        "en": [
            ("Run at 6:30/km", "Run at 6 minutes 30 seconds per kilometre"),
            ("6:05 min/mi, 170 steps/min", "6 minutes 5 seconds per mile, 170 steps per minute"),
            ("10 reps/leg, 3x/week", "10 reps per leg, 3 times per week"),
            ("600 kcal/h at 12 km/h", "600 kilocalories per hour at 12 kilometres an hour"),
            ("30 sec / side, 5 kg/hand", "30 seconds per side, 5 kilos per hand"),
            ("row 2:05/500 m, kg/side", "row 2 minutes 5 seconds per 500 metres, kilos per side"),
            ("12 arm/leg raises", "12 arm leg raises"),
            ("3x8/side, once/day", "3 times 8 per side, once per day"),
            ("1 lb. / 2 lbs.", "1 pound, 2 pounds."),
        ],
        "de": [
            ("Tempo 6:30 min/km", "Tempo 6 Minuten 30 Sekunden pro Kilometer"),
            ("170 Schritte/min, 3x/Woche", "170 Schritte pro Minute, 3 mal pro Woche"),
            ("5-10 Wdh./Bein", "5 bis 10 Wiederholungen pro Bein"),
            ("600 kcal/h, 1x/Tag", "600 Kilokalorien pro Stunde, einmal pro Tag"),
            ("Arm/Bein", "Arm Bein"),
        ],
        "es": [
            ("6:30 min/km", "6 minutos 30 segundos por kilómetro"),
            ("170 pasos/min, 3x/semana", "170 pasos por minuto, 3 veces por semana"),
            ("10 rep./pierna", "10 repeticiones por pierna"),
            ("10 x pierna, 5 reps x lado", "10 por pierna, 5 repeticiones por lado"),
            ("X pierna", "X pierna"),
        ],
        "fr": [
            ("Allure 6'30/km", "Allure 6 minutes 30 secondes au kilomètre"),
            ("170 pas/min, 3x/semaine", "170 pas par minute, 3 fois par semaine"),
            ("10 rép./jambe", "10 répétitions par jambe"),
        ],
    },
    "a length of time": {
        "en": [
            ("2'30''", "2 minutes 30 seconds"),
            ("rest 1:30, then 0:45", "rest 1 minute 30 seconds, then 45 seconds"),
            ("1:30 h, 1:02:30", "1 hour 30 minutes, 1 hour 2 minutes 30 seconds"),
            ("at 6:30, 10:30 a.m.", "at 6:30, 10:30 a.m."),
            ("5'10\" tall", "5 feet 10 inches tall"),
            ("1m30s, rest 60\", EMOM 10'", "1 minute 30 seconds, rest 60 seconds, EMOM 10 minutes"),
            ("work and rest 2:1", "work and rest 2 to 1"),
        ],
        "de": [("2'30'', 1:30", "2 Minuten 30 Sekunden, 1 Minute 30 Sekunden"), ("um 6:30",) * 2],
        "es": [("2'30'', 1:30", "2 minutos 30 segundos, 1 minuto 30 segundos")],
        "fr": [("2'30'', 1h30", "2 minutes 30 secondes, 1 heure 30 minutes")],
    },
    "a side": {
        "en": [
            ("R leg behind L, lean L.", "Right leg behind left, lean left."),
            ("outer R hip (R/L)", "outer right hip (right and left)"),
            ("10 R, 10 L", "10 right, 10 left"),
            ("2 L of water, an L shape, L-sit", "2 litres of water, an L shape, L-sit"),
            ("See R. Brown, size L", "See R. Brown, size L"),
            ("R. arm up", "Right arm up"),
            ("B/L, L/S, Q/L", "bilateral, lumbar spine, Q L"),
            ("left/right", "left and right"),
            ("R", "R"),
            ("Today: L.", "Today: L."),
            ("hip (R), up", "hip (right), up"),
        ],
        "de": [
            ("Re. Bein hinter das li., dann", "Rechtes Bein hinter das linke, dann"),
            ("re. Arm heben, li. Hand", "rechten Arm heben, linke Hand"),
            ("Mit li. Hand auf re. Bein stehen", "Mit linker Hand auf rechtem Bein stehen"),
            ("dein re. Knie zur li. Seite", "dein rechtes Knie zur linken Seite"),
            ("in der li. Hand", "in der linken Hand"),
            ("re./li. Bein, R/L", "rechtes und linkes Bein, rechts und links"),
            ("Kopf nach re. Dann nach li.", "Kopf nach rechts. Dann nach links."),
            ("re.-li., rechts/links", "rechts und links, rechts und links"),
            ("2 L Wasser, L-Sitz", "2 Liter Wasser, L-Sitz"),
        ],
        "es": [
            ("brazo izq. y pierna der.", "brazo izquierdo y pierna derecha."),
            ("mano D, pie I, D/I", "mano derecha, pie izquierdo, derecha e izquierda"),
            (
                "D: 10, I: 10, pierna izq/der",
                "Derecha: 10, izquierda: 10, pierna izquierda y derecha",
            ),
            ("hacia la izq., vitamina D", "hacia la izquierda, vitamina D"),
        ],
        "fr": [
            ("bras D, jambe dr. tendue, pied g.", "bras droit, jambe droite tendue, pied gauche."),
            ("30 s D, 30 s G", "30 secondes droite, 30 secondes gauche"),
            ("G/D, 15 g", "Gauche et droite, 15 grammes"),
        ],
    },
    "a comparison": {
        "en": [
            ("feet >= hip width, <= 5, ±2", "feet at least hip width, at most 5, plus or minus 2"),
            ("5 +/- 2 -> rest => done", "5 plus or minus 2, rest, done"),
        ],
        "de": [("Füße >= hüftbreit, 5 +/- 2", "Füße mindestens hüftbreit, 5 plus minus 2")],
        "es": [("pies >= 30 cm, ≤ 5", "pies al menos 30 centímetros, como máximo 5")],
        "fr": [("pieds >= 30 cm, ≤ 5", "pieds au moins 30 centimètres, au plus 5")],
    },
    "a range": {
        "en": [
            ("5‒10, 5—10, 5 − 10, 5~10", "5 to 10, 5 to 10, 5 to 10, 5 to 10"),
            ("30s-60s, 30°-45°", "30 seconds to 60 seconds, 30 degrees to 45 degrees"),
            ("a 5-kg weight", "a 5 kilo weight"),
        ],
        "de": [
            ("5‒10, 30°-45°, ein 5-kg-Gewicht", "5 bis 10, 30 Grad bis 45 Grad, ein 5-Kilo-Gewicht")
        ],
        "es": [("5—10, 5 kg-10 kg", "5 a 10, 5 kilos a 10 kilos")],
        "fr": [("5—10, 5 kg-10 kg", "5 à 10, 5 kilos à 10 kilos")],
    },
    "a number in order": {
        "en": [
            ("Phase II, Week IV, Level V", "Phase 2, Week 4, Level 5"),
            ("the step I take",) * 2,
        ],
        "de": [
            ("die 2. Übung am 3. Tag", "die zweite Übung am dritten Tag"),
            ("3. Satz in der 2. Woche", "Dritter Satz in der zweiten Woche"),
            ("Phase II, zähl bis 10. Dann", "Phase 2, zähl bis 10. Dann"),
        ],
        "es": [("Fase II, 1.ª serie, 2º, 90º", "Fase 2, primera serie, segundo, 90 grados")],
        "fr": [("Phase II, 1re série, la 3e", "Phase 2, première série, la troisième")],
    },
    "an abbreviation": {
        "en": [
            ("HR 120-140 bpm, RPE 4", "heart rate 120 to 140 beats a minute, perceived effort 4"),
            ("esp. w/ heavy wts", "especially with heavy weights"),
            ("HIIT at home", "high-intensity interval training at home"),
            ("HIIT training", "high-intensity interval training"),
            ("See fig. 3, ~170 spm", "See figure 3, about 170 a minute"),
        ],
        "de": [
            ("ca.10, u.ä.", "circa 10, und ähnliches."),
            ("Das HIIT", "Das Intervalltraining mit hoher Intensität"),
            ("HIIT-Training", "Intervalltraining mit hoher Intensität"),
            ("s. Abb. 3, u. U. weniger", "siehe Abbildung 3, unter Umständen weniger"),
            (
                "bes. bei 60 % 1RM, HF 120",
                "besonders bei 60 Prozent des Maximalgewichts, Herzfrequenz 120",
            ),
        ],
        "es": [
            ("Tb.", "Tb."),
            ("HIIT", "entrenamiento de intervalos de alta intensidad"),
            ("sesión HIIT", "sesión de intervalos de alta intensidad"),
            ("FC 140 lpm, ver fig. 3", "frecuencia cardiaca 140 latidos por minuto, ver figura 3"),
            ("@ 60 % 1RM", "a 60 por ciento del máximo de una repetición"),
        ],
        "fr": [
            (
                "FC 140 bpm, cf. fig. 3",
                "fréquence cardiaque 140 battements par minute, voir figure 3",
            ),
            ("60 % 1RM", "60 pour cent du maximum d'une répétition"),
            ("HIIT", "entraînement par intervalles à haute intensité"),
            ("séance HIIT", "séance d'intervalles à haute intensité"),
        ],
    },
    "an address": {
        "en": [("See www.example.com/a-b for more (x@example.org) #legday", "See for more")],
        "de": [("Siehe https://example.org.", "Siehe.")],
        "es": [("Mira example.es/hoy hoy", "Mira hoy")],
        "fr": [("Voir example.fr", "Voir")],
    },
}


def rows() -> Iterator[tuple[str, str, str]]:
    for languages in KINDS.values():
        for language, pairs in languages.items():
            for written, said in pairs:
                yield language, written, said


@pytest.mark.parametrize(("language", "written", "said"), list(rows()))
def test_what_nobody_says_as_it_is_written_is_read_in_words(
    language: str, written: str, said: str
) -> None:
    assert read_aloud(written, language) == said
    assert read_aloud(said, language) == said
