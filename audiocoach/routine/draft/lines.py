"""The lines of a text: what marks them, and which only go on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from audiocoach.routine.draft.furniture import without_furniture
from audiocoach.routine.draft.speakers import spoken
from audiocoach.routine.draft.tagged import FILLER
from audiocoach.routine.draft.wrapping import by_width, is_ended

KINDS: Final = (
    r"(?:step|schritt|paso|étape|ex\.?|ej\.?|üb\.?|exercise|drill|move|stretch|pose|technique|method|practice|task|station"
    r"|übung|technik|methode|dehnung|ejercicio|técnica|método|estiramiento|postura|estación"
    r"|exercice|méthode|étirement|posture|atelier|poste)"
)
"""What stands before the number or the letter of an exercise."""
_SIGN: Final = "[\u2190-\u21ff\u25a0-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]"
"""Arrows, shapes and pictures: what chats and pages have for bullets."""
MARKER: Final = re.compile(
    r"(?P<hash>#{1,6})\s+(?:\d{1,2}[.)]\s+)?"
    rf"|{KINDS}\s+"
    r"(?P<numbered>\d{1,2})\s?[.:)|–-]?\s+(?!(?:and|to|und|bis|al?|à|et)\s\d)(?=[^\W\d_]{2})"
    r"|(?:no|nr|num|number|nummer|numero|número|numéro)[.:]?\s?"
    r"(?P<told>\d{1,2})(?:\s?[.:)–-]|\s(?:is|are|ist|sind|es|est)(?=\s))?\s+(?=[^\W\d_]{2})"
    rf"|{KINDS}\s+"
    r"(?P<lettered>[A-H])\s?[.:)–-]\s+(?=[^\W\d_]{2})"
    rf"|(?:{KINDS}\s+)?"
    r"(?P<number>\d{1,2})\s?(?:[.)ºª°][-–]?|,(?=\s(?-i:[A-ZÄÖÜÉ]))|/(?=\s)|:(?=\s)|\s[-–—](?=\s))(?=\s|[A-ZÄÖÜÉÀÈÊ])\s*"
    r"|#\s?(?P<counted>\d{1,2})\s?[.:)–-]?\s+(?=[^\W\d_]{2})"
    r"|(?P<letter>(?:[A-Z]\d?|\d[a-c])(?=[.):/]\s)|(?-i:[A-H])(?=\s[–—-]\s)|[A-H][1-9](?=\s+[^\W\d_]{3}))"
    r"(?:[.):/]|\s[–—-])?\s+|\(?(?P<small>[a-z])\)\s+|\((?P<inside>\d{1,2})\)\s+"
    rf"|(?P<bullet>(?:[•*·▪◦‣–—-]|{_SIGN})\ufe0f?(?:{_SIGN}|\ufe0f)*)\s+(?:\[[ x✓]?\]\s+)?"
    r"|(?P<box>\[[ x✓]?\])\s+"
    r"|(?P<label>W/?U|C/?D|Warm[- ]?up|Cool[- ]?down|Finish(?:er)?|Mobility|Min(?:ute)?\s?\d\d?"
    r"|min(?:ut[eo]s?)?\.?\s(?:odd|even|(?:un)?gerade|(?:im)?par|(?:im)?paires?)"
    r"|Prep|Primer|Activation|Pulse[- ]raiser|Before|After|Down"
    r"|Aufwärmen|Vorher|Davor|Nachher|Danach|Einstieg|Ausklang|(?:Zum )?(?:Ab)?schluss"
    r"|Échauffement|Mise en train|Avant|Après|Calentamiento|Entrada en calor|Antes|Después"
    r"|(?:Para |Pour )?(?:finir|terminer|terminar|acabar)"
    r"|CALENT\.?(?=\s)|VC(?=\s)|Abwärmen|Retour au calme|Vuelta a la calma|Cool(?= -))"
    r"(?:\s?(?::|[-–](?=\s))|\s{2})\s*"
    r"|(?P<brief>(?-i:W/?U|C/?D|VC|CALENT\.?)(?=\s+\S)|(?:wu|cd)(?=\s\d))\s+",
    re.IGNORECASE,
)
_TITLED: Final = re.compile(rf"{KINDS}\s?:\s+(?=[^\W\d_]{{2}}\S*(?:\s\S+){{0,4}}$)", re.IGNORECASE)
"""What stands before the name of an exercise in a form."""
_ALONE: Final = re.compile(
    rf"{KINDS}\s+(?P<count>\d{{1,2}})\s?[.:)]?(?:\s+\[[^\]]*\])?", re.IGNORECASE
)
"""A line that counts an exercise, whose name stands in the next."""
_MAIL: Final = re.compile(
    r"(?P<subject>Subject|Betreff|Asunto|Objet|Re)\s?:\s*(?:(?:Re|Fwd?|AW|WG|TR|RV|RE)\s?:\s*)*"
    r"|(?P<mail>From|To|Cc|Date|Sent|Von|An|Gesendet|Datum|De|Para|Fecha|Enviado|À|Envoyé|Date)\s?:\s"
)
"""The head of a mail: its subject, and what is no part of its text."""
_HEAD: Final = 8
"""Lines in which the head of a mail stands."""
_STAMP: Final = re.compile(
    r"\s*(?:\[[^\]\n]{0,20}\d\d?[:.]\d\d[^\]\n]{0,12}\]|"
    r"\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d\d?[:.]\d\d(?: ?[ap]m)? ?[-–])\s*(?:[^:\n\d]{1,30}:)?\s*"
    r"|\s*>+\s?"
    r"|[^\W\d_][^\n:;.!?\d]{0,25}(?:,| [·|–-]) (?:[^\W\d_]{2,9}\.?,? )?"
    r"(?:0[5-9]|1\d|2[0-3]):\d\d:?\s*(?=\n|$)"
)
"""The stamp of a chat message with its sender, or the mark of a quoted mail."""
CELLS: Final = re.compile(r"\s*\|\s*|\s*\t\s*|\s{3,}")
_RULE: Final = re.compile(r"\s*[-=_+:· ]{4,}\s*")
"""A line under the head of a table."""
_WRAPPED: Final = 55
"""A line that is longer may go on in the next one."""
_BARE_LETTER: Final = re.compile(r"(?P<letter>[A-H])\s+(?=[^\W\d_]{2})")
"""A letter without a point in front of an exercise."""
_SEQUENCES: Final = (
    ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
    tuple("①②③④⑤⑥⑦⑧⑨⑩"),
)
"""Marks that count in another way than 1, 2, 3."""
_SEQUENCED: Final = re.compile(r"\(?(?P<mark>[ivx]{1,4})(?:[.):]|\s[-–—])\s+|(?P<sign>[①-⑩])\s*")
_LEAD: Final = re.compile(
    r"(\d{1,2})(?:(?:st|nd|rd|th|er|e|º|ª|°)\b,?(?:\s(?:one|thing|exercise))?(?:\sis\b)?[ :–-]*)?"
    r"(?:\s?(?P<bar>[|·•/~])(?=\s))?\s+(?=[^\W\d_]{2})"
)
_FEW: Final = 2
"""Lines with a number in front that may be so by chance."""
_NAMED: Final = re.compile(r"[^\W\d_a-zäöüéèàñ][^.:;!?\n]{1,40}: ?\S")
"""A line that begins with a name and a colon, and goes on from no other."""
_LISTED: Final = re.compile(
    r"[^\W\d_][^\d:;.,\n]{1,30}[ :]\d{1,2} ?[x×] ?(?:\d|max)", re.IGNORECASE
)
"""A line of a list of doses: "Squats 3 x 10"."""
_ITEM: Final = re.compile(r"\s*\d{1,3} ?(?:x |× )?[^\W\d_][^.;:!?\n]{2,45}\s*")
"""A whole line that begins with a count: "10 sit-ups"."""
_MEASURED: Final = re.compile(r"\d [^\W\d_]+$")
"""A number with its unit at the end of a line."""
_BROKEN: Final = 38
"""Letters of a line in the middle of a sentence that may go on, as scans have them."""
_INDENT: Final = re.compile(r"[ \t]*\n[ \t]*")
NAME_WORDS: Final = 8
"""Words that a heading has at most."""


@dataclass
class Line:
    """A line, or what of it stands after its marker; `start` and `end` are places in the text."""

    start: int
    end: int
    text: str
    gap: bool
    """Whether an empty line stands before it."""
    kind: str = ""
    """How it is marked: `hash`, `number`, `letter`, `small`, `bullet`, `label`, `subject`
    or `mail` in the head of a mail, or not at all."""
    mark: str = ""
    part: int = -1
    """Where the heading over several exercises stands that this line is under, if there is one."""

    def after(self, letters: int) -> Line:
        """The rest of the line, from so many letters on."""
        return Line(self.start + letters, self.end, self.text[letters:], gap=False, part=self.part)


def lines_of(text: str, *, whole: bool = False) -> list[Line]:
    """The lines of a text that are not empty; those that only wrap are joined.

    `whole`: with the stamps of messages and what marks a line.
    """
    found: list[Line] = []
    at = listed = count = 0
    over = ""
    gap = True
    raws = text.split("\n") if whole else without_furniture(text)
    items = _items(raws)
    own, going_on = by_width([] if whole else raws)
    told = {} if whole else spoken(raws)
    for n, raw in enumerate(raws):
        start, at = at, at + len(raw) + 1
        if not any(map(str.isalnum, raw)):
            rule = "|" in raw or (_RULE.fullmatch(raw) and found and CELLS.search(found[-1].text))
            gap = gap or not rule
            continue
        stamp = None if whole else _STAMP.match(raw)
        lead = stamp.end() if stamp else told.get(n, 0)
        gap = gap or lead > 0
        if not any(map(str.isalnum, raw[lead:])):
            continue
        begin = start + lead + len(raw[lead:]) - len(raw[lead:].lstrip())
        end = start + len(raw.rstrip())
        line = Line(begin, end, text[begin:end], gap)
        alone = None if whole else _ALONE.fullmatch(line.text)
        if alone:
            over, gap = alone["count"], True
            continue
        inside = n in going_on and not is_ended(raws[n - 1])
        line = line if whole else _marked(line, 0 if not inside else count + 1)
        if over and not line.kind:
            line.kind, line.mark = "number", over
        over = ""
        count = int(line.mark) if line.kind == "number" else count
        indent = begin - start
        if line.kind == "bullet":
            listed = indent
        elif indent < listed:  # what stands further out than a list is no item of it
            gap = line.gap = True
            listed = 0
        if len(found) < _HEAD and not line.kind and not whole:
            line = _of_mail(line)
        apart = (
            n in items
            or n in own
            or (whole and bool(_STAMP.match(found[-1].text if found else "")))
        )
        wrapped = n in going_on and not line.kind and not _is_listed(line)
        if found and not gap and not apart and (wrapped or _goes_on(found[-1], line)):
            found[-1].end = end
            found[-1].text = _INDENT.sub(_filled, text[found[-1].start : end])
        else:
            found.append(line)
        gap = False
    return found if whole else _titled(_counted(_sequenced(_lettered(found))))


def _filled(match: re.Match[str]) -> str:
    return " " + FILLER * (len(match[0]) - 1)


def _items(raws: list[str]) -> frozenset[int]:
    """The lines of a bare list of counts, "5 burpees" over "10 sit-ups", by their places."""
    counted = [False, *(bool(_ITEM.fullmatch(raw)) for raw in raws), False]
    return frozenset(
        n for n in range(len(raws)) if counted[n + 1] and (counted[n] or counted[n + 2])
    )


def _sequenced(lines: list[Line]) -> list[Line]:
    """With "i.", "ii.", "iii." in front of lines as their marks: 1, 2, 3."""
    led = [(line, *told) for line in lines if (told := _led(line))]
    for sequence in _SEQUENCES:
        mine = [each for each in led if each[1] in sequence]
        marks = [sequence.index(mark) for _, mark, _ in mine]
        if len(marks) > _FEW and marks == list(range(len(marks))):
            for count, (line, _, end) in enumerate(mine, 1):
                line.kind, line.mark = "number", str(count)
                line.start += end
                line.text = line.text[end:]
            break
    return lines


def _led(line: Line) -> tuple[str, int] | None:
    """The mark in front of a line that has words behind it, and its letters in the line's text."""
    if line.kind == "small":  # "(i)", taken for a letter
        return line.mark, 0
    match = None if line.kind else _SEQUENCED.match(line.text)
    found = match and match.end() < len(line.text)
    return (match["mark"] or match["sign"], match.end()) if match and found else None


