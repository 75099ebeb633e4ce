"""`kiosk staff` and `kiosk studio`, as a person types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.staff.accounts import Accounts
from tests.tools.command import run
from tests.tools.sites import KIOSK_TOML, tiny_site


def test_a_member_is_added_gets_a_new_password_and_is_taken_away(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    where = ("--site", str(site))
    added = run("staff", "add", "Ali", "--role", "publish", *where, typed="three easy words\n")
    assert added.stdout == "Ali can sign in now: kiosk studio\n"
    accounts = Accounts(load_site(site))
    assert accounts.verify("Ali", "three easy words")
    changed = run("staff", "password", "ali", *where, typed="four quite easy words\n")
    assert changed.stdout == "Ali has a new password.\n"
    assert accounts.verify("Ali", "four quite easy words")
    assert run("staff", "remove", "Ali", *where).stdout == "Ali cannot sign in any more.\n"
    assert accounts.members == ()


def test_what_cannot_be_done_is_one_clear_line(tmp_path: Path) -> None:
    where = ("--site", str(tiny_site(tmp_path)))
    for arguments, typed, said in [
        (("add", "Ali"), "short\n", "10 letters or more"),
        (("password", "Bea"), "three easy words\n", 'no member of staff "Bea"'),
        (("remove", "Bea"), None, 'no member of staff "Bea"'),
    ]:
        refused = run("staff", *arguments, *where, typed=typed)
        assert refused.exit_code == 1
        assert said in refused.stderr
        assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("settings", "options", "said"),
    [
        ("", ("--host", "0.0.0.0"), "2 ways only"),  # noqa: S104 - it is refused
        ("", ("--host", "192.0.2.1"), "2 ways only"),
        ('address = "192.0.2.1"', (), "2 ways only"),
        ('certificate = "a.pem"', (), "give both"),
        ('certificate = "a.pem"\nkey = "b.pem"', (), "cannot be used: No such file"),
        ('proxy = "192.0.2.7"\naddress = "192.0.2.1"', (), "proxy needs name"),
    ],
)
def test_the_studio_does_not_start_where_passwords_could_be_read(
    tmp_path: Path, settings: str, options: tuple[str, ...], said: str
) -> None:
    site = tiny_site(tmp_path, {"kiosk.toml": f"{KIOSK_TOML}\n[studio]\n{settings}\n"})
    refused = run("studio", "--site", str(site), "--no-open", *options)
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert refused.stderr.count("\n") == 1
