"""Divides lines into the parts that their layout shows: by headings, marks, run-in names.

Of all ways to divide them, that is taken which gives the most parts with a dose.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from audiocoach.routine.draft.lines import NAME_WORDS, Line
from audiocoach.routine.draft.parts import Eye, Section

RUN_IN_WORDS: Final = 7
_NEARLY: Final = 0.7
"""Share of the doses that a way of dividing takes in, if it is as good as any."""
_MORE: Final = 2
"""Times as many parts as headings that make the headings those over several."""
_UNNAMED: Final = 0.5
"""What a line counts for less that tells of an exercise and does not name it."""
_LONG: Final = 60
"""Letters of a line that is no name."""
_MOST_COUNTED: Final = 2
"""Lines with a count of one exercise: its reps, and its sets."""
_MOST_FOUND: Final = 0.6
"""Share of parts with a dose, or of the doses, if a way of dividing is taken for another."""
_FEWEST_NAMES: Final = 3
"""Lines of a list of bare names."""
_RUN_IN: Final = re.compile(
    r"(?!\d+(?:[-–]\d+)?\s?(?:[^\W\d_]{1,3}\.|x\b))(?P<name>[^\s.:!?;|–—][^.:!?;|–—\n]{1,58}?)(?P<end>\.|:|\s\([^)\n]{1,40}\)\s[-–—]|\s\(|\s[-–—]|!)\s+\S"
)
_DOSED: Final = re.compile(r"[^\W\d_]{2}.*\s\d+\s?[^\W\d_]")
"""A name with a count behind it: "Lateral raise 3 sets"."""


def divided(body: list[Line], eye: Eye, *, circuit: bool, listed: bool = False) -> list[Section]:
    """The parts, in the first way of dividing that takes in nearly as many doses as any.

    `listed`: only by marks in front of lines.
    """
    found: list[tuple[int, float, list[Section]]] = []
    styles = _styles(body, eye)
    named = _names_in_a_row(body, eye) if circuit else []
    styles |= {"names": named} if named else {}
    for style, heads in styles.items():
        if listed and style not in ("number", "letter", "small", "bullet"):
            continue
        sections = sections_at(body, heads, style)
        dosed = [section for section in sections if _is_dosed(section, eye)]
        lines = float(sum(eye.has_dose([line]) for section in dosed for line in section.told))
        if style == "lines":  # what has no name is no exercise of its own
            told = [line for each in dosed for line in each.told]
            lines -= sum(map(eye.is_only_dose, told))
            if len(styles.get("short", ())) > 1:  # there are headings that name them
                lines -= _UNNAMED * sum(not eye.names_itself(line) for line in told)
        if circuit and style not in ("runin", "lines", "restart") and len(sections) > 1:
            lines = max(lines, len(sections) - 0.5)
            dosed = sections
        if dosed and len(dosed) >= 0.4 * len(sections):
            found.append((len(dosed), lines, sections))
    several = [each for each in found if each[0] > 1] or found
    most = max((lines for _, lines, _ in several), default=0)
    good = [(count, each) for count, lines, each in several if lines >= _NEARLY * most]
    if not good:
        return []
    count, best = good[0]  # headings over lettered exercises are no exercises
    finer = [each for dosed, each in good if dosed >= _MORE * count and _is_marked(each)]
    chosen = finer[0] if finer and best[0].style == "short" else best
    ways = [] if listed else [sections_at(body, heads, style) for style, heads in styles.items()]
    return _sounder(chosen, ways, eye)


def _is_dosed(section: Section, eye: Eye) -> bool:
    """Whether a part has a dose, and is not "Rest between sets: 45 seconds"."""
    head = section.heading
    return eye.has_dose(section.told) and not (head is not None and eye.rests_between(head))


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well some parts are exercises: each has one dose, and is called as exercises are."""

    count: int
    dosed: int
    named: int
    joined: int
    """Lines with a count beyond those that one exercise has."""


def _fit(sections: list[Section], eye: Eye) -> _Fit:
    counted = [sum(map(eye.counts, section.lines)) for section in sections]
    return _Fit(
        len(sections),
        sum(eye.has_dose(section.told) for section in sections),
        sum(_is_named(section, eye) for section in sections),
        sum(max(0, lines - _MOST_COUNTED) for lines in counted),
    )


