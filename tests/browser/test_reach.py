"""Every kind of page is reached by everyone: all rules of axe after script too, the keyboard alone, zoom, no script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.kinds import DIALOGUE, KINDS, show
from tests.browser.rules import BEYOND, EVERY, violations


def _compare(page: Page) -> None:
    page.get_by_label("Skåne", exact=True).check()
    page.get_by_label("Gotland", exact=True).check()
    page.select_option("#val-klass", "s")


def _search(page: Page) -> None:
    page.fill("#sok", "stroke")
    page.select_option("#sok-region", "12")


# a page as it is after its script has worked: the kind, and what is done there
ACTED: dict[str, tuple[str, Callable[[Page], None]]] = {
    "landet, sökt": ("landet", _search),
    "alla mått, sökt": ("alla-matt", _search),
    "inga träffar": ("landet", lambda page: page.fill("#sok", "xyzzy")),
    "jämfört": ("jamfor", _compare),
}
STATES: dict[str, tuple[str, Callable[[Page], None]]] = {kind: (kind, lambda page: None) for kind in KINDS} | ACTED


# the older rules are tried on most other pages, as they open, in test_pages and test_tool
NOT_ELSEWHERE = ("kortrapport", *DIALOGUE, *ACTED)


@pytest.fixture(params=STATES)
def state(request: pytest.FixtureRequest, page: Page, site: Path) -> Page:
    """Each page as it opens, and those with a script after it has worked, with the first parts unfolded."""
    kind, act = STATES[str(request.param)]
    show(page, site, kind)
    act(page)
    page.evaluate("[...document.querySelectorAll('details')].slice(0, 3).forEach(d => d.open = true)")
    return page


def test_no_rule_or_advice_is_broken(state: Page, request: pytest.FixtureRequest) -> None:
    here = request.node.callspec.params["state"]
    assert violations(state, EVERY if here in NOT_ELSEWHERE else BEYOND) == []


# what a key can reach: visible links, fields and folded parts, and what is given a place of its own
CONTROLS = """
    () => [...document.querySelectorAll("a[href], summary, input, select, button, textarea, [tabindex='0']")]
        .filter(e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !e.disabled)
        .filter(e => !e.closest("details:not([open])") || e.matches("details > summary"))
"""
# what has the focus: its place among the controls, whether it is seen and marked, and nothing lies before it
FOCUSED = """
    () => {
        const e = document.activeElement, at = (window.controls ??= (CONTROLS)()).indexOf(e);
        if (e === document.body) return null;
        const style = getComputedStyle(e), box = e.getBoundingClientRect();
        const line = e.getClientRects()[0] ?? box;  // others may stand after the last line of a broken link
        const x = Math.min(Math.max(line.left + line.width / 2, 1), innerWidth - 1);
        const y = Math.min(Math.max(line.top + Math.min(line.height, innerHeight) / 2, 1), innerHeight - 1);
        const there = document.elementFromPoint(x, y), drawing = there?.ownerSVGElement ?? there;
        return {
            at, what: `${e.tagName} ${e.className.baseVal ?? e.className} ${e.textContent.slice(0, 40)}`,
            marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
            seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
            free: !!there && (e.contains(there) || there.contains(e) || e.ownerSVGElement === drawing),
        };
    }
""".replace("CONTROLS", CONTROLS)
LONGEST = 80  # tab stops that are walked; the first and the last of a longer page


@pytest.mark.parametrize("name", STATES)
def test_the_keyboard_reaches_every_control_and_leaves_again(page: Page, site: Path, name: str) -> None:
    kind, act = STATES[name]
    show(page, site, kind)
    act(page)
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0); getSelection().removeAllRanges()")
    count = page.evaluate(f"(({CONTROLS})()).length")
    page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
    walked = [_walk(page, "Tab", min(count + 40, LONGEST))]
    if count > LONGEST:
        page.evaluate("document.activeElement.blur()")
        show(page, site, kind)
        walked.append(_walk(page, "Shift+Tab", LONGEST))
    for steps in walked:
        assert [s["what"] for s in steps if not s["marked"]] == [], "focus that is not seen"
        assert [s["what"] for s in steps if not s["seen"]] == [], "focus outside the screen"
        assert [s["what"] for s in steps if not s["free"]] == [], "focus behind something"
    forward = [s["at"] for s in walked[0] if s["at"] >= 0]
    assert forward == sorted(forward), "the order of the page"
    if count <= LONGEST:
        assert set(forward) == set(range(count)), "a control that no key reaches"
        assert len(walked[0]) <= count + 40
    else:
        assert len(set(forward)) > LONGEST / 2


def _walk(page: Page, key: str, most: int) -> list[dict[str, object]]:
    """What has the focus after each press, until the page is left, or `most` presses."""
    steps = []
    for _ in range(most):
        page.keyboard.press(key)
        found = page.evaluate(FOCUSED)
        if found is None:
            break
        steps.append(found)
    return steps


@pytest.mark.parametrize(("width", "height"), [(320, 640), (640, 450)], ids=["320 px", "200 %"])
def test_nothing_is_cut_when_the_page_is_narrow_or_enlarged(state: Page, width: int, height: int) -> None:
    """640 px are 1280 at 200 %. What scrolls by itself, as tables and drawings may, is left out."""
    state.set_viewport_size({"width": width, "height": height})
    assert state.evaluate("document.scrollingElement.scrollWidth") <= width
    cut = state.evaluate(
        f"""[...document.querySelectorAll("body *:not(svg *)")]
            .filter(e => e.getClientRects().length && !e.closest(".dold, .ord, .hopp"))
            .filter(e => {{
                for (let p = e.parentElement; p; p = p.parentElement)
                    if (/auto|scroll/.test(getComputedStyle(p).overflowX)) return false;
                const box = e.getBoundingClientRect(), hides = /hidden|clip/.test(getComputedStyle(e).overflow);
                return box.right > {width} + 1 || box.left < -1 || hides && e.scrollWidth > e.clientWidth + 1;
            }}).map(e => `${{e.tagName}}.${{e.className}}: ${{e.textContent.slice(0, 60)}}`)"""
    )
    assert cut == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_moves_for_those_who_want_no_motion(page: Page, site: Path, kind: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    show(page, site, kind)
    assert (
        page.evaluate(
            """[...document.querySelectorAll("*")].filter(e => {
            const s = getComputedStyle(e);
            return parseFloat(s.transitionDuration) > 0 || s.animationName !== "none" || s.scrollBehavior === "smooth";
        }).length"""
        )
        == 0
    )


TEXT = """
    [...document.querySelectorAll("main > *:not(.sokruta), main section")]
        .filter(e => !e.closest(".sokruta")).map(e => e.innerText).join("\\n").replace(/\\s+/g, " ")
"""


@pytest.mark.parametrize("kind", KINDS)
def test_without_script_everything_is_read(page: Page, browser: Browser, site: Path, kind: str) -> None:
    show(page, site, kind)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800}, locale="sv-SE")
    without = context.new_page()
    without.goto(page.url)
    assert without.evaluate(TEXT) == page.evaluate(TEXT)
    assert not without.locator(".sokruta").first.is_visible() if without.locator(".sokruta").count() else True
    context.close()
