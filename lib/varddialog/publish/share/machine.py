"""What a file could tell of the machine that made it: folders, user, host, and its clock."""

from __future__ import annotations

import getpass
import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from varddialog.config import Project

# folders that only a machine has; a way on a web server has a word before its first slash, and counts as none
_FOLDERS = re.compile(
    r"""(?<![\w.~\-])
    (?: /(?:home|Users|root|tmp|var/tmp|var/folders|workspaces?|mnt|media|opt)/[^\s<>"'|]+
      | /usr/(?:lib|local|bin|share)/[^\s<>"'|]+
      | [A-Za-z]:(?:\\{1,2}|/)(?:Users|Documents|Windows|Program|Temp)[^\s<>"'|]*
      | file:/+[^\s<>"'|]+ )""",
    re.VERBOSE,
)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MONTH = "|".join(_MONTHS)
# a day and a time of day, as programs write them; year, month and day are named, the time too
_TIMES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)[T _](?P<t>\d\d:\d\d(?::\d\d)?)",
        r"(?<!\d)(?P<y>\d{4}):(?P<m>\d\d):(?P<d>\d\d) (?P<t>\d\d:\d\d:\d\d)",
        r"(?<!\d)(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)[T_]?(?P<t>\d{6})(?!\d)",
        rf"(?P<b>{_MONTH})\w* +(?P<d>\d\d?) (?P<t>\d\d:\d\d:\d\d)(?: [A-Z]{{3,4}})? (?P<y>\d{{4}})",
        rf"(?<!\d)(?P<d>\d\d?) (?P<b>{_MONTH})\w* (?P<y>\d{{4}}) (?P<t>\d\d:\d\d(?::\d\d)?)",
    )
)
_SLACK = timedelta(hours=14)  # a stamp may be of any time zone