def _is_named(section: Section, eye: Eye) -> bool:
    head = section.heading
    begin, end = section.name
    named = head and replace(head, text=head.text[: end - begin], start=begin, end=end)
    return named is not None and eye.may_be_name(named)


def _sounder(chosen: list[Section], ways: list[list[Section]], eye: Eye) -> list[Section]:
    """Another way of dividing, where the chosen one joins exercises, or has parts without names."""
    now = _fit(chosen, eye)
    unnamed = chosen[0].style == "lines" and now.named < _UNNAMED * now.count
    if not (now.joined or unnamed):
        return chosen
    fits = [(_fit(each, eye), each) for each in ways]
    if now.joined:
        better = [
            (fit.dosed, each)
            for fit, each in fits
            if fit.joined < now.joined and fit.dosed > max(now.dosed, _MOST_FOUND * fit.count)
            if each[0].style != "lines" or _name_themselves(each, eye) >= _NEARLY * fit.dosed
        ]
    else:
        better = [
            (fit.dosed, each)
            for fit, each in fits
            if each[0].style in ("number", "letter", "small", "bullet")
            and min(fit.named, fit.dosed) >= _NEARLY * fit.count > 1
            and fit.dosed >= _MOST_FOUND * now.dosed
        ]
    most = max((dosed for dosed, _ in better), default=0)
    return next((each for dosed, each in better if dosed == most), chosen)


def _name_themselves(sections: list[Section], eye: Eye) -> int:
    """How many parts of a line each have a name beside their dose."""
    return sum(eye.names_itself(section.told[0]) for section in sections if section.told)


def _is_marked(sections: list[Section]) -> bool:
    """Whether each part has a mark of its own, "A.", "B.", or its dose right below its name."""
    if sections[0].style == "stacked":
        return True
    marks = [section.label for section in sections]
    return all(marks) and len(set(marks)) == len(marks)


def _styles(body: list[Line], eye: Eye) -> dict[str, list[int]]:
    """Which lines are headings, in each way a text may be divided; the likelier ones first."""
    number = [n for n, line in enumerate(body) if line.kind == "number"]
    marks = [int(body[n].mark) for n in number]
    found = {}
    hashes = Counter(len(line.mark) for line in body if line.kind == "hash")
    for level in sorted(hashes, reverse=True):
        found[f"hash{level}"] = [
            n for n, line in enumerate(body) if line.kind == "hash" and len(line.mark) == level
        ]
    if marks and all(after > before for before, after in pairwise(marks)):
        found["number"] = sorted([*number, *(n for n, x in enumerate(body) if x.kind == "label")])
    if len(number) > 1 and "number" in found:  # 2a and 2b between 1 and 3
        halves = [n for n, x in enumerate(body) if x.kind == "letter" and x.mark[0].isdigit()]
        found["number"] = sorted([*found["number"], *halves])
    found["short"] = [n for n in range(len(body)) if _is_short(body, n) and eye.may_head(body[n])]
    steps = "number" in found and not _are_over(body, number)
    if steps and len(found["short"]) > 1 and _is_inside(number, found["short"]):
        del found["number"]  # the steps of one exercise
    found["stacked"] = _stacked(body, eye)
    found["letter"] = [n for n, x in enumerate(body) if x.kind in ("letter", "label")]
    found["small"] = [n for n, line in enumerate(body) if line.kind == "small"]
    found["runin"] = [
        n
        for n, line in enumerate(body)
        if run_in(line) and not (_is_under(body, n, eye) or is_form(body, n, eye))
    ]
    found["bullet"] = [n for n, line in enumerate(body) if line.kind == "bullet"]
    found["restart"] = number if "number" not in found else []
    single = ("", "label")
    forms = {n for n in range(len(body)) if is_form(body, n, eye)}
    if forms:
        found["form"] = [n - 1 for n in forms if n and n - 1 not in forms]
    plain = (n for n, line in enumerate(body) if line.kind in single and line.text[-1] != ":")
    found["lines"] = list(plain)
    return {style: heads for style, heads in found.items() if heads}


