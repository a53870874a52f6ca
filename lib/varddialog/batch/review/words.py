"""Two texts compared word by word, numbers told from words."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from varddialog.batch.review.difference import Difference, Kind

# words beside what differs, so that a person sees which one it is
_LEAD, _TAIL = 6, 4
# a number is one word, whatever space stands between its thousands
_WORD = re.compile(r"[^ \n\t]+")


def differing(before: str, after: str, where: str = "", about: str = "") -> list[Difference]:
    """What differs, in order; numbers with the words beside them. about: what the text is called."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    found = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        gone, come = " ".join(old[i:j]), " ".join(new[k:m])
        lead, tail = " ".join(old[max(0, i - _LEAD) : i]), " ".join(old[j : j + _TAIL])
        beside = " … ".join(part for part in (lead, tail) if part)
        told = ": ".join(part for part in (about, f"«{beside}»" if beside else "") if part)
        found.append(Difference(_kind(gone, come), where, told, gone, come))
    return found


def _kind(gone: str, come: str) -> Kind:
    return "tal" if re.search(r"\d", gone) and re.search(r"\d", come) else "text"
