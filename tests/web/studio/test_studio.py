"""The studio in a real browser: a member of staff writes, and never loses a word."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from tests.tools.axe import axe
from tests.tools.server import KioskServer
from tests.tools.sites import tiny_site
from tests.tools.visit import LAPTOP, NARROW, PHONE, OpenVisit, Screen
from tests.tools.waiting import wait_until
from tests.web.studio.asking import PASSWORD
from tests.web.studio.staff import (
    DRAFT,
    SECONDS,
    SMALL,
    WIDE,
    StartStudio,
    file_of,
    opened,
    saved,
    sentence,
    sign_in,
)

MINE = "Things can get better. Mine. Typed while nobody listens."


def test_a_page_is_found_changed_mended_and_saved_and_all_can_be_reached(
    visit: OpenVisit, studio: StartStudio, tmp_path: Path
) -> None:
    server = studio()
    person = visit(LAPTOP)
    page = person.go(server.url)
    expect(page.get_by_label("Name", exact=True)).to_be_focused(timeout=SECONDS)
    assert axe(page) == []
    sign_in(page)
    page.get_by_label("Search").fill("support draft")
    expect(page.locator(".count")).to_have_text("1 page")
    assert axe(page) == []
    assert page.evaluate(SMALL) == []
    page.get_by_role("link", name=re.compile("Your plan")).press("Enter")
    field = page.get_by_label("Sentence 1, Idea 1")
    field.focus(timeout=SECONDS)
    page.keyboard.press("End")
    page.keyboard.type(" We utilise it.")
    mend = page.get_by_role("button", name="Write: use")
    mend.click(timeout=SECONDS)
    assert sentence(page).endswith(" We use it.")
    expect(mend).to_be_hidden(timeout=SECONDS)
    page.get_by_role("button", name="Down, Idea 1").press("Enter")
    assert axe(page) == []
    assert page.evaluate(SMALL) == []
    page.keyboard.press("Control+s")
    saved(page)
    *head, last = DRAFT.split(":memo: ")
    plan, rainbow = last.split("\n\n")
    wanted = f"{''.join(head)}{rainbow.rstrip()}\n\n:memo: {plan} We use it.\n"
    assert file_of(tmp_path).read_text().split() == wanted.split()
    assert person.errors == []
    assert person.requests_beyond(server.url) == []


@pytest.mark.drill
def test_words_of_two_people_and_of_a_studio_that_was_killed_are_all_kept(
    visit: OpenVisit, studio: StartStudio, tmp_path: Path
) -> None:
    server = studio()
    page = visit(LAPTOP).page
    opened(page, server)
    field = page.get_by_label("Sentence 1, Idea 2")
    field.focus()
    page.keyboard.press("End")
    page.keyboard.type(" Mine.")
    server.kill9()
    page.keyboard.type(" Typed while nobody listens.")
    file_of(tmp_path).write_text(DRAFT + "Theirs.\n", newline="\n")
    server.restart()
    page.reload()
    sign_in(page)
    both = page.get_by_role("dialog", name="There are words that are not saved")
    expect(both).to_contain_text("Mine. Typed while nobody listens.", timeout=SECONDS)
    expect(both).to_contain_text("Theirs.")
    assert axe(page) == []
    both.get_by_role("button", name="Go on with these words").click()
    expect(page.get_by_label("Sentence 1, Idea 2")).to_have_value(MINE, timeout=SECONDS)
    assert file_of(tmp_path).read_text() == DRAFT + "Theirs.\n"
    page.get_by_role("button", name="Save", exact=True).click()
    choice = page.get_by_role("dialog", name="Two people changed this page")
    expect(choice).to_contain_text("Theirs.", timeout=SECONDS)
    choice.get_by_role("button", name="Take what is saved").click()
    expect(page.get_by_label("Sentence 2, Idea 2")).to_have_value("Theirs.", timeout=SECONDS)
    page.get_by_label("Sentence 2, Idea 2").fill("Typed meanwhile.")
    page.get_by_role("button", name=re.compile("Bring back the words")).click()
    expect(page.get_by_label("Sentence 1, Idea 2")).to_have_value(MINE, timeout=SECONDS)
    page.get_by_role("button", name=re.compile("Bring back the words")).click()
    expect(page.get_by_label("Sentence 2, Idea 2")).to_have_value("Typed meanwhile.")


@pytest.mark.drill
def test_a_word_is_explained_and_a_picture_of_ones_own_is_added_where_one_writes(
    visit: OpenVisit, studio: StartStudio, tmp_path: Path
) -> None:
    server = studio()
    page = visit(LAPTOP).page
    opened(page, server, "Ali")
    field = page.get_by_label("Sentence 1, Idea 2")
    field.fill("The multidisciplinary group meets.")
    page.get_by_role("button", name="Explain “multidisciplinary”").click(timeout=SECONDS)
    dialog = page.get_by_role("dialog", name="What does the word mean?")
    means = dialog.get_by_label("What it means")
    means.fill("Multidisciplinary means people with many jobs.")
    assert axe(page) == []
    assert page.evaluate(SMALL) == []
    dialog.get_by_role("button", name="Save").click()
    wanted = "The **multidisciplinary** group meets."
    expect(field).to_have_value(wanted, timeout=SECONDS)
    words = (tmp_path / "site" / "content" / "en" / "words.yaml").read_text()
    assert "  multidisciplinary:\n    means: Multidisciplinary means people" in words
    page.get_by_role("button", name=re.compile("Change picture, Idea 2")).click()
    page.get_by_role("button", name="Add a picture of your own").click(timeout=SECONDS)
    dialog = page.get_by_role("dialog", name="Add a picture of your own")
    red = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    file = FilePayload(name="a.svg", mimeType="image/svg+xml", buffer=red.encode())
    dialog.get_by_label("The picture").set_input_files(file)
    for label in ("What does it show?", "Who made it?", "Why may we use it?"):
        dialog.get_by_label(label).fill("A group")
    assert axe(page) == []
    assert page.evaluate(SMALL) == []
    dialog.get_by_role("button", name="Add it").click()
    picture = page.get_by_role("button", name=re.compile("a-group-.*Idea 2"))
    expect(picture).to_be_visible(timeout=SECONDS)
    expect(picture.locator("img")).to_have_js_property("naturalWidth", 150)
    page.keyboard.press("Control+s")
    saved(page)
    assert re.search(":a-group-[0-9a-f]{8}: " + re.escape(wanted), file_of(tmp_path).read_text())


@pytest.mark.drill
def test_who_chooses_later_or_has_two_windows_loses_nothing_either(
    visit: OpenVisit, studio: StartStudio
) -> None:
    server = studio()
    page = visit(LAPTOP).page
    opened(page, server)
    page.get_by_label("Sentence 1, Idea 1").fill("In the first window.")
    other = page.context.new_page()
    other.goto(page.url)
    title = "There are words that are not saved"
    later = other.get_by_role("dialog", name=title)
    later.get_by_role("button", name="Close, and choose later").click(timeout=SECONDS)
    other.get_by_label("Sentence 1, Idea 1").fill("In the second window.")
    page.reload()
    dialog = page.get_by_role("dialog", name=title)
    expect(dialog).to_contain_text("In the second window.", timeout=SECONDS)
    dialog.get_by_role("button", name="Close, and choose later").click()
    back = page.get_by_role("button", name=re.compile("Bring back the words"))
    expect(back).to_have_count(2)
    back.last.click()
    expect(page.get_by_label("Sentence 1, Idea 1")).to_have_value("In the first window.")


@pytest.mark.drill
def test_every_letter_is_there_while_the_script_runs_again_and_the_caret_stays(
    visit: OpenVisit, studio: StartStudio, tmp_path: Path
) -> None:
    server = studio("tests.web.studio.again")
    page = visit(LAPTOP).page
    opened(page, server)
    field = page.get_by_label("Sentence 1, Idea 2")
    field.focus()
    page.keyboard.press("Home")
    chance = random.Random(18)  # noqa: S311 - no secret
    words = "".join(chance.choice("abcdefghij klmnop, qrst.") for _ in range(2000)).strip()
    words = " ".join(words.split())
    for letter in words:
        page.keyboard.type(letter)
        page.wait_for_timeout(10 + 190 * chance.betavariate(1, 4))  # quick, with pauses
    assert sentence(page, 1, 2) == words + "Things can get better."
    assert field.evaluate("one => [one.selectionStart, document.activeElement === one]") == [
        len(words),
        True,
    ]
    page.keyboard.press("Control+s")
    saved(page)
    assert words in file_of(tmp_path).read_text()


@pytest.mark.drill
def test_two_people_see_each_other_and_a_person_chooses(
    visit: OpenVisit, studio: StartStudio, tmp_path: Path
) -> None:
    server = studio()
    bea, ali = visit(LAPTOP).page, visit(LAPTOP).page
    opened(bea, server)
    opened(ali, server, "Ali")
    expect(bea.locator(".others")).to_contain_text("Ali has this page open", timeout=10_000)
    expect(ali.locator(".others")).to_contain_text("Bea has this page open", timeout=10_000)
    for page, words in ((ali, " Of Ali."), (bea, " Of Bea.")):
        page.get_by_label("Sentence 1, Idea 1").press("End")
        page.keyboard.type(words)
    ali.get_by_role("button", name="Save", exact=True).click()
    saved(ali)
    expect(bea.locator(".others")).to_contain_text("Somebody else has changed", timeout=10_000)
    bea.get_by_role("button", name="Save", exact=True).click()
    choice = bea.get_by_role("dialog", name="Two people changed this page")
    expect(choice).to_contain_text("Of Ali.", timeout=SECONDS)
    expect(choice).to_contain_text("Of Bea.")
    assert "Of Ali." in file_of(tmp_path).read_text()
    choice.get_by_role("button", name="Go on with these words").click()
    saved(bea)
    assert "Of Bea." in file_of(tmp_path).read_text()


@pytest.mark.drill
def test_who_is_signed_out_signs_in_and_goes_on_with_the_same_words(
    visit: OpenVisit, studio: StartStudio, tmp_path: Path
) -> None:
    server = studio()
    page = visit(LAPTOP).page
    opened(page, server)
    page.get_by_label("Sentence 1, Idea 1").press("End")
    page.keyboard.type(" Before.")
    page.context.clear_cookies()
    page.keyboard.type(" After.")
    page.keyboard.press("Control+s")
    sign_in(page)
    saved(page)
    assert "Before. After." in file_of(tmp_path).read_text()


@pytest.mark.drill
@pytest.mark.parametrize("screen", [PHONE, NARROW], ids=["phone", "400% zoom"])
def test_small_screens_and_much_zoom_show_all(
    visit: OpenVisit, studio: StartStudio, screen: Screen
) -> None:
    server = studio()
    page = visit(screen).page
    opened(page, server)
    assert page.evaluate(WIDE) <= 0
    assert axe(page) == []
    assert page.evaluate(SMALL) == []
    page.get_by_role("link", name="All pages").click()
    expect(page.get_by_role("heading", name="Pages", exact=True)).to_be_visible(timeout=SECONDS)
    assert page.evaluate(WIDE) <= 0
    assert axe(page) == []


@pytest.mark.drill
def test_words_are_split_pasted_taken_away_and_brought_back_by_keys(
    visit: OpenVisit, studio: StartStudio, tmp_path: Path
) -> None:
    server = studio()
    page = visit(LAPTOP).page
    opened(page, server)
    page.get_by_label("Sentence 1, Idea 1").press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("A new sentence.")
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/plain", "One.\\r\\nTwo.\\r\\n\\r\\nThree.");
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.get_by_label("Sentence 4, Idea 1")).to_have_value("Three.")
    page.get_by_role("button", name="Delete, Idea 2").last.press("Enter")
    page.get_by_role("button", name="Undo").press("Enter")
    page.get_by_role("button", name="Plain text").press("Enter")
    plain = page.get_by_label("The whole page as text")
    expect(plain).to_have_value(re.compile("A new sentence.One.\nTwo.\nThree."), timeout=SECONDS)
    page.get_by_role("button", name="Cards").press("Enter")
    expect(page.get_by_label("Sentence 4, Idea 1")).to_have_value("Three.", timeout=SECONDS)
    page.keyboard.press("Control+s")
    saved(page)
    assert "A new sentence.One.\nTwo.\nThree.\n" in file_of(tmp_path).read_text()


@pytest.mark.drill
def test_the_first_member_is_made_by_the_link_that_is_printed(
    visit: OpenVisit, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "kiosk", "studio"]
    server = KioskServer(tiny_site(tmp_path), tmp_path / "data", command=command)
    wait_until(lambda: "#first=" in server.stdout_text(), 10, "the link")
    link = server.stdout_text().split()[-1]
    page = visit(LAPTOP).go(link)
    page.get_by_label("Name", exact=True).fill("Ali", timeout=SECONDS)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Pages", exact=True)).to_be_visible(timeout=SECONDS)
    page.get_by_role("button", name="New page").click()
    page.get_by_label("Title", exact=True).fill("Our bus")
    page.get_by_role("button", name="Make the page").click()
    expect(page.get_by_role("heading", name="Our bus")).to_be_visible(timeout=SECONDS)
    assert (tmp_path / "site/content/en/about/our-bus.md").exists()
    server.close()
