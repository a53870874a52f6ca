import pytest

from varddialog.data.sources.transport.addresses import Addresses
from varddialog.errors import SourceError

MIRROR = Addresses("http://spegel.region.se:8443/kolada/v3", "https://api.kolada.se/v3")
KOLADA = Addresses("https://api.kolada.se/v3", "https://api.kolada.se/v3")


@pytest.mark.parametrize(
    "link",
    [
        "https://api.kolada.se/v3/data/kpi/N1?page=2&per_page=5",
        "http://api.kolada.se/v3/data/kpi/N1?page=2&per_page=5",
        "http://api.kolada.se:80/v3/data/kpi/N1?page=2&per_page=5",
        "https://API.kolada.se:443/v3/data/kpi/N1?page=2&per_page=5#top",
        "//api.kolada.se/v3/data/kpi/N1?page=2&per_page=5",
        "/v3/data/kpi/N1?page=2&per_page=5",
        "data/kpi/N1?page=2&per_page=5",
        " https://api.kolada.se/v3/data/kpi/N1?page=2&per_page=5 ",
    ],
)
def test_a_link_of_the_source_is_taken_below_the_base(link: str) -> None:
    assert KOLADA.relative(link) == "/data/kpi/N1?page=2&per_page=5"


@pytest.mark.parametrize(
    "link",
    [
        "http://spegel.region.se:8443/kolada/v3/kpi?page=2",
        "https://spegel.region.se:8443/kolada/v3/kpi?page=2",
        "http://spegel.region.se/kolada/v3/kpi?page=2",
        "https://api.kolada.se/v3/kpi?page=2",  # a mirror that passes the source's own links on
    ],
)
def test_a_link_is_taken_to_the_mirror_that_is_asked(link: str) -> None:
    assert MIRROR.whole(MIRROR.below(MIRROR.relative(link))) == "http://spegel.region.se:8443/kolada/v3/kpi?page=2"


@pytest.mark.parametrize("addresses", [KOLADA, MIRROR])
@pytest.mark.parametrize(
    "link",
    [
        "https://example.com/v3/kpi",
        "https://api.kolada.se.example.com/v3/kpi",
        "https://api.kolada.se@example.com/v3/kpi",
        "https://api.kolada.se:8080/v3/kpi",
        "https://api.kolada.se/v2/kpi",
        "https://api.kolada.se/v3x/kpi",
        "https://api.kolada.se/v3/../admin",
        "http://spegel.region.se:9999/kolada/v3/kpi",
        "ftp://api.kolada.se/v3/kpi",
        "file:///etc/passwd",
        "https://[::1/v3/kpi",
        "https://api.kolada.se:port/v3/kpi",
    ],
)
def test_a_link_to_anywhere_else_is_refused(addresses: Addresses, link: str) -> None:
    with pytest.raises(SourceError, match="hänvisar till en adress utanför"):
        addresses.relative(link)


def test_a_link_may_be_relative_to_what_was_asked() -> None:
    assert KOLADA.relative("?page=2", "/data/kpi/N1?page=1") == "/data/kpi/N1?page=2"
    assert KOLADA.relative("N2", "/data/kpi/N1") == "/data/kpi/N2"


def test_an_address_is_shown_without_its_query_and_with_its_letters() -> None:
    assert KOLADA.shown("/data/k%C3%B6n?nyckel=hemlig") == "api.kolada.se/v3/data/kön"
