"""The members of staff: what is kept of them, and who is told from whom."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from kiosk.config import Site, load_site
from kiosk.errors import StaffRefused
from kiosk.staff.accounts import Accounts
from kiosk.staff.tries import FREE, FREE_OF_A_NAME, LONGEST, Tries
from tests.tools.sites import tiny_site

PASSWORD = "three easy words"  # noqa: S105 - of a test


QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def accounts_of(site: Site) -> Accounts:
    return Accounts(site, QUICK)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return load_site(tiny_site(tmp_path))


def test_a_member_is_known_by_name_and_password_and_nothing_more_is_kept(site: Site) -> None:
    accounts = accounts_of(site)
    accounts.add("Ali  Khan", "publish", PASSWORD)
    assert accounts.verify("ali khan", PASSWORD) == accounts.find("Ali Khan")
    for name, password in [("Ali Khan", "three easy word"), ("Ali", PASSWORD), ("", "")]:
        assert accounts.verify(name, password) is None
    file = site.data / "staff" / "staff.yaml"
    text = file.read_text()
    assert PASSWORD not in text
    assert "$argon2id$" in text
    assert {line.split(":")[0].strip("- ") for line in text.splitlines()} == {
        "name",
        "role",
        "password",
    }
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_change_by_another_process_is_seen_at_once(site: Site) -> None:
    here, there = accounts_of(site), accounts_of(site)
    there.add("Bea", "write", PASSWORD)
    assert [one.name for one in here.members] == ["Bea"]
    there.set_password("BEA", "four quite easy words")
    assert here.verify("Bea", PASSWORD) is None
    assert here.verify("Bea", "four quite easy words") is not None
    there.remove("bea")
    assert here.members == ()


def test_all_who_are_added_at_once_are_kept(site: Site) -> None:
    names = [f"Member {number}" for number in range(4)]
    threads = [
        threading.Thread(target=accounts_of(site).add, args=(name, "write", PASSWORD))
        for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.name for one in accounts_of(site).members] == names


@pytest.mark.parametrize("name", ["", " ", "a\0b", "x" * 61, "<b>", "../x", "a: b"])
def test_a_name_that_could_confuse_is_refused(site: Site, name: str) -> None:
    with pytest.raises(StaffRefused):
        accounts_of(site).add(name, "write", PASSWORD)
    assert accounts_of(site).members == ()


def test_names_of_all_languages_are_names(site: Site) -> None:
    for name in ["Łukasz Żak", "محمد علی", "Zoë O'Neil-Smith Jr."]:
        accounts_of(site).add(name, "write", PASSWORD)
        assert accounts_of(site).find(name) is not None


def test_what_cannot_be_done_says_why(site: Site) -> None:
    accounts = accounts_of(site)
    with pytest.raises(StaffRefused, match="10 letters"):
        accounts.add("Ali", "write", "short")
    accounts.add("Ali", "write", PASSWORD)
    with pytest.raises(StaffRefused, match="already"):
        accounts.add("ALI", "publish", PASSWORD)
    with pytest.raises(StaffRefused, match=r'no member of staff "Bea"\. There is: Ali\.'):
        accounts.remove("Bea")


def test_a_broken_file_lets_nobody_in_and_is_not_written_over(site: Site) -> None:
    accounts = accounts_of(site)
    accounts.add("Ali", "publish", PASSWORD)
    file = site.data / "staff" / "staff.yaml"
    file.write_text("- name: Ali\n")
    os.utime(file, (1, 1))
    with pytest.raises(StaffRefused, match="cannot read"):
        accounts.verify("Ali", PASSWORD)
    with pytest.raises(StaffRefused, match="cannot read"):
        accounts.add("Bea", "write", PASSWORD)
    assert file.read_text() == "- name: Ali\n"


def test_after_five_wrong_tries_the_wait_grows_and_a_right_one_ends_it() -> None:
    now = [0.0]
    tries = Tries(lambda: now[0])
    waits = []
    for _ in range(FREE + 12):
        now[0] += tries.wait("Ali", "here")
        tries.wrong("ali ", "here")
        waits.append(tries.wait("ALI", "here"))
    assert waits[: FREE - 1] == [0] * (FREE - 1)
    assert waits[FREE - 1] > 0
    assert waits[FREE - 1 :] == sorted(waits[FREE - 1 :])
    assert waits[-1] == LONGEST + 1
    assert tries.wait("Ali", "elsewhere") == 0, "Nobody locks a name for its owner."
    assert tries.wait("Bea", "here") == 0
    tries.right("Ali", "here")
    assert tries.wait("Ali", "here") == 0


def test_many_addresses_do_not_help_a_guesser() -> None:
    tries = Tries(lambda: 0.0)
    for number in range(FREE_OF_A_NAME):
        tries.wrong("Ali", f"address {number}")
    assert tries.wait("Ali", "one more") > 0
