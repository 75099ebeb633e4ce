"""The tiny site is a good one, so a test that changes one thing fails for that thing."""

from __future__ import annotations

from pathlib import Path

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.feedback.survey.survey import load_surveys
from tests.tools.sites import tiny_site


def test_the_tiny_site_has_no_mistakes(tmp_path: Path) -> None:
    site = load_site(tiny_site(tmp_path))
    library = Library(site)
    surveys, problems = load_surveys(site, library.symbols)
    assert (library.problems, problems) == ((), ())
    assert {"people", "plan"} <= set(library.languages["en"].pages)
    assert list(surveys) == ["think"]


def test_a_change_to_the_tiny_site_is_its_only_mistake(tmp_path: Path) -> None:
    text = "---\ntitle: Nothing else\n---\n:bus: Hello.\n"
    site = load_site(tiny_site(tmp_path, {"content/en/about/plan.md": text}))
    assert {problem.path.name for problem in Library(site).problems} == {"plan.md"}