def _counted(lines: list[Line]) -> list[Line]:
    """With the numbers that lead lines without a point as their marks: 1, 2, 3 and so on."""
    led = [(line, match) for line in lines if not line.kind and (match := _LEAD.match(line.text))]
    led = [(line, match) for line, match in led if line.gap or not match["bar"]]  # no table
    counts = [int(match[1]) for _, match in led]
    steps = all(n == 1 or n == before + 1 for before, n in pairwise([0, *counts]))
    led = led if steps else _in_columns(led) or _in_a_row(lines, led) or _in_order(led)
    if len(led) > _FEW:
        for line, match in led:
            line.kind, line.mark = "number", match[1]
            line.start += match.end()
            line.text = line.text[match.end() :]
    return lines


def _titled(lines: list[Line]) -> list[Line]:
    """With "Exercise: heel raise" as a heading, where there are several."""
    led = [(line, match) for line in lines if not line.kind and (match := _TITLED.match(line.text))]
    if len(led) >= _FEW:
        for count, (line, match) in enumerate(led, 1):
            line.kind, line.mark = "number", str(count)
            line.start += match.end()
            line.text = line.text[match.end() :]
    return lines


def _in_columns(led: list[tuple[Line, re.Match[str]]]) -> list[tuple[Line, re.Match[str]]]:
    """Those with a wide gap behind the number, if they count: "1   Ankle pumps"."""
    wide = [(line, match) for line, match in led if len(match[0]) > len(match[1]) + 1]
    counts = [int(match[1]) for _, match in wide]
    return wide if counts == list(range(1, len(counts) + 1)) else []


