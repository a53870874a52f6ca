"""Themes, focus areas and arenas: the committed ones are whole, and a new one is a file."""

from __future__ import annotations

import re

import pytest
from tests.model.broken import faults_of, replace

from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.model.catalogue import Catalogue, load_catalogue

ARENA = """\
slug: tandvarden
name: Dialogen om tandvården
about: Regionen och tandvården talar om vård i tid.
source: Ett exempel, 2026.
units: region
parties:
  - {slug: regionen, name: Regionen, about: Beställer vården., roles: [tjänstemannaledning]}
  - {slug: tandvarden, name: Tandvården, about: Ger vården., roles: [verksamhet]}
themes: [vardplatser]
questions:
  - {slug: storsta-hindret, text: Vad är det största hindret?, theme: vardplatser, to: [tandvarden]}
"""
FOCUS = """\
slug: tandhalsa
name: Tandhälsa
why: Friska tänder hela livet.
indicators: [FOHM_AVSTATT_TANDVARD]
themes: [jamlik-vard]
questions:
  - {slug: vilka-avstar, text: Vilka avstår från tandvård?}
"""


# the committed ones


def test_the_arenas_and_focus_areas_of_the_dialogue_are_there(catalogue: Catalogue) -> None:
    dialogue = catalogue.dialogue
    assert set(dialogue.arenas) == {
        "halso-och-sjukvardsdialogen", "tillganglighet", "privata-vardgivare", "samverkansregion",
    }  # fmt: skip
    assert set(dialogue.focus_areas) == {
        "tillganglighet", "kompetensforsorjning", "vardens-informationssystem", "psykiatri", "cancervard",
        "kronisk-sjukdom",
    }  # fmt: skip
    assert dialogue.arenas["samverkansregion"].units == "samverkansregion"


def test_every_theme_is_spoken_of_in_some_arena(catalogue: Catalogue) -> None:
    spoken_of = {theme for arena in catalogue.dialogue.arenas.values() for theme in arena.themes}
    assert set(catalogue.dialogue.themes) - spoken_of == set()


def test_themes_and_arenas_are_followed_in_figures_that_go_on(catalogue: Catalogue) -> None:
    holders = [*catalogue.dialogue.themes.values(), *catalogue.dialogue.arenas.values()]
    used = {key for holder in holders for key in holder.indicators}
    ended = [key for key in used if (i := catalogue.indicators[key]).gap or i.discontinued or i.duplicate_of]
    assert ended == []


def test_a_focus_area_shows_what_is_known_before_what_is_lacking(catalogue: Catalogue) -> None:
    for area in catalogue.dialogue.focus_areas.values():
        lacking = [catalogue.indicators[key].gap is not None for key in area.indicators]
        assert lacking == sorted(lacking), area.slug
        assert lacking.count(False) >= 8, area.slug
        assert not [key for key in area.indicators if catalogue.indicators[key].discontinued], area.slug
        assert 4 <= len(area.questions) <= 6, area.slug
        assert area.background, area.slug
        assert area.lacking, area.slug


def test_a_fact_in_the_background_names_its_publisher_and_year(catalogue: Catalogue) -> None:
    named = re.compile(r"(Vårdanalys|Socialstyrelsen|Socialdepartementet|Försäkringskassan|SOU)\W*(\d{4})")
    for area in catalogue.dialogue.focus_areas.values():
        for paragraph in area.background:
            if re.search(r"\d+ procent|\b20\d\d\b", paragraph):
                assert named.search(paragraph), (area.slug, paragraph)
        assert not re.search(r"\d", area.why), area.slug


def test_no_question_is_asked_twice(catalogue: Catalogue) -> None:
    dialogue = catalogue.dialogue
    texts = [q.text for area in dialogue.focus_areas.values() for q in area.questions]
    texts += [q.text for arena in dialogue.arenas.values() for q in arena.questions]
    assert len(texts) == len(set(texts))
    statements = [q.text for area in dialogue.focus_areas.values() for q in area.questions if not q.text.endswith("?")]
    assert statements == []


