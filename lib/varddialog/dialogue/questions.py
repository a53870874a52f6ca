"""Which discussion questions a unit is given: standing ones, those of its focus areas, those that its figures raise.

All of it follows from what the four dimensions raise (`raised`) and from params/, so the same scraps give the same
questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from varddialog.dialogue.raised import KINDS, Kind, Raised
from varddialog.model import arena
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle
from varddialog.model.focus import FocusArea
from varddialog.model.units import Unit

MOST, STANDING, OF_RESULTS, OF_FOCUS_AREA = 12, 4, 6, 2
FOCUS_AREAS = 2
# what is shown under one question; the rest is counted
EVIDENCE = 3

Group = Literal["båda", "resultat", "staten"]
GROUPS: tuple[Group, ...] = ("båda", "resultat", "staten")


@dataclass(frozen=True)
class Evidence:
    """What is raised of one value, or one area. also: what else is raised of it, of other kinds."""

    raised: Raised
    also: tuple[Raised, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question.

    slug: names it on the page. text, why: as params/ has them; empty for those of the results, which are worded
    afterwards. subject: what several indicators have in common, in words; empty for a single one. focus: slug of the
    focus area that it belongs to. more: how many indicators speak of the same beside the evidence.
    """

    group: Group
    slug: str
    text: str = ""
    why: str = ""
    subject: str = ""
    focus: str = ""
    evidence: tuple[Evidence, ...] = ()
    more: int = 0

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of its evidence, the first one's first, each once."""
        return tuple(dict.fromkeys(e.raised.kind for e in self.evidence))


@dataclass(frozen=True)
class FocusChoice:
    """The focus areas of the visit with how many indicators the unit's figures raise in each.

    is_decided: whether the parties have chosen them; otherwise they are those that the figures speak most for. choice:
    the names of all that can be chosen.
    """

    areas: tuple[tuple[FocusArea, int], ...]
    is_decided: bool
    choice: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """As it is glued."""
        areas = [{"slug": area.slug, "raised": count} for area, count in self.areas]
        return {"decided": self.is_decided, "areas": areas}


@dataclass(frozen=True)
class Questions:
    """All questions in order, and what there was to choose from.

    raised, shown: indicators and areas that the figures raise, and how many of them stand under a question. kept_back:
    standing questions that had no room.
    """

    questions: tuple[Question, ...]
    focus: FocusChoice
    raised: int
    shown: int
    kept_back: int

    def of(self, group: Group) -> list[tuple[int, Question]]:
        """The questions of a group with their numbers in the whole."""
        return [(n, q) for n, q in enumerate(self.questions, 1) if q.group == group]