def _in_a_row(
    lines: list[Line], led: list[tuple[Line, re.Match[str]]]
) -> list[tuple[Line, re.Match[str]]]:
    """Those that count 1, 2, 3 line by line, with none between: under "3 rounds, 45 s each"."""
    places = {id(line): n for n, line in enumerate(lines)}
    best: list[tuple[Line, re.Match[str]]] = []
    run: list[tuple[Line, re.Match[str]]] = []
    for line, match in led:
        follows = bool(run) and places[id(line)] == places[id(run[-1][0])] + 1
        run = run if follows else []
        run = [*run, (line, match)] if int(match[1]) == len(run) + 1 else []
        best = max(best, run, key=len)
    return best if len(best) > _FEW else []


def _in_order(led: list[tuple[Line, re.Match[str]]]) -> list[tuple[Line, re.Match[str]]]:
    """The paragraphs that count 1, 2, 3 among others that begin with a number."""
    found: list[tuple[Line, re.Match[str]]] = []
    for line, match in led:
        if line.gap and int(match[1]) == len(found) + 1:
            found.append((line, match))
    return found


def marks_of(text: str) -> frozenset[int]:
    """The places of the digits in what marks lines, "1.", "Exercise 2:", and not in a stamp."""
    found: set[int] = set()
    for line in lines_of(text):
        begin = text.rfind("\n", 0, line.start) + 1
        stamp = _STAMP.match(text, begin, line.start)
        begin = stamp.end() if stamp else begin
        found |= {place for place in range(begin, line.start) if text[place].isdigit()}
    return frozenset(found)