def is_form(body: list[Line], at: int, eye: Eye) -> bool:
    """Whether a line is one of several that are each asked for: "Sets: 3" over "Reps: 12"."""
    return _is_asked(body, at, eye) and (
        _is_asked(body, at - 1, eye) or _is_asked(body, at + 1, eye)
    )


def _is_asked(body: list[Line], at: int, eye: Eye) -> bool:
    """Whether a line is what a form asks for, with a few words as the answer."""
    line = body[at] if 0 <= at < len(body) else None
    led = run_in(line) if line and len(line.text.split()) <= NAME_WORDS else None
    return led is not None and eye.is_column(led["name"])


def _is_under(body: list[Line], at: int, eye: Eye) -> bool:
    """Whether a line stands right below an item of a list that is a name and nothing else."""
    over = body[at - 1] if at else None
    return over is not None and over.kind != "" and not body[at].gap and eye.may_be_name(over)


def _are_over(body: list[Line], marks: list[int]) -> bool:
    """Whether marked lines are headings: most have a paragraph of their own below."""
    below = [n + 1 < len(body) and not (body[n + 1].kind or body[n + 1].gap) for n in marks]
    return sum(below) >= _MOST_FOUND * len(marks)


def _is_inside(marks: list[int], heads: list[int]) -> bool:
    """Whether all of some lines stand under the same heading, and not under the last."""
    sections = {sum(head < mark for head in heads) for mark in marks}
    return len(sections) == 1 and 0 < min(sections) < len(heads)


def _names_in_a_row(body: list[Line], eye: Eye) -> list[int]:
    """The lines of a bare list of names, as circuits have them."""
    bare = [
        n
        for n, line in enumerate(body)
        if not line.kind and len(line.text.split()) <= NAME_WORDS and eye.may_be_name(line)
    ]
    runs: list[list[int]] = []
    for n in bare:
        if runs and n == runs[-1][-1] + 1 and not body[n].gap:
            runs[-1].append(n)
        else:
            runs.append([n])
    longest = max(runs, key=len, default=[])
    inside = longest if body and longest and body[longest[0]].text[-1] != ":" else longest[1:]
    return inside if len(inside) >= _FEWEST_NAMES else []


def _is_short(body: list[Line], at: int) -> bool:
    line = body[at]
    if line.kind or at + 1 >= len(body) or "|" in line.text:
        return False
    words = line.text.split()
    after = body[at + 1]
    over = at and len(after.text) > _LONG and _is_bare(body[at - 1])  # a heading over this one
    longer = len(after.text) > len(line.text) or after.text[-1] in ".!"
    longer = longer or after.kind in ("number", "bullet", "small")
    return (
        len(words) <= NAME_WORDS
        and line.text[-1] not in ".,;!?"
        and (line.gap or bool(over) or bool(at and _is_ended(body[at - 1])))
        and (not after.gap or len(after.text) > len(line.text) + 15)
        and longer
        and not line.text[0].islower()
    )


def _is_bare(line: Line) -> bool:
    """Whether a line stands apart, and is no sentence: "Standing at the worktop"."""
    short = line.gap and not line.kind and len(line.text.split()) <= NAME_WORDS
    return short and line.text[-1].isalpha() and "|" not in line.text


def _is_ended(line: Line) -> bool:
    """Whether a line ends what was said, so that the next may be a heading."""
    return not line.kind and (len(line.text) > _LONG or line.text[-1] in ".!")


def _stacked(body: list[Line], eye: Eye) -> list[int]:
    """The names with their doses in the lines below: all of them, where they take turns."""
    found = {n for n in range(len(body)) if _is_stacked(body, n, eye)}
    pairs = {n for n in range(len(body) - 1) if _is_over_dose(body, n, eye)}
    for n in pairs:
        turns = [at for at in (n - 2, n, n + 2) if at in pairs]
        if sum(eye.may_be_name(body[at]) for at in turns) > 1:
            found |= set(turns)
    return sorted(found)


def _is_over_dose(body: list[Line], at: int, eye: Eye) -> bool:
    """Whether a short line stands over one with a dose."""
    line, after = body[at], body[at + 1]
    plain = not (line.kind or after.kind or after.gap) and line.text[0].isalpha()
    short = len(line.text.split()) <= NAME_WORDS and line.text[-1] not in ".!?;,"
    return plain and short and not eye.has_dose([line]) and eye.has_own_dose(after)


