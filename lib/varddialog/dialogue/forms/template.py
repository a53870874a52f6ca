"""The empty forms of an arena and a cycle: a workbook with choices and a guide, or the statements' header as CSV."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from varddialog.data.forms.columns import Form
from varddialog.data.forms.workbook import Choice, FormBook, csv_header
from varddialog.dialogue.forms.choices import KINDS, STATES, Choices
from varddialog.dialogue.forms.columns import ACTIONS, CHOICES, EVALUATION, FORMS, STATEMENTS
from varddialog.dialogue.forms.ratings import HIGHEST, LOWEST
from varddialog.errors import Fault, UsageError
from varddialog.model.arena import Arena
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle

_WIDE = {"uttalande": 60, "åtgärd": 50, "kommentar": 40, "fråga": 40, "påstående": 60, "källa": 34, "mått": 34}
_MIDDLE = {"enhet": 28, "part": 24, "ägare": 24, "roll": 22, "tema": 30, "slag": 22, "svar": 26}
_WIDTHS = _WIDE | _MIDDLE | {"beslutad": 13, "klar senast": 13, "uppföljd": 13}
_TEXTS = ("uttalande", "åtgärd", "kommentar", "källa", "nr")
_DAYS = ("beslutad", "klar senast", "uppföljd")
# other words are asked about, not refused: several measures stand in one cell, and units have other names too
_LOOSE = ("mått", "enhet")
_UNKNOWN = "Finns inte i listan"
_ABOVE = (
    "Skriv aldrig namn på personer, personnummer, e-postadresser eller telefonnummer. Formuläret frågar efter part och "
    "roll: vem som för talan, inte vem människan är.",
    "Skriv med egna ord och kort: ett uttalande på varje rad. Kolumner som inte behövs lämnas tomma. Blad som inte "
    "behövs lämnas tomma eller tas bort.",
)


def template(path: Path, arena: Arena, name: str, cycle: Cycle, catalogue: Catalogue) -> bytes:
    """The form for the cycle called `name`, as a file of the kind that the path's name says.

    Raises UsageError for another kind.
    """
    match path.suffix.lower():
        case ".csv":
            return csv_header(STATEMENTS)
        case ".xlsx":
            return _workbook(arena, name, cycle, catalogue)
    raise UsageError(Fault(f"Formuläret finns inte som «{path.suffix}».", path.name, ".xlsx och .csv"))


def _workbook(arena: Arena, name: str, cycle: Cycle, catalogue: Catalogue) -> bytes:
    choices = Choices(arena, catalogue)
    lists: dict[str, list[str]] = {
        "enhet": list(choices.unit.shown),
        "part": list(choices.party.shown),
        "roll": choices.roles,
        "tema": list(choices.theme.shown),
        "slag": list(KINDS),
        "fråga": list(choices.question.shown),
        "svar": choices.answers,
        "mått": list(choices.measure.shown),
        "läge": list(STATES),
        "påstående": list(choices.scale.shown),
    }
    book = FormBook(f"{arena.name}, {cycle.name}", cycle.today)
    chosen = {column: _choice(column, lists) for column in (*lists, "ägare")}
    # a number that is typed is not the same as one among words on another sheet
    chosen["poäng"] = Choice([str(score) for score in range(LOWEST, HIGHEST + 1)], True, _UNKNOWN, "Välj 1 till 5.")
    for form in FORMS:
        mine = {column: chosen[column] for column in form.names if column in chosen and chosen[column].source}
        book.form(form, _WIDTHS, mine, _TEXTS, _DAYS, help=True)
    above = (f"{arena.name}, dialogomgången {cycle.name}. {arena.about}", *_ABOVE)
    below = (
        f"{ACTIONS.sheet}: första raden är beslutet. Följ upp en gång om året med en ny rad: samma nr och enhet, dagen "
        "i kolumnen uppföljd och läget den dagen. Det övriga behöver inte skrivas igen.",
        f"{EVALUATION.sheet}: en rad för varje påstående och svarande.",
        f"Spara filen i mappen data/dialogue/{arena.slug}/{name}/ och kör «varddialog records check».",
    )
    book.guide([_with_examples(form, lists) for form in FORMS], above, below)
    columns = [(column, words) for column, words in lists.items() if words]
    longest = max(len(words) for _, words in columns)
    rows = [[words[at] if at < len(words) else "" for _, words in columns] for at in range(longest)]
    book.table(CHOICES, [(column, _WIDTHS.get(column, 11)) for column, _ in columns], rows)
    return book.close()


def _with_examples(form: Form, lists: dict[str, list[str]]) -> Form:
    """The form with examples from the arena's own words: of units the first that is not Riket, else the first."""
    own = {column: words[column == "enhet"] for column, words in (*lists.items(), ("ägare", lists["part"])) if words}
    hidden = dict.fromkeys(("fråga", "svar"), "")  # a statement need not answer a question
    return replace(form, columns=tuple(replace(c, example=(own | hidden).get(c.name, c.example)) for c in form.columns))


def _choice(column: str, lists: dict[str, list[str]]) -> Choice:
    listed = "part" if column == "ägare" else column
    filled = [name for name, words in lists.items() if words]
    if listed not in filled:
        return Choice("", False)
    letter = chr(ord("A") + filled.index(listed))
    source = f"={CHOICES}!${letter}$2:${letter}${len(lists[listed]) + 1}"
    return Choice(source, column not in _LOOSE, _UNKNOWN, f"Välj ur listan, eller se bladet «{CHOICES}».")
