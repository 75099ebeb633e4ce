"""Who changed a page is known as long as the file stays as that person left it."""

from __future__ import annotations

from pathlib import Path

from argon2 import PasswordHasher

from kiosk.config import load_site
from kiosk.files import stamp_of
from kiosk.staff.accounts import Accounts
from kiosk.staff.changed import Changed
from tests.tools.sites import tiny_site

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def test_a_name_is_kept_until_the_file_changes_or_the_person_goes(tmp_path: Path) -> None:
    site = load_site(tiny_site(tmp_path))
    plan, people = (site.content / "en/about" / one for one in ("plan.md", "people.md"))
    accounts = Accounts(site, QUICK)
    accounts.add("Ali", "publish", "three easy words")

    def by(page: Path) -> str:
        stamp = stamp_of(page)
        assert stamp is not None
        return Changed(site).by(page, stamp)

    changed = Changed(site)
    changed.note("Ali", plan)
    changed.note("Bea", people, site.content / "not-there.md")
    kept = site.data / "staff/changed.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert (by(plan), by(people)) == ("Ali", "Bea")
    people.write_text(people.read_text() + "More.\n")
    assert by(people) == "", "Somebody changed it outside the studio."
    accounts.remove("Ali")
    assert by(plan) == ""
    assert "Ali" not in kept.read_text()
    kept.write_text("[damaged")
    assert by(plan) == ""
    changed.note("Cem", plan)
    people.unlink()
    changed.note("Cem", plan)
    assert by(plan) == "Cem"
    assert "people" not in kept.read_text()