def questions(raised: Sequence[Raised], unit: Unit, cycle: Cycle, catalogue: Catalogue) -> Questions:
    """At most a dozen, grouped: to both parties, on the unit's results, on the state's support.

    Standing questions come first to their room, then those of the results, whose kinds take turns with the heaviest of
    each; what is left is for the focus areas. What belongs to a focus area of the visit is evidence there.
    """
    standing = _standing(cycle, catalogue)
    choice = focus_choice(raised, unit, cycle, catalogue)
    within, rest = _by_focus_area(raised, choice)
    mine = _of_results(rest, cycle, catalogue)[:OF_RESULTS]
    kept = standing[:STANDING]
    left = MOST - len(mine) - len(kept)
    areas = [
        q
        for area, _ in choice.areas
        for q in _of_focus_area(area, within[area.slug], min(OF_FOCUS_AREA, left // len(choice.areas)))
    ]
    found = tuple(q for group in GROUPS for q in (*areas, *mine, *kept) if q.group == group)
    shown = sum(len(q.evidence) for q in found)
    return Questions(found, choice, len(_together(raised)), shown, len(_asked_at_visits(cycle, catalogue)) - len(kept))


def focus_again(glued: Mapping[str, Any] | None, unit: Unit, cycle: Cycle, catalogue: Catalogue) -> FocusChoice:
    """The choice that the questions glued (`FocusChoice.as_dict`); without it what is decided, and nothing else."""
    plain = focus_choice([], unit, cycle, catalogue)
    if glued is None or plain.is_decided != glued["decided"]:
        return plain
    known = catalogue.dialogue.focus_areas
    areas = tuple((known[a["slug"]], int(a["raised"])) for a in glued["areas"] if a["slug"] in known)
    return FocusChoice(areas, plain.is_decided, plain.choice)


def focus_choice(raised: Iterable[Raised], unit: Unit, cycle: Cycle, catalogue: Catalogue) -> FocusChoice:
    """The two focus areas of the unit's visit: those chosen, otherwise those where its figures raise most indicators.

    Where they raise none, none is put forward; the order of the cycle settles ties.
    """
    known = catalogue.dialogue.focus_areas
    open_to_choice = [known[slug] for slug in cycle.focus_areas if slug in known]
    visit = cycle.visits.get(unit.folder)
    ids = {r.indicator for r in raised if r.indicator}
    counts = {slug: len(ids.intersection(area.indicators)) for slug, area in known.items()}
    chosen = [known[slug] for slug in (visit.focus_areas if visit else []) if slug in known]
    found = chosen or sorted((a for a in open_to_choice if counts[a.slug]), key=lambda a: -counts[a.slug])
    areas = tuple((area, counts[area.slug]) for area in found[:FOCUS_AREAS])
    return FocusChoice(areas, bool(chosen), tuple(area.name for area in open_to_choice))


def _standing(cycle: Cycle, catalogue: Catalogue) -> list[Question]:
    """The arena's own questions, the first on each theme, in its order."""
    by_theme: dict[str, arena.Question] = {}
    for q in _asked_at_visits(cycle, catalogue):
        by_theme.setdefault(q.theme or q.slug, q)
    return [_as_standing(q) for q in by_theme.values()]


def _asked_at_visits(cycle: Cycle, catalogue: Catalogue) -> list[arena.Question]:
    """A question on how the dialogue is built is for the interviews of an arena, not for a visit."""
    found = catalogue.dialogue.arenas.get(cycle.arena)
    return [q for q in found.questions if not q.structure] if found else []


def _as_standing(q: arena.Question) -> Question:
    """To both parties when more than one is asked."""
    return Question("båda" if len(q.to) > 1 else "staten", q.slug, q.text, q.why or "")


def _by_focus_area(raised: Iterable[Raised], choice: FocusChoice) -> tuple[dict[str, list[Raised]], list[Raised]]:
    """Slug of a focus area → what is raised of its indicators, and all that belongs to none.

    Differences between groups and missing figures stay questions of their own.
    """
    within: dict[str, list[Raised]] = {area.slug: [] for area, _ in choice.areas}
    rest = []
    for r in raised:
        home = next((a.slug for a, _ in choice.areas if r.indicator in a.indicators), None)
        if home is None or r.grouping:
            rest.append(r)
        else:
            within[home].append(r)
    return within, rest


def _of_focus_area(area: FocusArea, raised: Sequence[Raised], room: int) -> Iterable[Question]:
    """The area's first key questions, the first one with what the figures raise."""
    evidence = _together(_in_turn(raised))
    for i, q in enumerate(area.questions[:room]):
        shown = tuple(evidence[:EVIDENCE]) if i == 0 else ()
        more = len(evidence) - len(shown) if i == 0 else 0
        yield Question("båda", f"{area.slug}-{q.slug}", q.text, q.why or "", area.name, area.slug, shown, more)


def _of_results(raised: Sequence[Raised], cycle: Cycle, catalogue: Catalogue) -> list[Question]:
    """One question for each indicator, and for those that share a theme, in the order in which they came up."""
    themes = _theme_of({r.indicator for r in raised}, cycle, catalogue)
    by_key: dict[str, list[Raised]] = {}
    for r in _in_turn(raised, lambda r: _key(r, themes)):
        by_key.setdefault(_key(r, themes), []).append(r)
    made = []
    for key, found in by_key.items():
        evidence = _together(found)
        shown = tuple(evidence[:EVIDENCE])
        theme = themes.get(found[0].indicator, "") if len(evidence) > 1 and not found[0].grouping else ""
        subject = catalogue.dialogue.themes[theme].name if theme else ""
        slug = f"resultat-{key}"  # a theme may bear the name of a standing question
        made.append(Question("resultat", slug, subject=subject, evidence=shown, more=len(evidence) - len(shown)))
    return made


def _theme_of(raised: set[str], cycle: Cycle, catalogue: Catalogue) -> dict[str, str]:
    """Indicator id → slug of the arena's theme that it belongs to: the one in which most are raised.

    raised: ids of indicators. The order of the arena settles ties.
    """
    found = catalogue.dialogue.arenas.get(cycle.arena)
    slugs = found.themes if found else list(catalogue.dialogue.themes)
    themes = [catalogue.dialogue.themes[slug] for slug in slugs if slug in catalogue.dialogue.themes]
    found_in: dict[str, str] = {}
    for theme in sorted(themes, key=lambda theme: -len(raised.intersection(theme.indicators))):
        for i in theme.indicators:
            found_in.setdefault(i, theme.slug)
    return found_in


def _key(r: Raised, themes: Mapping[str, str]) -> str:
    """What a question is about: all that is missing, one way of splitting, a theme, or else the indicator."""
    if r.kind == "saknar uppgifter":
        return "uppgifter"
    if r.grouping:
        return f"grupper-{r.area}"
    return themes.get(r.indicator, r.anchor)


def _by_anchor(r: Raised) -> str:
    return r.anchor


def _in_turn(raised: Iterable[Raised], key: Callable[[Raised], str] = _by_anchor) -> list[Raised]:
    """The kinds in turn, the heaviest of each first; in each turn a kind opens one new key, and fills those open."""
    by_kind: dict[Kind, list[Raised]] = {kind: [] for kind in KINDS}
    for r in raised:
        by_kind[r.kind].append(r)
    waiting = [sorted(found, key=_heaviest) for found in by_kind.values()]
    taken: list[Raised] = []
    keys: set[str] = set()
    while any(waiting):
        for found in waiting:
            while found:
                r = found.pop(0)
                taken.append(r)
                if key(r) not in keys:
                    keys.add(key(r))
                    break
    return taken


def _heaviest(r: Raised) -> tuple[bool, float, str, str]:
    """Orders one kind: what has a known uncertainty before what has none, then by weight."""
    return r.certainty == "okänd", -r.weight, r.indicator, r.anchor


def _together(raised: Iterable[Raised]) -> list[Evidence]:
    """One evidence for each value or area, with the first thing raised of it; a value of each sex is its own."""
    by_value: dict[tuple[str, str], list[Raised]] = {}
    for r in raised:
        by_value.setdefault((r.anchor, r.grouping), []).append(r)
    return [Evidence(found[0], tuple(found[1:])) for found in by_value.values()]