def _lettered(lines: list[Line]) -> list[Line]:
    """With bare letters as marks: of lines among others with "A1", "A2", or A, B, C in order."""
    paired = any(line.kind == "letter" and len(line.mark) > 1 for line in lines)
    led = [(x, match) for x in lines if not x.kind and (match := _BARE_LETTER.match(x.text))]
    if paired:  # "A" may be an article
        led = [(line, match) for line, match in led if match["letter"] != "A"]
    else:
        led = _in_letters(led)
    for line, match in led:
        line.kind, line.mark = "letter", match["letter"]
        line.start += match.end()
        line.text = line.text[match.end() :]
    return lines


def _in_letters(led: list[tuple[Line, re.Match[str]]]) -> list[tuple[Line, re.Match[str]]]:
    """Those that go A, B, C, most of them behind an empty line; none if there are few."""
    found: list[tuple[Line, re.Match[str]]] = []
    for line, match in led:
        nth = ord(match["letter"]) - ord("A")
        if nth in (len(found), len(found) - 1):  # "A worksheet" before "A  Breathing"
            found[nth:] = [(line, match)]
    apart = sum(line.gap for line, _ in found)
    return found if len(found) > _FEW and 2 * apart > len(found) else []


def _of_mail(line: Line) -> Line:
    match = _MAIL.match(line.text)
    if match and match.end() < len(line.text):
        line.kind = match.lastgroup or ""
        line.start += match.end()
        line.text = line.text[match.end() :]
    return line


