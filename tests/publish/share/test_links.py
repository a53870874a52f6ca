"""Links that lead out of an archive become plain text, and no other."""

from __future__ import annotations

from varddialog.publish.share.links import reached, target, within

INSIDE = {"12-skane/index.html", "12-skane/1-halsa.html", "metod.html"}


def test_an_address_leads_to_a_path_and_other_hosts_to_none() -> None:
    at = "12-skane/index.html"
    assert target("../metod.html#regel-riket", at) == "metod.html"
    assert target("1-halsa.html", at) == "12-skane/1-halsa.html"
    assert target("../L%C3%84S%20MIG.html?x=1", at) == "LÄS MIG.html"
    assert target("../../../etc/passwd", at) == "../../etc/passwd"
    for outside in ("#rad", "", "https://example.org/a.html", "//example.org", "data:text/csv,a;b", "mailto:a@b.se"):
        assert target(outside, at) is None


def test_a_link_out_of_the_archive_keeps_its_words_and_loses_its_address() -> None:
    page = (
        '<style>a {}</style><a class="k" href="../index.html">Hela landet</a> <a href="../metod.html#a">Metod</a>'
        '<svg><a href="../01-stockholm/index.html"><text>Stockholm</text></a></svg><a href="#rad">ned</a>'
    )
    assert within(page, "12-skane/1-halsa.html", INSIDE) == (
        "<style>a {}.vard a:not([href]) { color: inherit; text-decoration: none; font-weight: inherit; }\n</style>"
        '<a class="k">Hela landet</a> <a href="../metod.html#a">Metod</a>'
        '<svg><a><text>Stockholm</text></a></svg><a href="#rad">ned</a>'
    )


def test_a_page_whose_links_all_stay_inside_is_the_same() -> None:
    page = '<style></style><a href="../metod.html">Metod</a><a href="https://example.org">Utgivaren</a>'
    assert within(page, "12-skane/index.html", INSIDE) == page


def test_a_script_that_is_not_there_is_not_asked_for() -> None:
    page = '<style></style><script src="../sok.js" defer></script>\n<h1>Alla mått</h1>'
    assert "script" not in within(page, "matt/index.html", INSIDE)


def test_files_are_reached_through_links_and_only_where_they_may_be() -> None:
    files = {
        "12-skane/index.html": '<a href="../metod.html">a</a><a href="../index.html">b</a><a href="x.pdf">c</a>',
        "metod.html": '<a href="matt/a.html">a</a><a href="borta.html">b</a>',
        "matt/a.html": '<a href="../metod.html">a</a>',
        "index.html": "",
        "12-skane/lapp.ipynb": '<a href="../index.html">text in a notebook is not followed</a>',
    }
    start = ["12-skane/index.html", "12-skane/lapp.ipynb", "12-skane/saknas.html"]
    found = reached(start, files.get, lambda path: path in ("metod.html", "borta.html") or path.startswith("matt/"))
    assert found == ["12-skane/index.html", "12-skane/lapp.ipynb", "matt/a.html", "metod.html"]
