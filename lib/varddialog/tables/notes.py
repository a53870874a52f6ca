"""Notes as HTML: text through a cleaner, pictures inside the page, tables as all other tables."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, MutableMapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from varddialog.dialogue.supplement.blocks import Block, Picture, Prose, Sheet
from varddialog.dialogue.supplement.markdown import DEEPEST, SCHEMES
from varddialog.tables import html

if TYPE_CHECKING:  # slow to import, and few reports need it
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token

_TAGS = {"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "em", "strong", "blockquote", "code", "pre", "br", "hr"}
_NUMBER = re.compile(r"[-+\u2212]?\d[\d \u00a0\u202f]*(?:[.,]\d+)?[ \u00a0\u202f]?%?|[-\u2013]?")


def note(blocks: Iterable[Block], above: int) -> Markup:
    """The blocks in order. above: level of the heading that they stand under, at most 3."""
    return Markup("\n").join(_block(block, above) for block in blocks)


def words(blocks: Iterable[Block]) -> str:
    """The same as plain text, for whoever reads the notebook without a page."""
    return "\n".join(line for block in blocks for line in _words(block))


def _words(block: Block) -> Iterable[str]:
    if isinstance(block, Picture):
        return (block.alt, block.caption) if block.caption else (block.alt,)
    if isinstance(block, Sheet):
        return (block.caption, *("; ".join(row) for row in (block.header, *block.rows)))
    return (token.content.rstrip() for token in block.tokens if token.content.strip())


def _block(block: Block, above: int) -> Markup:
    if isinstance(block, Picture):
        return _picture(block)
    return _sheet(block) if isinstance(block, Sheet) else _prose(block, above)


def _picture(picture: Picture) -> Markup:
    size = Markup(' width="{}" height="{}"').format(picture.width, picture.height) if picture.width else ""
    caption = Markup("<figcaption>{}</figcaption>").format(picture.caption) if picture.caption else ""
    data = base64.b64encode(picture.data).decode()
    return Markup('<figure class="figur"><img src="data:{};base64,{}" alt="{}"{}>{}</figure>').format(
        picture.media, data, picture.alt, size, caption
    )


def _sheet(sheet: Sheet) -> Markup:
    """Columns of numbers stand as in other tables; where there is text in them the cells are read from the left."""
    figures = all(_NUMBER.fullmatch(cell) for row in sheet.rows for cell in row[1:])
    return Markup(
        '<div class="rulla{}" role="group" tabindex="0" aria-label="Tabell, kan rullas i sidled">{}</div>'
    ).format("" if figures else " grupper", html.table(sheet.caption, sheet.header, sheet.rows))


def _prose(prose: Prose, above: int) -> Markup:
    import nh3

    made = _renderer().render([_lowered(token, above) for token in prose.tokens], _options(), {})
    # the second wall: what is no plain mark of a text does not come through, whatever the first let past
    return Markup(
        nh3.clean(
            made,
            tags={*_TAGS, "a", "span"},
            attributes={"a": {"href"}, "ol": {"start"}},
            allowed_classes={"span": {"vem"}},
            url_schemes=set(SCHEMES),
            link_rel="noopener noreferrer external",
        ).strip()
    )


def _lowered(token: Token, above: int) -> Token:
    """A heading of level 1 comes next below the one above. Tokens are copied, since they may be shown twice."""
    if not token.type.startswith("heading_"):
        return token
    return token.copy(tag=f"h{min(above, 6 - DEEPEST) + int(token.tag[1])}")


def _options() -> Any:
    from varddialog.dialogue.supplement.markdown import markdown

    return markdown().options


@cache
def _renderer() -> RendererHTML:
    """Writes links with the words that say where they lead, and HTML as the text that it is."""
    from markdown_it.common.utils import escapeHtml
    from markdown_it.renderer import RendererHTML

    class Writer(RendererHTML):
        def link_close(self, tokens: Sequence[Token], idx: int, options: Any, env: MutableMapping[str, Any]) -> str:
            opened = next(t for t in reversed(tokens[:idx]) if t.type == "link_open")
            where = "e-post" if str(opened.attrs["href"]).lower().startswith("mailto:") else "annan webbplats"
            return f' <span class="vem">({where})</span></a>'

        def html_block(self, tokens: Sequence[Token], idx: int, options: Any, env: MutableMapping[str, Any]) -> str:
            return escapeHtml(tokens[idx].content)

        html_inline = html_block

    return Writer()
