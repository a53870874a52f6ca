"""Two tables compared cell by cell."""

from __future__ import annotations

from dataclasses import replace

from varddialog.batch.review.grids import Grid, differing

TABLE = Grid("Väntetid", ("Tid", "Gotland", "Riket"), (("2023", ("12,1", "14,0")), ("2024", ("11,5", "13,2"))))


def told(after: Grid, before: Grid = TABLE) -> list[tuple[str, str, str]]:
    return [(d.about, d.before, d.after) for d in differing(before, after, "Vård")]


def test_equal_tables_do_not_differ() -> None:
    assert told(TABLE) == []


def test_a_cell_is_told_by_its_row_and_column() -> None:
    other = replace(TABLE, rows=(TABLE.rows[0], ("2024", ("11,9", "13,2"))))
    assert told(other) == [("Väntetid: 2024, Gotland", "11,5", "11,9")]


def test_a_row_that_is_gone_and_one_that_has_come() -> None:
    less = replace(TABLE, rows=TABLE.rows[:1])
    assert told(less) == [("Väntetid: 2024, Gotland", "11,5", ""), ("Väntetid: 2024, Riket", "13,2", "")]
    assert told(TABLE, before=less) == [("Väntetid: 2024, Gotland", "", "11,5"), ("Väntetid: 2024, Riket", "", "13,2")]


def test_a_column_that_is_gone() -> None:
    less = Grid("Väntetid", ("Tid", "Gotland"), (("2023", ("12,1",)), ("2024", ("11,5",))))
    assert told(less) == [("Väntetid: 2023, Riket", "14,0", ""), ("Väntetid: 2024, Riket", "13,2", "")]


def test_rows_in_another_order_and_another_caption() -> None:
    assert told(replace(TABLE, rows=TABLE.rows[::-1])) == [("Väntetid: radernas ordning", "2023, 2024", "2024, 2023")]
    assert told(replace(TABLE, caption="Väntetider")) == [("tabellens rubrik", "Väntetid", "Väntetider")]


def test_rows_of_the_same_heading_are_kept_apart() -> None:
    twice = Grid("", ("Mått", "Anmärkning"), (("Fall", ("a",)), ("Fall", ("b",))))
    other = Grid("", ("Mått", "Anmärkning"), (("Fall", ("a",)), ("Fall", ("c",))))
    assert told(other, before=twice) == [("Fall (2), Anmärkning", "b", "c")]
