"""Reads every sentence on an area back and finds it again; a sentence that nothing recognises is a fault."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from tests.prose.facts import Fact
from tests.publish.reading import NUMBER, value

from varddialog.model.units import Unit
from varddialog.swedish import NBSP

SIDES = ("bättre", "sämre", "i nivå", "högre", "lägre")
KLASS = "|".join(SIDES)
NEUTRAL = "varken högt eller lågt är i sig bättre"
WHERE = rf" \(högre och lägre sägs där {NEUTRAL}\)"
BEHIND = ("halkar efter riket", "tappar försprång mot riket")
RELATION = r"närmar sig riket|drar ifrån riket|halkar efter riket|tappar försprång mot riket"
N = rf"({NUMBER})"
SOME = rf"(?:(värdena)|områdets {N}{NBSP}mått med uppgifter)"
NAMED = r"”([^”]+)” \(([^()]*)\)"
COURSE = r"(\([^()]*\)|från [^()]+ \([^()]*\) till [^()]+ \([^()]*\))"
MOVED = rf"(försämras|förbättras) {COURSE}(?: (och|men) ({RELATION}))?"
REASONS = r"(för [^.;]*)"

PLAIN = {
    "är osäkerheten okänd": "osäkerheten är okänd",
    "är skillnaden mot riket för osäker": "skillnaden är för osäker",
    "är värdet ett antal": "värdet är ett antal",
    "är värdet eller rikets värde ifrågasatt": "värdet eller rikets värde är ifrågasatt",
    "är värdet gammalt eller serien avslutad": "värdet är gammalt eller serien avslutad",
    "saknas rikets värde för samma tid": "rikets värde för samma tid saknas",
    "är underlaget litet": "underlaget är litet",
}


def trend(fact: Fact) -> str:
    """The trend that may be told: proven, in fixed prices, and the same at both ends."""
    klass = fact.klass("trend")
    if klass not in ("försämras", "förbättras") or fact.indicator.prices == "löpande":
        return ""
    if fact.indicator.period.kind == "månad":
        return klass
    return klass if (fact.gone > 0) == (klass == "förbättras") and fact.gone != 0 else ""


def relation(fact: Fact) -> str:
    """How the distance to Riket develops, where its ends say so too."""
    said = fact.told["relation"] or ""
    if not re.fullmatch(RELATION, said):
        return ""
    first, last = (fact.indicator.turn * d for d in (fact.shared[0][1], fact.shared[-1][1]))
    fits = {
        "närmar sig riket": first < last <= 0,
        "drar ifrån riket": first < last and last > 0,
        "halkar efter riket": last < first and last < 0,
        "tappar försprång mot riket": last < first and first > 0,
    }
    return said if fits[said] else ""


def moved(fact: Fact, found: Sequence[str | None], beside: bool) -> None:
    """`försämras från … till … och halkar efter riket`."""
    klass, course, joined, how = found
    assert klass == trend(fact), fact.name
    assert course == fact.course(beside), (course, fact.course(beside))
    assert (how or "") == relation(fact), fact.name
    assert how is None or joined == ("och" if (how in BEHIND) == (klass == "försämras") else "men")


def missed(fact: Fact) -> bool:
    """Whether the first target level is certainly missed."""
    return bool(re.match(r"(ej uppnådd|under|över), säkert$", fact.klass("vs_target"))) and fact.missing > 0


class AreaReader:
    """One area for one unit."""

    def __init__(self, unit: Unit, facts: Sequence[Fact], without: int) -> None:
        self.unit, self.facts, self.without = unit, list(facts), without
        self.where = "riket" if unit.is_nation else unit.name
        self.named = {f.name: f for f in facts}
        assert len(self.named) == len(self.facts), "two values of an area bear the same name"
        self.count = len({f.indicator.id for f in facts})
        self.noun = "mått" if self.count == len(self.facts) else "värden"
        self.fell = Counter(f.klass("vs_nation") for f in facts if f.klass("vs_nation") in SIDES)
        self.patterns: list[tuple[str, Callable[[re.Match[str]], None]]] = [
            (rf"Inget av områdets {N} mått har ännu uppgifter för (.+?)\.$", self._empty),
            (r"Områdets enda mått har ännu inga uppgifter för (.+?)\.$", self._empty),
            (r"Området har ännu inga uppgifter för (.+?)\.$", self._empty),
            (rf"Områdets {N}{NBSP}mått med uppgifter ger {N}{NBSP}värden, eftersom {N}{NBSP}mått bara redovisas för "
             r"kvinnor och män var för sig\.", self._by_sex),
            (rf"Området har {N}{NBSP}mått med uppgifter för riket\.", self._of_nation),
            (r"Områdets enda mått med uppgifter redovisas bara för kvinnor och män var för sig\.", self._one_by_sex),
            (rf"Inget av {SOME} kan bedömas mot riket: (för (?:alla|båda) [^.]+|{REASONS[1:-1]})\.", self._none),
            (r"Områdets enda mått med uppgifter kan inte bedömas mot riket: ([^.;]+)\.", self._alone_unknown),
            (rf"Områdets enda mått med uppgifter, {NAMED}, är ({KLASS})(?: med| än) riket(; {NEUTRAL})?\.",
             self._alone),
            (rf"Av {SOME} kan 1 bedömas mot riket: {NAMED} är ({KLASS})(?: med| än) riket({WHERE})?\.", self._one),
            (rf"Av {SOME} kan {N} bedömas mot riket, och (båda|alla) är ({KLASS})({WHERE})?\.", self._same),
            (rf"(?:(Värdena)|Områdets {N}{NBSP}mått med uppgifter) är (båda|alla) ({KLASS})(?: med| än) riket"
             rf"({WHERE})?\.", self._all_same),
            (rf"Av {SOME} kan ({NUMBER}|båda|alla) bedömas mot riket: ({N} är [^().:]+)({WHERE})?\.", self._several),
            (rf"Längst åt det (bättre|sämre) hållet ligger {NAMED}(?: och {NAMED})?(?:, åt det sämre {NAMED})?\.",
             self._farthest),
            (rf"Längst från riket ligger {NAMED}\.", self._neutral),
            (rf"Områdets enda prövade målnivå är (säkert uppnådd|säkert inte uppnådd|varken säkert uppnådd eller "
             rf"säkert missad)(?:; mest återstår för {NAMED})?\.", self._only_target),
            (rf"Ingen av {N} prövade målnivåer är säkert uppnådd eller säkert missad\.", self._open_targets),
            (rf"Av {N} prövade målnivåer är (?:{N}{NBSP}säkert uppnådda?)?(?: och )?(?:{N}{NBSP}säkert inte uppnådda?)?"
             rf"(?: \({N} är (?:osäker|osäkra)\))?(?:; mest återstår för {NAMED})?\.", self._targets),
            (r"Mest skiljer sig regionerna i ”([^”]+)”, (från [^()]+ \([^()]+\))\.", self._spread),
            (rf"(?:Av (?:måtten|värdena) (?:försämras|förbättras) {N}, tydligast )?”[^”]+” .+? \([^()]*\)"
             rf"(?: (?:och|men) (?:{RELATION}))?(?:, medan .+?\)(?: (?:och|men) (?:{RELATION}))?)?\.(?= |$)",
             self._trends),
            (rf"För {N}{NBSP}(?:mått|värden|värde) [^.;]+(?:; (?:det|de) bedöms inte mot riket)?\.", self._unknown),
        ]  # fmt: skip

    def read(self, paragraph: str) -> int:
        """How many sentences there are; AssertionError for the first that is not true."""
        left, seen = paragraph, 0
        while left:
            for pattern, check in self.patterns:
                if told := re.match(pattern, left):
                    check(told)
                    left, seen = left[told.end() :].removeprefix(" "), seen + 1
                    break
            else:
                raise AssertionError(f"no pattern recognises: {left}")
        return seen

    def _named(self, name: str, evidence: str, answer: str = "vs_nation") -> Fact:
        fact = self.named[name]
        wanted = f"{fact.beside}, {fact.certainty(answer, 'skillnad')}"
        assert evidence == wanted, (evidence, wanted)
        return fact

    def _total(self, told: re.Match[str]) -> None:
        assert told[1] == ("värdena" if self.noun == "värden" else None)
        assert told[1] or value(told[2]) == len(self.facts)

    def _empty(self, told: re.Match[str]) -> None:
        assert not self.facts
        *count, where = told.groups()
        assert where == self.where
        assert (value(count[0]) if count else 1 if "enda" in told[0] else 0) == self.without

    def _by_sex(self, told: re.Match[str]) -> None:
        total = len(self.facts)
        assert [value(t) for t in told.groups()] == [self.count, total, total - self.count]
        assert total > self.count

    def _of_nation(self, told: re.Match[str]) -> None:
        assert self.unit.is_nation
        assert value(told[1]) == self.count == len(self.facts)

    def _one_by_sex(self, told: re.Match[str]) -> None:
        assert (self.count, len(self.facts)) == (1, 2)

    def _none(self, told: re.Match[str]) -> None:
        self._total(told)
        assert not self.fell
        self._reasons(told[3], {f.name: f.reason for f in self.facts})

    def _alone_unknown(self, told: re.Match[str]) -> None:
        (fact,) = self.facts
        assert PLAIN[fact.reason] == told[1]

    def _alone(self, told: re.Match[str]) -> None:
        (fact,) = self.facts
        assert self._named(told[1], told[2]) is fact
        self._is(fact, told[3])
        assert bool(told[4]) == (told[3] in ("högre", "lägre"))

    def _one(self, told: re.Match[str]) -> None:
        self._total(told)
        fact = self._named(told[3], told[4])
        self._is(fact, told[5])
        assert sum(self.fell.values()) == 1
        assert bool(told[6]) == (told[5] in ("högre", "lägre"))

    def _is(self, fact: Fact, klass: str) -> None:
        assert fact.klass("vs_nation") == klass
        if klass != "i nivå":
            good = {"bättre": fact.indicator.turn, "sämre": -fact.indicator.turn, "högre": 1, "lägre": -1}[klass]
            assert good * fact.gap > 0, (fact.name, klass, fact.gap)

    def _same(self, told: re.Match[str]) -> None:
        self._total(told)
        assert self.fell == {told[5]: value(told[3])}
        assert value(told[3]) < len(self.facts)
        assert (told[4] == "båda") == (value(told[3]) == 2)
        assert bool(told[6]) == (told[5] in ("högre", "lägre"))

    def _all_same(self, told: re.Match[str]) -> None:
        assert told[1] or value(told[2]) == len(self.facts)
        assert self.fell == {told[4]: len(self.facts)}
        assert (told[3] == "båda") == (len(self.facts) == 2)
        assert bool(told[5]) == (told[4] in ("högre", "lägre"))

    def _several(self, told: re.Match[str]) -> None:
        self._total(told)
        parts = re.findall(rf"{N} är ({KLASS})(?=,| och|$)", told[4])
        assert {klass: value(count) for count, klass in parts} == self.fell
        judged, every = sum(self.fell.values()), "båda" if len(self.facts) == 2 else "alla"
        assert (told[3] == every) if judged == len(self.facts) else (value(told[3]) == judged)
        assert bool(told[6]) == bool(self.fell["högre"] or self.fell["lägre"])

    def _farthest(self, told: re.Match[str]) -> None:
        side, *pairs = told.groups()
        sides = {k: [f for f in self.facts if f.klass("vs_nation") == k and f.gap != 0] for k in ("bättre", "sämre")}
        named: dict[str, list[Fact]] = {"bättre": [], "sämre": []}
        for klass, name, evidence in zip((side, side, "sämre"), pairs[::2], pairs[1::2], strict=True):
            if name:
                named[klass].append(self._named(name, evidence))
                self._is(named[klass][-1], klass)
        shown = 1 if sides["bättre"] and sides["sämre"] else 2
        for klass, facts in named.items():
            assert len(facts) == min(shown, len(sides[klass])), klass
            far = sorted((f.distance for f in sides[klass]), reverse=True)
            assert [round(f.distance, 9) for f in facts] == [round(d, 9) for d in far[: len(facts)]]

    def _neutral(self, told: re.Match[str]) -> None:
        fact = self._named(told[1], told[2])
        assert not self.fell["bättre"]
        assert not self.fell["sämre"]
        self._is(fact, fact.klass("vs_nation"))

    def _judged(self) -> tuple[int, int, int]:
        """Target levels that are judged, certainly reached, certainly missed."""
        found = [f.klass("vs_target") for f in self.facts]
        judged = [k for k in found if re.match(r"(ej |hög nivå |måttlig nivå )?uppnådd|under|inom|över", k)]
        sure = [k for k in judged if k.endswith(", säkert")]
        lost = [k for k in sure if re.match(r"ej |under|över", k)]
        return len(judged), len(sure) - len(lost), len(lost)

    def _left(self, name: str | None, evidence: str | None) -> None:
        lost = [f for f in self.facts if missed(f)]
        assert bool(name) == bool(lost)
        if name:
            fact = self.named[name]
            assert missed(fact)
            assert fact.share_left == max(f.share_left for f in lost)
            sure = fact.certainty("vs_target", "avstånd")
            wanted = f"{fact.now}, {fact.target}, {fact.difference(fact.missing)} kvar, {sure}"
            assert evidence == wanted, (evidence, wanted)

    def _only_target(self, told: re.Match[str]) -> None:
        _, met, lost = counts = self._judged()
        assert counts[0] == 1
        told_met, told_lost = told[1] == "säkert uppnådd", told[1] == "säkert inte uppnådd"
        assert (told_met, told_lost) == (met == 1, lost == 1)
        self._left(told[2], told[3])

    def _open_targets(self, told: re.Match[str]) -> None:
        assert self._judged() == (value(told[1]), 0, 0)

    def _targets(self, told: re.Match[str]) -> None:
        judged, met, lost, unsure = (int(value(t or "0")) for t in told.groups()[:4])
        assert (judged, met, lost) == self._judged()
        assert unsure == judged - met - lost
        self._left(told[5], told[6])

    def _spread(self, told: re.Match[str]) -> None:
        assert self.unit.is_nation
        assert told[2] == self.named[told[1]].span

    def _trends(self, told: re.Match[str]) -> None:
        clauses = told[0].removesuffix(".").split(", medan ")
        seen = []
        for clause in clauses:
            many = re.match(
                rf"Av (måtten|värdena) (försämras|förbättras) {N}, tydligast |{N} (förbättras), tydligast ", clause
            )
            found = re.fullmatch(
                rf"”([^”]+)” (?:(försämras|förbättras) )?{COURSE}(?: (och|men) ({RELATION}))?",
                clause[many.end() :] if many else clause,
            )
            assert found, clause
            name, one, *rest = found.groups()
            assert bool(many) != bool(one), clause
            klass = (many[2] or many[5]) if many else one
            group = [f for f in self.facts if trend(f) == klass and not f.is_doubted]
            assert (value(many[3] or many[4]) if many else 1) == len(group), clause
            assert not many or many[1] in (None, "måtten" if self.noun == "mått" else "värdena"), clause
            assert round(self.named[name].steps, 9) == round(max(f.steps for f in group), 9), clause
            moved(self.named[name], [klass, *rest], beside=False)
            seen.append(klass)
        there = {trend(f) for f in self.facts if not f.is_doubted} - {""}
        assert seen == [k for k in ("försämras", "förbättras") if k in there]

    def _unknown(self, told: re.Match[str]) -> None:
        reasons, _, tail = told[0].removesuffix(".").partition("; ")
        found = self._reasons("f" + reasons[1:], {f.name: f.reason for f in self.facts if f.reason})
        assert tail == ("" if self.unit.is_nation else f"{'det' if found == 1 else 'de'} bedöms inte mot riket")

    def _reasons(self, text: str, of: dict[str, str]) -> int:
        """Each reason with its count; returns how many there are in all."""
        if text.startswith(("för alla ", "för båda ")):
            assert set(of.values()) == {text[len("för alla ") :]}
            assert text.startswith("för båda ") == (len(of) == 2)
            return len(of)
        plain = re.sub(rf"(?<=\d){NBSP}(mått|värden|värde)(?= )", "", text)
        parts = re.split(r", (?=för \d)| och (?=för \d)", plain)
        said = {reason: value(count) for count, _, reason in (p.removeprefix("för ").partition(" ") for p in parts)}
        assert said == Counter(of.values()), (said, Counter(of.values()))
        return len(of)
