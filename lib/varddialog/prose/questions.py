"""Discussion questions in words: open, with what they rest on, blaming nobody and claiming no cause."""

from __future__ import annotations

from varddialog.assessment.assess import Assessment
from varddialog.assessment.grading import Grade
from varddialog.assessment.groups import Comparison
from varddialog.dialogue.questions import MOST, Evidence, FocusChoice, Group, Question, Questions
from varddialog.dialogue.raised import Hole, Kind, Raised
from varddialog.model.groups import in_sentence
from varddialog.model.units import Unit
from varddialog.prose import evidence as of
from varddialog.prose import overall
from varddialog.prose.words import figure, period
from varddialog.swedish import capital, listing, number, plural

# {about}: an indicator; {goal}: its target level, or those of a theme; {split}: between whom. The second is used when
# the first has been, so that a list of questions does not say the same twice
_OF_REGION: dict[Kind, tuple[str, str]] = {
    "sämre än riket": (
        "Vad gör regionen för att närma sig riket i fråga om {about}, och vad i statens stöd hjälper eller hindrar?",
        "Vad har regionen lärt sig hittills i fråga om {about}, och vad vill den pröva härnäst?",
    ),
    "halkar efter riket": (
        "Hur ser regionen på att avståndet till riket har vuxit i fråga om {about}, och vad kan minska det?",
        "Vilka insatser ser regionen framför sig i fråga om {about}, där riket har utvecklats mer gynnsamt?",
    ),
    "når inte målnivån": (
        "Vad behöver regionen göra, och vad behöver staten göra annorlunda, för att nå {goal}?",
        "Vad är svårast på vägen till {goal}, och vad kan staten göra lättare?",
    ),
    "olika mellan grupper": (
        "Vad vet regionen om skillnaden {split} i {about}, och hur arbetar den för mer jämlik vård och hälsa?",
        "Vilka insatser når dem som har det sämst i fråga om {about}, och hur vet regionen det?",
    ),
    "tappar försprång mot riket": (
        "Hur ser regionen på att försprånget mot riket har minskat i fråga om {about}, och vad är viktigast att hålla "
        "fast vid?",
        "Vad har varit regionens styrka i fråga om {about}, och vad behövs för att behålla den?",
    ),
}
_OF_NATION: dict[Kind, tuple[str, str]] = {
    "når inte målnivån": (
        "Vad behöver staten och regionerna göra tillsammans för att hela landet ska nå {goal}?",
        "Vad är svårast på vägen till {goal}, och vem kan göra det lättare?",
    ),
    "olika mellan regionerna": (
        "Vad kan regionerna lära av varandra i fråga om {about}, där skillnaderna i landet är stora?",
        "Vilka skillnader mellan regionerna är rimliga i fråga om {about}, och vilka behöver minska?",
    ),
    "försämras": (
        "Hur ser parterna på att {about} försämras i landet, och vad behöver göras gemensamt?",
        "Vilka insatser behövs i fråga om {about}, där utvecklingen i landet går åt fel håll?",
    ),
    "olika mellan grupper": (
        "Vad vet parterna om skillnaden {split} i {about}, och vad behövs för mer jämlik vård och hälsa?",
        "Vilka insatser når dem som har det sämst i fråga om {about}, och hur går det att veta?",
    ),
}
# several indicators of one theme, raised for different things: by whether the unit is Riket
_THEME = (
    (
        "Vad gör regionen för bättre resultat i temat {about}, och vad behöver staten göra annorlunda?",
        "Vad har regionen lärt sig hittills i temat {about}, och vad återstår för regionen och för staten?",
    ),
    (
        "Vad behöver staten och regionerna göra tillsammans för bättre och jämnare resultat i temat {about}?",
        "Vad i temat {about} klarar ingen region på egen hand, och vem tar nästa steg?",
    ),
)
_MISSING = (
    "Vilka uppgifter har regionen själv om det som öppna källor inte visar, och vad behövs för att alla ska kunna "
    "följa det?",
    "Vad behöver staten och regionerna göra tillsammans för att det som öppna källor inte visar ska gå att följa?",
)
_FIRST_WORDS: dict[Kind, str] = {"sämre än riket": "sämre än riket: ", "olika mellan regionerna": "regionerna spänner "}
_ALSO: dict[Kind, str] = {
    "sämre än riket": "sämre än riket",
    "halkar efter riket": "halkar efter riket",
    "når inte målnivån": "når inte målnivån",
    "olika mellan regionerna": "regionerna skiljer sig mer än slumpen förklarar",
    "försämras": "försämras",
    "tappar försprång mot riket": "tappar försprång mot riket",
}
_GRADES = {
    "sannolikt": "sannolikt omotiverad",
    "möjligt": "möjligen omotiverad",
    "kan ej bedömas": "om den är omotiverad är inte bedömt",
}
HEADINGS: dict[Group, str] = {
    "båda": "Till båda parter",
    "resultat": "Om regionens resultat",
    "staten": "Om statens stöd",
}
_HEADINGS_OF_NATION: dict[Group, str] = {**HEADINGS, "resultat": "Om resultaten i landet"}


