"""The text of a page, from ideas."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from kiosk.editor.found.rich_text import RichText, on_a_page
from kiosk.located import NO_DAY, to_do

if TYPE_CHECKING:  # a new page is begun without what reads files
    from kiosk.editor.found.ideas import StoryIdea

LONGEST_TITLE = 200

# The picture of an idea that has none yet, and the page's own when the file has no picture.
NO_PICTURE = "question"
NO_PICTURE_WORDS = to_do("choose a picture")
PAGE_PICTURE = "paper"

SOURCE = to_do("say where the facts come from")


def front_matter(title: str, picture: str, order: int, review_by: date) -> str:
    """Return the first lines of a draft; what nobody knows yet says so."""
    facts = {
        "title": title,
        "symbol": picture,
        "order": order,
        "source": SOURCE,
        "facts_checked": NO_DAY,
        "status": "draft",
        "review_by": review_by,
    }
    lines = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=10_000)
    looked = to_do("the day when somebody looked at the facts")
    day = f"facts_checked: {NO_DAY}\n"
    lines = lines.replace(day, f"{day.rstrip()}  # {looked}\nchecked_by:\ncontact:\n")
    return f"---\n{lines}---\n"


def body(ideas: list[StoryIdea], names: dict[int, str], other_words: dict[int, str]) -> str:
    """Return the lines of a page.

    names: the picture's name by its number. other_words: by its number, what a picture shows here,
    when the site says something else about it.
    """
    parts: list[str] = []
    for idea in ideas:
        if idea.heading is not None:
            parts.append(f"# {on_a_page(RichText(idea.heading.text), begins_line=True)}")
        parts.append("\n".join(_idea(idea, names, other_words)))
    return "\n\n".join(parts) + "\n"


def _idea(idea: StoryIdea, names: dict[int, str], other_words: dict[int, str]) -> list[str]:
    if idea.picture is None:
        picture = f':{NO_PICTURE} = "{NO_PICTURE_WORDS}":'
    else:
        words = other_words.get(idea.picture, "")
        picture = f":{names[idea.picture]}" + (f' = "{words}":' if words else ":")
    first, *rest = [on_a_page(one, begins_line=True) for one in idea.sentences] or [""]
    lines = [f"{picture} {first}".rstrip(), *rest]
    for number, item in idea.items:
        begin = f"{number}." if number and len(number) < 3 else "-"
        lines.append(f"{begin} {on_a_page(item, begins_line=False)}")
    return lines


def page_title(words: RichText | None, file: Path) -> str:
    """Return the page's title: the file's own, or its name."""
    if words is not None:
        title = words.text
    else:
        title = " ".join(file.stem.replace("_", " ").replace("-", " ").split())
        title = title[:1].upper() + title[1:]
    if len(title) > LONGEST_TITLE:
        title = title[:LONGEST_TITLE].rpartition(" ")[0] or title[:LONGEST_TITLE]
    return title