def _goes_on(before: Line, line: Line) -> bool:
    last = before.text[before.text.rfind("\n") + 1 :]
    words = len(last.split())
    counted, after = _LEAD.match(before.text), _LEAD.match(line.text)
    next_one = counted and after and int(after[1]) == int(counted[1]) + 1
    if (
        next_one
        or line.text[0] in _SEQUENCES[1]
        or (_LISTED.match(line.text) and _LISTED.search(last))
    ):
        return False
    plain = not (line.kind or CELLS.search(line.text) or CELLS.search(last))
    if plain and last[-1] == "," and (line.text[0].islower() or line.text[0].isdigit()):
        return True
    if (
        not line.kind
        and words > NAME_WORDS
        and len(last) >= _BROKEN
        and _is_broken(last, line.text)
    ):
        return True
    if (
        line.kind
        or CELLS.search(line.text)
        or CELLS.search(last)
        or len(last) < _WRAPPED
        or last[-1] in ".!?:"
    ):
        return False
    if _NAMED.match(line.text) or _LISTED.match(line.text) or line.text.isupper():
        return False
    open_ended = last[-1].isalnum() and not _has_room(last, line.text)
    return words > NAME_WORDS and (line.text[0].islower() or open_ended)


def _has_room(last: str, after: str) -> bool:
    """Whether a line had room for the first word of the next, as wide as that one is."""
    return len(last) + 1 + len(after.split(maxsplit=1)[0]) <= len(after.partition("\n")[0])


def _is_listed(line: Line) -> bool:
    """Whether a line is a name with its dose, and little else: "then A-skips 2x20s"."""
    return len(line.text) < _BROKEN and bool(_LISTED.match(line.text))


def _is_broken(last: str, after: str) -> bool:
    """Whether a sentence goes over the end of a narrow line."""
    if CELLS.search(last) or CELLS.search(after) or not (last[-1].isalpha() or last[-1] == ","):
        return False
    if _MEASURED.search(last) and after[0].isdigit():  # "EMOM, 8 minutes" over "10 swings"
        return False
    return after[0].islower() or after[0].isdigit()


def _marked(line: Line, next_count: int) -> Line:
    """A line without its mark; where a sentence goes on in it, a number is one only if it is next.

    `next_count`: 0 where no sentence does.
    """
    match = MARKER.match(line.text)
    if match and match["number"] and next_count and int(match["number"]) != next_count:
        return line
    roman = match is not None and match["letter"] in ("i", "v", "x")
    if match and match.lastgroup and match.end() < len(line.text) and not roman:
        line.kind, line.mark = match.lastgroup, match[match.lastgroup]
        line.kind = {
            "numbered": "number",
            "told": "number",
            "box": "bullet",
            "counted": "number",
            "inside": "number",
            "lettered": "letter",
            "brief": "label",
        }.get(line.kind, line.kind)
        line.start += match.end()
        line.text = line.text[match.end() :]
    return line
