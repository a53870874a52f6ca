"""A piece of a page read as a person reads it."""

from __future__ import annotations

from varddialog.batch.review.blocks import Block, blocks
from varddialog.batch.review.grids import Grid

SVG = '<svg aria-label="Gotland: 96,3" viewBox="0 0 9 9"><text x="1" y="2">96,3</text></svg>'
PAGE = f"""<div class="vard"><section><h2 id="a">Vaccination</h2>
<p>Av områdets <b>7</b> mått&nbsp;är
3 bättre.</p><figure>{SVG}<figcaption>Procent, 2024.</figcaption></figure>
<dl><div><dt>Riktning</dt><dd>Högre är bättre.</dd></div></dl>
<div><table><caption>Värden</caption><thead><tr><th>Tid</th><th>Riket</th></tr></thead>
<tbody><tr><th>2024</th><td>95,6</td></tr></tbody></table></div>
<h3>Mer</h3><img src="data:image/png;base64,AAAA" alt="En bild"></section></div>"""


def test_the_blocks_of_a_page_in_order_each_below_its_heading() -> None:
    table = Grid("Värden", ("Tid", "Riket"), (("2024", ("95,6",)),))
    assert blocks(PAGE) == [
        Block("Vaccination", "", "Vaccination"),
        Block("Vaccination", "", "Av områdets 7 mått\N{NO-BREAK SPACE}är 3 bättre."),
        Block("Vaccination", "Gotland: 96,3", SVG, "figur"),
        Block("Vaccination", "", "Procent, 2024."),
        Block("Vaccination", "", "Riktning"),
        Block("Vaccination", "Riktning", "Högre är bättre."),
        Block("Vaccination", "", table, "tabell"),
        Block("Mer", "", "Mer"),
        Block("Mer", "En bild", "data:image/png;base64,AAAA", "bild"),
    ]


def test_what_is_no_sound_html_is_read_as_far_as_it_goes() -> None:
    assert blocks("<p>Ett<td>Två</table>") == [Block("", "", "Ett"), Block("", "", "Två")]
    assert blocks("<table><tr></tr></table>") == [Block("", "", Grid("", (), (("", ()),)), "tabell")]