def heading(group: Group, unit: Unit) -> str:
    """What a group of questions is called."""
    return (_HEADINGS_OF_NATION if unit.is_nation else HEADINGS)[group]


def evidence_of_value(raised: Raised, a: Assessment) -> str:
    """Value, time, what it is compared with, and how certain that is."""
    if raised.kind == "når inte målnivån":
        return overall.target_line(a)
    if raised.kind == "olika mellan regionerna":
        return overall.spread_line(a)
    if raised.kind == "sämre än riket":
        return overall.deviation_line(a)
    return overall.watch_line(a)


def evidence_of_groups(raised: Raised, grade: Grade, c: Comparison) -> str:
    """The groups farthest apart with their values, and what has been judged of the difference."""
    sides = {v.group: v for v in c.values}
    told = listing(
        f"{in_sentence(name, c.grouping)} {figure(c.indicator, sides[name].value)}"
        for name in (grade.disadvantaged, grade.advantaged)
    )
    sure = of.OF_SERIES if raised.certainty == "skattad ur tidsserien" else "säkerställd skillnad"
    return f"{told} ({period(c.indicator, c.when)}), {sure}; {_GRADES[grade.unwarranted or 'kan ej bedömas']}"


def evidence_of_hole(hole: Hole, unit: Unit) -> str:
    """How many figures are missing."""
    where = "riket" if unit.is_nation else unit.name
    if hole.grouping:
        return f"ingen öppen källa delar upp uppgifterna för {where} efter {hole.grouping}"
    if hole.elsewhere:
        return overall.hole_line(hole.count, unit)
    return f"inget av områdets {plural(hole.count, 'mått', 'mått')} har öppna uppgifter"


def evidence_line(found: Evidence) -> str:
    """One line under a question, after the name of what it is about."""
    told = f"{_FIRST_WORDS.get(found.raised.kind, '')}{found.raised.text}"
    if found.raised.kind == "olika mellan regionerna":
        told = told.replace("; regionerna skiljer", "; de skiljer")
    also = [_also(r) for r in found.also if r.kind in _ALSO and r.kind not in told]
    return f"{told}; {listing(also)}" if also else told


def _also(r: Raised) -> str:
    unsure = " (osäkerheten är okänd)" if r.certainty == "okänd" else ""
    return f"{_ALSO[r.kind]}{unsure}"


def question_texts(questions: Questions, unit: Unit) -> list[str]:
    """Each question as it is put, in order: as params/ has it, or worded from what raised it."""
    used: dict[str, int] = {}
    return [q.text or _worded(q, unit, used) for q in questions.questions]


def _worded(q: Question, unit: Unit, used: dict[str, int]) -> str:
    kind, first = q.kinds[0], q.evidence[0].raised
    if kind == "saknar uppgifter":
        return _MISSING[unit.is_nation]
    about, goal = f"”{q.subject or first.name}”", f"målnivån för ”{first.name}”"
    variants = (_OF_NATION if unit.is_nation else _OF_REGION)[kind]
    if q.subject and q.kinds == ("når inte målnivån",):
        goal = f"målnivåerna i temat ”{q.subject}”"
    elif q.subject:
        variants = _THEME[unit.is_nation]
    split = "mellan kvinnor och män" if first.grouping == "kön" else f"efter {first.grouping}"
    return _next(variants, used).format(about=about, goal=goal, split=split)


def question_on(kind: Kind, a: Assessment, unit: Unit, used: dict[str, int]) -> str:
    """The question that one value raises. used: what has been asked before in the same list."""
    assert a.result is not None
    about = f"”{of.name_of(a.result)}”"
    variants = (_OF_NATION if unit.is_nation else _OF_REGION)[kind]
    return _next(variants, used).format(about=about, goal=f"målnivån för {about}")


