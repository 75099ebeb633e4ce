from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import CentreRefused
from kiosk.fleet.code import fingerprint, hidden, new_code, read_code
from kiosk.fleet.member.way import way_to


@given(st.binary(min_size=1, max_size=200))
def test_a_code_is_read_as_it_was_made_however_it_is_typed(certificate: bytes) -> None:
    code = new_code(certificate)
    text = str(code)
    assert len(text) == 34
    assert code.fingerprint == fingerprint(certificate)
    assert read_code(text) == code
    assert read_code(text.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == code


@pytest.mark.parametrize(
    "text", ["", "7K4M", "-" * 34, "U" * 28, "7" * 29, "\0" * 28, "\uff17" * 28]
)
def test_whatever_else_is_typed_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(CentreRefused, match="kiosk centre enrol"):
        read_code(text)


def test_two_codes_have_two_secrets_and_what_is_kept_of_one_does_not_say_it() -> None:
    one, other = new_code(b"a"), new_code(b"a")
    assert one.secret != other.secret
    assert one.secret.encode() not in hidden(one.secret)


@pytest.mark.parametrize(
    ("address", "host", "port", "path"),
    [
        ("centre.example.org", "centre.example.org", 8600, ""),
        ("https://centre.example.org", "centre.example.org", 8600, ""),
        ("https://10.0.0.7:443/kiosks/", "10.0.0.7", 443, "/kiosks"),
        ("[::1]:9000", "::1", 9000, ""),
    ],
)
def test_an_address_is_understood_as_people_write_it(
    address: str, host: str, port: int, path: str
) -> None:
    way = way_to(address)
    assert (way.host, way.port, way.path) == (host, port, path)


@pytest.mark.parametrize("address", ["", "http://centre.example.org", "https://", "a:port", "?"])
def test_what_is_no_address_of_a_centre_is_refused(address: str) -> None:
    with pytest.raises(CentreRefused, match="not the address of a centre"):
        way_to(address)