def test_the_four_standing_questions_go_to_the_same_four_groups(catalogue: Catalogue) -> None:
    arena = catalogue.arena("samverkansregion")
    assert [q.slug for q in arena.questions] == [
        "bygga-transparens-och-tillit", "paverka-andra", "starka-samverkansomradet", "operativ-samverkan",
    ]  # fmt: skip
    assert {tuple(q.to) for q in arena.questions} == {
        ("ledningsgruppen", "hr-direktorer", "ekonomidirektorer", "kommunikationsdirektorer")
    }


def test_both_sides_answer_how_the_dialogue_is_built_and_each_lack_has_its_advice(catalogue: Catalogue) -> None:
    arena = catalogue.arena("privata-vardgivare")
    built = [q for q in arena.questions if q.structure]
    assert len(built) >= 6
    assert {frozenset(q.to) for q in built} == {frozenset({"bestallare", "vardforetag"})}
    advised = {rule.question for rule in arena.recommendations if rule.when == "saknas"}
    assert {q.slug for q in built} == advised


def test_the_answers_that_lack_something_are_the_last(catalogue: Catalogue) -> None:
    for arena in catalogue.dialogue.arenas.values():
        for question in arena.questions:
            assert question.answers[len(question.answers) - len(question.lacking) :] == question.lacking, question.slug


def test_the_evaluation_has_statements_and_no_questions(catalogue: Catalogue) -> None:
    for arena in catalogue.dialogue.arenas.values():
        assert 6 <= len(arena.evaluation) <= 8, arena.slug
        assert all(scale.text.endswith(".") for scale in arena.evaluation), arena.slug


# a new one is a file


def test_a_new_arena_focus_area_and_question_are_files_alone(params_copy: Project) -> None:
    params = params_copy.params
    (params / "arenas" / "tandvarden.yml").write_text(ARENA, encoding="utf-8")
    (params / "focus-areas" / "tandhalsa.yml").write_text(FOCUS, encoding="utf-8")
    replace(params / "cycles" / f"{DEFAULT_CYCLE}.yml", "  - cancervard\n", "  - cancervard\n  - tandhalsa\n")
    question = "questions:\n  - {slug: ny, text: Vad är nytt?, to: [regionen]}\n"
    replace(params / "arenas" / "tillganglighet.yml", "questions:\n", question)
    made = load_catalogue(params_copy)
    assert made.arena("tandvarden").question("storsta-hindret").to == ["tandvarden"]
    assert made.arena("tandvarden").party("tandvarden").name == "Tandvården"
    assert made.focus_area("tandhalsa").questions[0].text == "Vilka avstår från tandvård?"
    assert "tandhalsa" in made.cycle(DEFAULT_CYCLE).focus_areas
    assert made.arena("tillganglighet").questions[0].slug == "ny"


def test_a_new_theme_is_an_entry(params_copy: Project) -> None:
    path = params_copy.params / "themes.yml"
    replace(path, "themes:\n", "themes:\n  - {slug: tandhalsa, name: Tandhälsa, about: Friska tänder.}\n")
    assert load_catalogue(params_copy).dialogue.themes["tandhalsa"].indicators == []


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (
            "arenas/tandvarden.yml",
            "[vardplatser]\nq",
            "[vardplats]\nq",
            "storsta-hindret: temat «vardplatser» hör inte",
        ),
        ("arenas/tandvarden.yml", "to: [tandvarden]", "to: [folket]", "storsta-hindret: okänd part: folket"),
        ("arenas/tandvarden.yml", "units: region", "units: kommun", "Tillåtet: 'region', 'samverkansregion'"),
        ("arenas/tandvarden.yml", "abuot", "abuot", "Okänt fält: «abuot»"),
        ("arenas/tandvarden.yml", "slug: tandvarden\n", "slug: tandvård\n", "slug: «tandvård» har fel form"),
        ("arenas/tandvarden.yml", "slug: tandvarden\n", "slug: tand\n", "Filen ska heta tand.yml, som dess slug"),
        ("focus-areas/tandhalsa.yml", "[jamlik-vard]", "[jamlik-vrad]", "temat «jamlik-vrad» finns inte"),
        ("focus-areas/tandhalsa.yml", "[jamlik-vard]", "[jamlik-vrad]", "Menade du «jamlik-vard»?"),
        ("focus-areas/tandhalsa.yml", "[jamlik-vard]", "[jamlik-vard, jamlik-vard]", "themes: står flera gånger"),
        ("focus-areas/tandhalsa.yml", "FOHM_AVSTATT", "FOHM_AVSTÅTT", "Menade du «FOHM_AVSTATT_TANDVARD»?"),
        ("focus-areas/tandhalsa.yml", "why: ", "varför: ", "Okänt fält: «varför»"),
        ("focus-areas/tandhalsa.yml", "why: Friska tänder hela livet.\n", "", "why: fältet saknas"),
    ],
)
def test_what_is_wrong_in_a_new_file_is_told(params_copy: Project, file: str, old: str, new: str, words: str) -> None:
    text = (ARENA if file.startswith("arenas") else FOCUS) + ("abuot: x\n" if new == "abuot" else "")
    path = params_copy.params / file
    path.write_text(text, encoding="utf-8")
    replace(path, old, new)
    faults = faults_of(params_copy)
    assert any(words in fault for fault in faults)
    assert all(fault.startswith(f"params/{file}:") for fault in faults)


