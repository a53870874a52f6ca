"""What is said of the actions: how they stand, which are late, and how the figures they aimed at have moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from varddialog.assessment.answer import Class
from varddialog.assessment.points import Point
from varddialog.assessment.since import Movement
from varddialog.dialogue.actions import Aim, Followed, states
from varddialog.dialogue.rounds import Action, State
from varddialog.model.cycle import Cycle
from varddialog.prose.evidence import certainty
from varddialog.prose.words import figure, period
from varddialog.swedish import MISSING, capital, date, listing, number, plural

EMPTY = (
    "Inga åtgärder är registrerade ännu. När det som parterna kommer överens om förs in i dialogens protokoll visas "
    "det här, med vem som ska göra det, till när och hur det går."
)
CAUSE = (
    "Att en siffra har rört sig sedan beslutet visar inte att åtgärden är orsaken. Mycket annat händer samtidigt, och "
    "värdet jämförs därför med hur riket har rört sig under samma tid."
)
WITHOUT_DAY = "Det framgår inte när åtgärden beslutades."
WITHOUT_VALUE = "Uppgift saknas."
_STATES: tuple[tuple[State, str, str], ...] = (
    ("klar", "klar", "klara"),
    ("pågår", "pågår", "pågår"),
    ("planerad", "planerad", "planerade"),
    ("avbruten", "avbruten", "avbrutna"),
)
_MOVED: dict[Class, str] = {
    "förbättras": "förbättrats",
    "försämras": "försämrats",
    "ökar": "ökat",
    "minskar": "minskat",
    "oförändrat": "stått stilla",
}


def standing(followed: Sequence[Followed], cycle: Cycle) -> str:
    """How many actions there are, how they stand, and how many are late."""
    found, late = states(followed), sum(one.late for one in followed)
    told = [f"{number(found[s])} {one if found[s] == 1 else many}" for s, one, many in _STATES if found[s]]
    said = f"{plural(len(followed), 'åtgärd', 'åtgärder')}: {listing(told)}."
    if not late:
        open_ = [one for one in followed if one.action.due and one.action.state in ("planerad", "pågår")]
        return f"{said} Ingen är försenad." if open_ else said
    done = "klar" if late == 1 else "klara"
    shown = "redovisad" if late == 1 else "redovisade"
    return f"{said} {number(late)} skulle ha varit {done} före den {date(cycle.today)} men är inte {shown} som {done}."


def moved(followed: Sequence[Followed]) -> str:
    """How many of the figures that the actions aimed at have moved which way; empty where none has an aim."""
    aims = [aim for one in followed for aim in one.aims]
    if not aims:
        return "Ingen av åtgärderna anger vilka mått den siktar på." if followed else ""
    ways = Counter[Class](aim.movement.answer.klass if aim.movement else "kan ej bedömas" for aim in aims)
    told = [f"{number(ways[klass])} {verb}" for klass, verb in _MOVED.items() if ways[klass]]
    judged = sum(ways[klass] for klass in _MOVED)
    many = plural(len(aims), "siffra", "siffror")
    if not told:
        return f"Åtgärderna siktar på {many}. För ingen av dem går det att säga om den har rört sig."
    rest = len(aims) - judged
    left = f" För {number(rest)} går det inte att säga." if rest else ""
    return f"Av {many} som åtgärderna siktar på har {listing(told)} sedan beslutet.{left}"


def state(one: Followed) -> str:
    """`pågår (1 maj 2026)`, and for what is late whether that is known or nobody has looked since its day."""
    last, due_by = one.action.history[-1], one.action.due
    said = f"{last.state} ({date(last.day)})"
    if not one.late or due_by is None:
        return said
    return f"{said}, försenad" if last.day >= due_by else f"{said}, därefter inte uppföljd"


def decided(action: Action) -> str:
    return date(action.decided) if action.decided else "framgår inte"


def due(action: Action) -> str:
    return date(action.due) if action.due else MISSING


def history(action: Action) -> list[str]:
    """`21 november 2026: pågår. Vad som sades.`"""
    return [f"{date(step.day)}: {step.state}.{f' {step.comment}' if step.comment else ''}" for step in action.history]


def course(movement: Movement) -> str:
    """`61,2 (2022) → 65,0 % (2025)`; what there is of it."""
    indicator, places = movement.result.indicator, movement.result.indicator.decimals
    if movement.before is None or movement.now is None:
        one: Point = movement.now or movement.before or movement.result.latest
        return f"{figure(indicator, one.value)} ({period(indicator, one.when)})"
    before = f"{number(movement.before.value, places)} ({period(indicator, movement.before.when)})"
    return f"{before} → {figure(indicator, movement.now.value)} ({period(indicator, movement.now.when)})"


def nation(movement: Movement | None) -> str:
    """Riket's values at the same two times."""
    if movement is None or movement.nation is None:
        return MISSING
    then, now = (number(p.value, movement.result.indicator.decimals) for p in movement.nation)
    return f"{then} → {now}"


def answer(aim: Aim, action: Action) -> str:
    """The class of the movement with its certainty, or why there is none."""
    if aim.movement is None:
        return WITHOUT_VALUE if action.decided else WITHOUT_DAY
    found = aim.movement.answer
    if found.klass == "kan ej bedömas":
        return capital(found.reason.rpartition(". ")[2]) if found.reason.startswith("Från ") else found.reason
    if found.klass == "beskrivande":
        return "Osäkerheten är okänd: ändringen beskrivs, men bedöms inte."
    return capital(f"{found.klass}, {certainty(found, 'förändring')}.")