@dataclass(frozen=True)
class Machine:
    """paths: its folders. names: of user and host, but for words of the pack's texts (`gotland`), which betray nothing.

    ordinary: names that are words of the package's code too (`root`), and so mean the machine only in metadata.
    since, until: when the results were made (UTC).
    """

    paths: tuple[str, ...]
    names: tuple[str, ...]
    ordinary: frozenset[str]
    since: datetime
    until: datetime

    @classmethod
    def here(cls, project: Project, output: Path, oldest: float) -> Machine:
        """This machine. oldest: when the oldest of the results was written, in seconds since 1970."""
        folders = {
            Path.home(), Path.cwd(), Path(tempfile.gettempdir()), Path(sys.prefix), Path(sys.base_prefix),
            project.root, project.library, output,
        }  # fmt: skip
        folders |= {folder.resolve() for folder in folders}
        folders -= {Path("/"), Path("/usr"), Path("/usr/local")}
        names = {platform.node(), platform.node().partition(".")[0], *(os.environ.get(n, "") for n in _USER)}
        with suppress(OSError, KeyError):  # an account without a name
            names.add(getpass.getuser())
        known = {name for name in names if len(name) > 1}
        words = known - set(_words_of(known, project.params))
        since = min(datetime.fromtimestamp(oldest, UTC), datetime.now(UTC)) - _SLACK
        return cls(
            tuple(sorted(map(str, folders), key=len, reverse=True)),
            tuple(sorted(words)),
            frozenset(_words_of(words, project.library)),
            since,
            datetime.now(UTC) + _SLACK,
        )

    def found_in(self, text: str, by_program: bool) -> Iterator[tuple[str, str]]:
        """What of the machine a text holds: kind in Swedish, and the words found.

        by_program: the text is metadata, which no reader sees and which holds nothing but what programs write.
        """
        lower = text.lower()
        for _ in filter(lower.__contains__, self._forms):
            yield from (("sökväg", m[0]) for m in self._paths.finditer(text))
            break
        yield from (("sökväg", m[0]) for m in _FOLDERS.finditer(text))
        if any(name.lower() in lower for name in self.names):
            names = self._names if by_program else self._telling_names
            if names is not None:
                yield from (("användare eller dator", m[0]) for m in names.finditer(text))
        yield from (("klockslag", stamp) for stamp in self._stamps(text, by_program))

    @cached_property
    def _forms(self) -> list[str]:
        """The folders as they may be written: as they are, in an address, in a string of a program."""
        found = {form for path in self.paths for form in (path, quote(path), path.replace("\\", "\\\\"))}
        return sorted({form.lower() for form in found | {f.replace("\\", "/") for f in found}}, key=len, reverse=True)

    @cached_property
    def _paths(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w.~\-])(?:{'|'.join(map(re.escape, self._forms))})(?![\w\-])", re.IGNORECASE)

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        return _words(self.names)

    @cached_property
    def _telling_names(self) -> re.Pattern[str] | None:
        return _words([name for name in self.names if name not in self.ordinary], [f"{n}@" for n in self.ordinary])

    def _stamps(self, text: str, by_program: bool) -> Iterator[str]:
        if by_program or any(mark in text for mark in self._months):
            for pattern in _TIMES:
                for m in pattern.finditer(text):
                    if m["t"].strip("0:") and (by_program or self._is_near(m)):
                        yield m[0]
        # a whole number of ten digits may be kronor, where readers see it
        found = (m for m in self._seconds.finditer(text) if by_program or m[2])
        yield from (m[0] for m in found if self._is_within(int(m[1])))

    @cached_property
    def _months(self) -> list[str]:
        """The beginnings of every way to write a day of those in which the results were made."""
        day, found = self.since, set()
        while day <= self.until + timedelta(days=1):
            month = _MONTHS[day.month - 1]
            found |= {f"{day:%Y-%m-}", f"{day:%Y:%m:}", f"{day:%Y%m}", f"{month} ", f"{month}. "}
            day += timedelta(days=1)
        return sorted(found)

    def _is_near(self, m: re.Match[str]) -> bool:
        named = m.groupdict()
        month = _MONTHS.index(named["b"]) + 1 if named.get("b") else int(named["m"])
        clock = named["t"].replace(":", "")
        try:
            when = datetime(int(named["y"]), month, int(named["d"]), int(clock[:2]), int(clock[2:4]), tzinfo=UTC)
        except ValueError:
            return False
        return self.since <= when <= self.until

    @cached_property
    def _seconds(self) -> re.Pattern[str]:
        """Seconds since 1970, or thousandths of them, that begin as those of the time when the results were made."""
        ends = [f"{int(when.timestamp()):010d}" for when in (self.since, self.until)]
        begin = os.path.commonprefix(ends)  # noqa: RUF071  character by character is what is wanted
        return re.compile(rf"(?<![\w.,\-])({begin}\d{{{10 - len(begin)}}})(\.\d{{3,}}|\d{{3}})?(?!\w|[.,]\d)")

    def _is_within(self, seconds: int) -> bool:
        return self.since.timestamp() <= seconds <= self.until.timestamp()


_USER = ("USER", "LOGNAME", "USERNAME", "SUDO_USER", "HOSTNAME", "COMPUTERNAME")


def _words(names: Iterable[str], also: Iterable[str] = ()) -> re.Pattern[str] | None:
    ends = [rf"{re.escape(name)}(?![\w])" for name in names] + [re.escape(name) for name in also]
    return re.compile(rf"(?<!\w)(?:{'|'.join(ends)})", re.IGNORECASE) if ends else None


def _words_of(names: Iterable[str], folder: Path) -> Iterator[str]:
    """The names that stand as words in the texts of a folder."""
    left = {name: re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE) for name in names}
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".yml", ".md", ".py", ".j2", ".css", ".js", ".svg") and left:
            text = path.read_text(encoding="utf-8", errors="replace")
            for name in [name for name, word in left.items() if word.search(text)]:
                del left[name]
                yield name