def _next(variants: tuple[str, str], used: dict[str, int]) -> str:
    before = used.get(variants[0], 0)
    used[variants[0]] = before + 1
    return variants[before % len(variants)]


def evidence_heading(q: Question, unit: Unit) -> str:
    """What stands before the evidence of a focus area, which speaks of the area and not of the question alone."""
    if not (q.focus and q.evidence):
        return ""
    return f"{'Rikets' if unit.is_nation else 'Regionens'} uppgifter i fokusområdet väcker frågor om:"


def more(q: Question) -> str:
    """How much else there is of the same, beside the evidence; empty where that is all."""
    if not q.more:
        return ""
    areas = q.kinds[0] == "saknar uppgifter"
    said = plural(q.more, "område", "områden") if areas else plural(q.more, "mått", "mått")
    return f"Detsamma gäller {said} till." if areas else f"Ytterligare {said} väcker frågor om detta."


def order(questions: Questions, unit: Unit) -> str:
    """How the questions are ordered, in two sentences."""
    whose, kinds = (
        ("resultaten i landet", "missade målnivåer, stora skillnader mellan regionerna, försämringar")
        if unit.is_nation
        else ("regionens egna resultat", "sämre än riket, växande avstånd eller minskat försprång, missade målnivåer")
    )
    return (
        f"Först kommer frågor till båda parter, sedan de som {whose} väcker och sist de om statens stöd. "
        f"Bland resultaten turas olika slag om ({kinds}, skillnader mellan grupper, saknade uppgifter), med det "
        "största av varje slag först."
    )


def selection(questions: Questions, unit: Unit) -> list[str]:
    """How the questions were chosen, and what was left out, as numbers."""
    shown, raised, kept = questions.shown, questions.raised, questions.kept_back
    whose = "Landets" if unit.is_nation else "Regionens"
    said = [
        f"Högst {number(MOST)} frågor tas med, så att de hinns med; här är de {number(len(questions.questions))}. "
        "Flera mått i samma tema blir en fråga, och det som hör till ett av fokusområdena står där.",
        f"{whose} uppgifter väcker frågor i {plural(raised, 'fall', 'fall')}: mått, jämförelser av grupper och områden "
        f"utan uppgifter. {number(shown)} av dem står här som underlag; övriga finns i rapporterna."
        if shown < raised
        else f"{whose} uppgifter väcker frågor i {plural(raised, 'fall', 'fall')}, och alla står här som underlag.",
    ]
    if not unit.is_nation:
        said.append("En skillnad mot riket vars osäkerhet är skattad ur tidsserien tas med bara när den är stor.")
    if kept:
        said.append(f"Arenan har {plural(kept, 'stående fråga', 'stående frågor')} till, som inte ryms här.")
    return [*said, "Underlaget visar inte vad resultaten beror på."]


def focus(choice: FocusChoice, unit: Unit) -> str:
    """Which focus areas the questions are from, and why."""
    if choice.is_decided:
        return f"Fokusområden, valda av parterna: {listing(area.name for area, _ in choice.areas)}."
    if not choice.areas:
        return "Fokusområdena väljs av parterna."
    return (
        f"Fokusområdena väljs av parterna. Tills det är gjort visas frågor ur dem där {_whose(unit)} uppgifter väcker "
        f"flest frågor: {_with_counts(choice)}."
    )


def focus_of_visit(choice: FocusChoice, unit: Unit) -> str:
    """Which focus areas are talked about, or which there are to choose from and the figures speak most for."""
    if choice.is_decided:
        return f"{listing(area.name for area, _ in choice.areas)}, valda av parterna."
    if not choice.choice:
        return ""
    said = f"Väljs av parterna, bland {listing(choice.choice)}."
    if choice.areas:
        most = _with_counts(choice)
        said += f" {capital(_whose(unit))} uppgifter väcker flest frågor i {most}, som därför är förslaget här."
    return said


def _whose(unit: Unit) -> str:
    return "rikets" if unit.is_nation else "regionens"


def _with_counts(choice: FocusChoice) -> str:
    return listing(f"{area.name} ({plural(count, 'mått', 'mått')})" for area, count in choice.areas)
