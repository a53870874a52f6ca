import pytest

from varddialog.data.sources.transport.rules import RULES, base_address, rule_of, variable
from varddialog.errors import UsageError
from varddialog.model.live import APIS


def test_every_api_that_params_may_name_has_a_rule() -> None:
    assert set(RULES) == set(APIS)
    assert all(rule.public.startswith("https://") and not rule.public.endswith("/") for rule in RULES.values())


def test_the_paces_that_sources_tell_are_kept() -> None:
    told = {"kolada": (5, 1), "scb": (30, 10), "scb2": (30, 10), "oecd": (60, 3600)}
    assert {api: (RULES[api].calls, RULES[api].window) for api in told} == told
    assert all(rule.calls / rule.window <= 10 for rule in RULES.values())


def test_the_public_address_is_asked_unless_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert base_address("kolada") == ("https://api.kolada.se/v3", None)
    monkeypatch.setenv("VARDDIALOG_KOLADA_URL", " ")
    assert base_address("kolada") == ("https://api.kolada.se/v3", None)
    monkeypatch.setenv("VARDDIALOG_KOLADA_URL", "http://spegel.region.se:8080/kolada/v3/")
    assert base_address("kolada") == ("http://spegel.region.se:8080/kolada/v3", None)


def test_a_login_in_an_address_is_kept_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARDDIALOG_WHO_URL", "https://anna:s%C3%A4kert%40@spegel.region.se/who")
    assert base_address("who") == ("https://spegel.region.se/who", ("anna", "säkert@"))


@pytest.mark.parametrize(
    "address",
    [
        "api.kolada.se/v3",
        "ftp://api.kolada.se/v3",
        "https://",
        "https:///v3",
        "https://api.kolada.se:port/v3",
        "https://api.kolada.se:0/v3",
        "https://[::1/v3",
        "https://anna:hemligt@api.kolada.se/v3?nyckel=1",
        "https://api.kolada.se/v3#x",
    ],
)
def test_an_address_that_cannot_be_asked_is_told_by_its_variable(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARDDIALOG_KOLADA_URL", address)
    with pytest.raises(UsageError) as raised:
        base_address("kolada")
    assert "VARDDIALOG_KOLADA_URL är ingen webbadress" in str(raised.value)
    assert "hemligt" not in str(raised.value)


def test_only_this_machine_is_asked_without_pace() -> None:
    assert rule_of("oecd", "http://127.0.0.1:8080/public").calls == 0
    assert rule_of("oecd", "http://localhost/public").calls == 0
    assert rule_of("oecd", "http://[::1]:80/public").calls == 0
    assert rule_of("oecd", "http://spegel.region.se/oecd") == RULES["oecd"]
    assert rule_of("oecd", "http://127.0.0.1.example.com") == RULES["oecd"]


def test_each_variable_is_named_after_its_api() -> None:
    assert variable("scb2") == "VARDDIALOG_SCB2_URL"