def _is_stacked(body: list[Line], at: int, eye: Eye) -> bool:
    """Whether a line is a name with its dose in the line below."""
    line, after = body[at], body[at + 1] if at + 1 < len(body) else None
    if line.kind or after is None or after.gap or after.kind or not line.text[0].isalpha():
        return False
    loud = line.text.split()[0].isupper() and eye.has_own_dose(after)
    dose = eye.is_only_dose(after) or (eye.goes_on(after) and eye.has_own_dose(after))
    return eye.may_be_name(line) and (loud or dose)


def run_in(line: Line) -> re.Match[str] | None:
    """The name that a paragraph begins with."""
    match = _RUN_IN.match(line.text) if not line.kind or line.kind == "bullet" else None
    if match is None or _words(match["name"]) > RUN_IN_WORDS:
        return None
    if match["name"][0].islower() and match["end"][-1] != "-":
        return None
    return match


def _words(name: str) -> int:
    """Words of a name, but for those in brackets: "Rotation with a stick (a broom will do)"."""
    return len(re.sub(r"\([^)]*\)", "", name).split())


def sections_at(body: list[Line], heads: list[int], style: str) -> list[Section]:
    found = []
    for at, until in zip(heads, [*heads[1:], len(body)], strict=True):
        head = body[at]
        section = Section((head.start, head.end), style=style, heading=head)
        section.label = head.mark
        rest = _after_name(head, section, style)
        own = "letter" if head.kind == "label" else style
        section.lines = [*rest, *_own(body[at + 1 : until], own)]
        found.append(section)
    _shorten(found)
    _whole_names(found)
    return found


def _whole_names(sections: list[Section]) -> None:
    """Where all names begin alike ("For the back: bridge"), what follows belongs to them."""
    named = {each.heading.text[: each.name[1] - each.name[0]] for each in sections if each.heading}
    if len(sections) < 2 or len(named) > 1:
        return
    for section in sections:
        head = section.heading
        if head and section.lines and section.lines[0].end == head.end:
            section.name = (section.lines[0].start, head.end)
            if len(head.text.split()) <= NAME_WORDS:
                del section.lines[0]


def _own(lines: list[Line], style: str) -> list[Line]:
    """The lines that belong to a heading."""
    if style not in ("runin", "bullet", "lines", "letter", "names"):
        return lines
    own = []
    for line in lines:
        if style in ("lines", "names") or (line.gap and (not line.kind or style == "runin")):
            break
        if style in ("bullet", "letter") and not line.kind and line.gap:
            break
        own.append(line)
    return own


def _after_name(head: Line, section: Section, style: str) -> list[Line]:
    """What stands in the heading's line after the name, which it finds."""
    if style == "lines":
        return [head]
    match = _RUN_IN.match(head.text)
    if match and _words(match["name"]) <= NAME_WORDS and not _DOSED.search(match["name"]):
        name, bracket, _ = match["name"].partition(" (")
        aside = bracket and len(match["name"].split()) > RUN_IN_WORDS
        name = name if aside else match["name"].rstrip()
        section.name = (head.start, head.start + len(name))
        begin = match.end("end") if match["end"].strip() != "(" else match.start("end") + 1
        begin = len(name) + 1 if aside else begin
        text = head.text[begin:].lstrip()
        start = head.end - len(text)
        return [Line(start, head.end, text, gap=False)]
    if (
        style in ("runin",)
        or len(head.text.split()) > NAME_WORDS
        or any(map(str.isdigit, head.text))
    ):
        return [Line(head.start, head.end, head.text, gap=False)]
    return []


def _shorten(sections: list[Section]) -> None:
    """Leave out of the last section the paragraphs that the others have not either."""
    counts = [sum(line.gap for line in each.lines) for each in sections[:-1]]
    if not counts or not sections[-1].lines:
        return
    usual = Counter(counts).most_common(1)[0][0]
    if len(counts) >= _FEWEST_NAMES - 1 and not any(each.lines for each in sections[:-1]):
        sections[-1].lines.clear()
    most = usual
    seen = 0
    for n, line in enumerate(sections[-1].lines):
        seen += line.gap
        if seen > most:
            del sections[-1].lines[n:]
            return