def test_a_fault_in_a_reference_names_its_line(params_copy: Project) -> None:
    replace(params_copy.params / "themes.yml", "N79222, N79224, N79221", "N79222, N7922X, N79221")
    lines = (params_copy.params / "themes.yml").read_text(encoding="utf-8").splitlines()
    line = next(i for i, text in enumerate(lines, 1) if "N7922X" in text)
    (fault,) = faults_of(params_copy)
    assert fault.startswith(f"params/themes.yml:{line}: vardgarantienhet: måttet «N7922X» finns inte.")


def test_a_file_with_the_long_ending_is_not_passed_over(params_copy: Project) -> None:
    (params_copy.params / "focus-areas" / "tandhalsa.yaml").write_text(FOCUS, encoding="utf-8")
    assert faults_of(params_copy) == ["params/focus-areas/tandhalsa.yaml: Filen ska heta tandhalsa.yml."]


def test_a_focus_area_whose_themes_the_arena_lacks_cannot_be_chosen(params_copy: Project) -> None:
    text = FOCUS.replace("[jamlik-vard]", "[foretagsnatverk]")
    (params_copy.params / "focus-areas" / "tandhalsa.yml").write_text(text, encoding="utf-8")
    cycle = params_copy.params / "cycles" / f"{DEFAULT_CYCLE}.yml"
    replace(cycle, "  - cancervard\n", "  - cancervard\n  - tandhalsa\n")
    (fault,) = faults_of(params_copy)
    assert "har teman som arenan «halso-och-sjukvardsdialogen» saknar: foretagsnatverk." in fault
    assert "Lägg dem bland arenans teman i params/arenas/halso-och-sjukvardsdialogen.yml." in fault


def test_a_file_that_cannot_be_read_is_one_fault_and_not_all_that_refers_to_it(params_copy: Project) -> None:
    replace(params_copy.params / "themes.yml", "name: Vårdplatser", "nam: Vårdplatser")
    replace(params_copy.params / "focus-areas" / "psykiatri.yml", "why:", "varför:")
    found = {fault.partition(":")[0] for fault in faults_of(params_copy)}
    assert found == {"params/themes.yml", "params/focus-areas/psykiatri.yml"}


def test_a_cycle_that_names_no_arena_or_focus_area_of_ours_gets_a_suggestion(params_copy: Project) -> None:
    cycle = params_copy.params / "cycles" / f"{DEFAULT_CYCLE}.yml"
    replace(cycle, "arena: halso-och-sjukvardsdialogen", "arena: halso-och-sjukvardsdialog")
    replace(cycle, "  - cancervard\n", "  - cancervarden\n")
    text = "\n".join(faults_of(params_copy))
    assert "Arenan «halso-och-sjukvardsdialog» finns inte." in text
    assert "Menade du «halso-och-sjukvardsdialogen»?" in text
    assert "Fokusområdet «cancervarden» finns inte." in text
