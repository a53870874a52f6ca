"""How Sphinx builds the guide: `make docs`. The project's own texts are pages too, so that links to them hold.

Nothing is fetched while it is built or read; a test looks for requests to other hosts.
"""

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

from varddialog import __version__

project = "Vårddialog"
version = release = __version__
language = "en"

extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = ["docs/**.md", "README.md", "CONTRIBUTING.md", "GLOSSARY.md", "CHANGELOG.md", "params/README.md"]
# folders that need not be looked through
exclude_patterns = [".*", "build", "data", "lib", "node_modules", "notebooks", "outputs", "site", "tests"]

# links to headings, spelt as GitHub spells them
myst_heading_anchors = 4
# code is shown as it is written: -- in a command is no dash
smartquotes = False

html_theme = "furo"
html_title = "Vårddialog"
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_show_search_summary = False  # a page that lies in a folder may not read another one
html_use_index = False
html_domain_indices = False

# the order of the pages; it stands here, since the source is read on its own too
CONTENTS = {
    "How to": [
        "analyst",
        "reviewer",
        "region",
        "dialogue",
        "records",
        "supplements",
        "own-data",
        "live-data",
        "cluster",
    ],
    "Reference": [
        "reference/commands",
        "reference/params",
        "/params/README",
        "reference/columns",
        "reference/settings",
    ],
    "Explanation": ["method", "/GLOSSARY"],
    "The project": ["/README", "/CONTRIBUTING", "/CHANGELOG"],
}


def add_contents(_app: Sphinx, docname: str, source: list[str]) -> None:
    """Give the first page the list of all others."""
    if docname == root_doc:
        for caption, pages in CONTENTS.items():
            source[0] += f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n" + "\n".join(pages) + "\n```\n"


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("source-read", add_contents)
    app.add_lexer("csv", TextLexer)
