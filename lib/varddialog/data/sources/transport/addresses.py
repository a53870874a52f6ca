"""Addresses below an API's base, and the links a source gives, which lead nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from varddialog.errors import Fault, SourceError

Params = Mapping[str, str | Sequence[str]]

# what a path may hold as it is; a percent sign is there already written out, as in a link that the source gave
_PATH = "/%:,;=@!$&'()*+~"
_QUERY = _PATH + "?"
_LONGEST_SHOWN = 100


@dataclass(frozen=True)
class Addresses:
    """The addresses of one API. base: where it is asked; public: where it lives, which is what its links may name."""

    base: str
    public: str

    @property
    def host(self) -> str:
        """Host and port."""
        return urlsplit(self.base).netloc

    def below(self, path: str, params: Params | None = None) -> str:
        """Path and query below the base, written out for the wire: `/kpi/N00945?page=2`."""
        path, mark, query = path.partition("?")
        asked = [quote(query, _QUERY)] if query else []
        if params:
            asked.append(urlencode(list(params.items()), doseq=True, quote_via=quote, safe="/:,@$'()*"))
        if path and not path.startswith("/"):
            path = f"/{path}"
        return quote(path, _PATH) + ("?" if asked or mark else "") + "&".join(asked)

    def whole(self, below: str) -> str:
        """The address of what `below` gave."""
        return self.base + below

    def shown(self, below: str) -> str:
        """Where something went wrong, for a person: host and path, neither secrets nor query."""
        path = unquote(urlsplit(self.base).path + below.partition("?")[0])
        shown = self.host + path
        return shown if len(shown) <= _LONGEST_SHOWN else shown[: _LONGEST_SHOWN - 1] + "…"

    def relative(self, url: str, at: str = "/") -> str:
        """A link as path and query below the base. at: what was asked when it was given, which it may be relative to.

        Raises SourceError when it leads to another host, or out of the API.
        """
        try:
            link = urlsplit(urljoin(self.whole(at), url.strip()))
            port = link.port
        except ValueError:
            raise self._elsewhere(at) from None
        for home in dict.fromkeys((self.base, self.public)):
            own = urlsplit(home)
            # http is taken as https; a server behind another one often leaves out its port
            right_port = port in (None, own.port, 80, 443) if own.port else port in (None, 80, 443)
            inside = f"{link.path}/".startswith(f"{own.path}/") and ".." not in unquote(link.path).split("/")
            if link.scheme in ("http", "https") and link.hostname == own.hostname and right_port and inside:
                return urlunsplit(("", "", link.path.removeprefix(own.path), link.query, ""))
        raise self._elsewhere(at)

    def _elsewhere(self, at: str) -> SourceError:
        return SourceError(
            Fault(
                f"Källan hänvisar till en adress utanför {self.host}, som inte följs.",
                where=self.shown(at),
                todo="Försök igen senare. Har källan flyttat behöver adressen ändras.",
            )
        )
