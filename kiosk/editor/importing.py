"""`import_file`: a page from a file, from the first look to the last picture.

A Word file, a PDF, or what was copied from another program: each has its reader, and all else is
the same for them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.config import Site
from kiosk.content.body import MAX_IDEAS
from kiosk.content.page import read_source
from kiosk.counted import counted
from kiosk.editor.actions.action import alone
from kiosk.editor.found.blocks import Found, with_pictures
from kiosk.editor.found.bullets import with_bullets
from kiosk.editor.found.headings import with_headings
from kiosk.editor.found.ideas import NO_WORDS, Story, tell, tell_bare
from kiosk.editor.found.notes import LeftOut
from kiosk.editor.found.opening import read_file, refused
from kiosk.editor.found.page import (
    NO_PICTURE,
    PAGE_PICTURE,
    body,
    front_matter,
    page_title,
)
from kiosk.editor.found.pictures import Artist, Drawn, NotDrawn, words_of
from kiosk.editor.found.rich_text import RichText
from kiosk.editor.found.shelf import Shelf
from kiosk.editor.place import NewPlace, find_place, nearest_part, page_name
from kiosk.editor.save import Files
from kiosk.editor.template import REVIEW_AFTER
from kiosk.errors import PageNotMade
from kiosk.located import MAX_BYTES, to_do
from kiosk.symbols import SymbolBook

WANTED = "a Word file (.docx) or a PDF file (.pdf)"
SMALLER = "Make its pictures smaller (in Word: Compress Pictures), or make 2 files of it."


@dataclass(frozen=True, slots=True)
class Imported:
    """What was made from a file.

    path: the page, relative to the site's folder. ideas, pictures: how many it shows. left_out:
    what could not be carried over. next_steps: what a person does now, one sentence or two each.
    without_picture, without_words: how many ideas have none yet. new_pictures: how many the site
    did not have before.
    """

    path: Path
    title: str
    ideas: int
    pictures: int
    left_out: tuple[LeftOut, ...]
    next_steps: tuple[str, ...]
    without_picture: int
    without_words: int
    new_pictures: int

    def summary(self) -> str:
        """Return what staff read at the end."""
        lines = [
            f"I made the page {self.path}.",
            f'"{self.title}": {counted(self.ideas, "idea")}, '
            f"{counted(self.pictures, 'picture')}. It is a draft: visitors do not see it.",
        ]
        if self.left_out:
            lines += [
                "",
                "This is not on the page as it was in your file:",
                *(f"- {one}" for one in self.left_out),
            ]
        steps = (f"{at}. {one}" for at, one in enumerate(self.next_steps, 1))
        return "\n".join([*lines, "", "What to do next:", *steps])


def import_file(
    site: Site,
    file: Path,
    *,
    pasted: bool = False,
    part: str | None = None,
    name: str | None = None,
    language: str | None = None,
    named: Callable[[str], str] | None = None,
    before_saving: Callable[[], object] = lambda: None,
) -> Imported:
    """Make a draft page from a file, and save its pictures with the site's own.

    pasted: it holds HTML, as another program puts it on the clipboard; else it is a Word file or a
    PDF. part: a folder of pages, old or new; None for a page that only links lead to. name: the
    page's name, or else made from the file's. language: one of the site's; the first without.
    named: gives the page's name by its title, where `name` says none. before_saving: is called when
    all is read and nothing is written yet; what it raises ends the work.
    Raises PageNotMade for a file that cannot be used, and for a place that is taken. Then nothing
    was written. Nothing that was there before is changed but `pictures.yaml`, which grows.
    """
    language = language or site.settings.site.languages[0]
    place = None
    if name or named is None:  # a place that is taken is told before a long look at the file
        place = _place(site, file, part, name, language)
    found = _read(file, pasted=pasted, language=language)
    drawn, not_drawn = _draw(found)
    blocks = with_bullets(with_headings(with_pictures(found.blocks, drawn.keys())))
    story = tell(blocks)
    if not story.ideas:
        story = tell_bare(blocks)
    if not story.ideas:
        raise refused(
            file.name,
            "I found no words and no pictures in it for a page.",
            "Open it and look: did you save it after you wrote it?",
        )
    if len(story.ideas) > MAX_IDEAS:
        raise refused(
            file.name,
            f"It has {len(story.ideas):,} ideas: {MAX_IDEAS} is the most for a page.",
            "Make 2 files of it.",
        )
    shelf = Shelf(site)
    alts = {number: words_of(found.pictures[number].alt) for number in drawn}
    names = {number: shelf.name(picture, alts[number]) for number, picture in drawn.items()}
    title = page_title(story.title, file)
    if place is None:
        place = _place(site, file, part, named(title) if named is not None else name, language)
    today = site.today()
    ahead = next((idea.picture for idea in story.ideas if idea.picture is not None), None)
    ahead = ahead if story.title_picture is None else story.title_picture
    text = front_matter(
        title, PAGE_PICTURE if ahead is None else names[ahead], place.order, today + REVIEW_AFTER
    )
    text += body(story.ideas, names, _other_words(alts, names, shelf))
    if len(text.encode()) > MAX_BYTES:
        raise refused(
            file.name,
            f"It has too many words: {MAX_BYTES // 1024} KB is the most for a page.",
            "Make 2 files of it.",
        )
    steps = _next_steps(site, place, text, story, shelf)
    before_saving()
    _save(site, place, text, shelf)
    kept = [
        LeftOut(unused.place, f'{unused.what}. I kept it: its name is "{names[unused.picture]}"')
        for unused in story.unused
    ]
    return Imported(
        path=site.shown(place.path),
        title=title,
        ideas=len(story.ideas),
        pictures=len({names[idea.picture] for idea in story.ideas if idea.picture is not None}),
        left_out=_in_order([*found.left_out, *not_drawn, *story.left_out, *kept], found),
        next_steps=tuple(steps),
        without_picture=_without_picture(story),
        without_words=_without_words(story),
        new_pictures=_new_pictures(shelf),
    )


def _place(
    site: Site, file: Path, part: str | None, name: str | None, language: str | None
) -> NewPlace:
    name = name or page_name(file.stem)
    if not name:
        raise refused(file.name, "I cannot make a page's name from this.", "Use --name.")
    return find_place(site, name, part=part, language=language)


def _read(file: Path, *, pasted: bool, language: str) -> Found:
    """Let the right reader read a file. Each is loaded only when it is needed."""
    data = read_file(file, wanted=WANTED, smaller=SMALLER)
    if pasted:
        from kiosk.editor.pasted.reader import read_pasted

        return read_pasted(file, data)
    if is_pdf(data):
        from kiosk.editor.pdf.reader import read_pdf

        return read_pdf(file.name, data, language)
    from kiosk.editor.word.reader import read_word

    return read_word(file.name, data)


def is_pdf(data: bytes) -> bool:
    """Tell whether a file says that it is a PDF; some have a few odd bytes before it."""
    return b"%PDF-" in data[:1024] and not data.startswith((b"PK", b"\xd0\xcf"))


def _draw(found: Found) -> tuple[dict[int, Drawn], list[LeftOut]]:
    """Return the pictures that can be shown, by number, and those that cannot."""
    artist = Artist(found.name, found.read_picture)
    drawn: dict[int, Drawn] = {}
    left_out: list[LeftOut] = []
    for number, picture in enumerate(found.pictures):
        try:
            drawn[number] = artist.draw(picture)
        except NotDrawn as error:
            left_out.append(LeftOut(picture.place, str(error)))
    return drawn, left_out


def _other_words(alts: dict[int, str], names: dict[int, str], shelf: Shelf) -> dict[int, str]:
    """Return the words of pictures about which the site says something else already."""
    return {
        number: said
        for number, alt in alts.items()
        if (said := _between_quotes(alt)) and said != _between_quotes(shelf.words[names[number]])
    }


def _between_quotes(words: str) -> str:
    for sign in '"“”':
        words = words.replace(sign, "'")
    return words[:300]


def _save(site: Site, place: NewPlace, text: str, shelf: Shelf) -> None:
    """Write pictures, what is said about them, and the page; then read the page as the kiosk does.

    Should it not load, that is a mistake of ours: nothing is left, and the person is told.
    """
    with alone(site), Files(site) as files:
        for path, data in shelf.new.items():
            files.create(path, data)
        if shelf.added:
            files.grow(shelf.file, shelf.appendix())
        files.create(place.path, text.encode())
        made = read_source(
            text,
            page_id=place.id,
            language=place.language,
            part=place.part,
            shown=site.shown(place.path),
            symbols=SymbolBook(site),
        )
        if made.page is None:
            told = "\n".join(map(str, made.problems))
            raise PageNotMade(f"I made a page that does not load. I saved nothing.\n{told}")


def _next_steps(site: Site, place: NewPlace, text: str, story: Story, shelf: Shelf) -> list[str]:
    path = site.shown(place.path)
    lines = [line.partition(":")[0] for line in text.split("\n")]
    steps = [
        f'{path}:{lines.index("source") + 1}: "source": say where the facts come from.',
        f'{path}:{lines.index("facts_checked") + 1}: "facts_checked": the day when somebody '
        "looked at the facts.",
    ]
    without = _without_picture(story)
    if without:
        steps.append(
            f"{counted(without, 'idea has', 'ideas have')} no picture: "
            f"look for :{NO_PICTURE} in the file, and write the name of a picture there."
        )
    wordless = _without_words(story)
    if wordless:
        steps.append(
            f"{counted(wordless, 'idea has', 'ideas have')} no words: "
            f'look for "{to_do(NO_WORDS)}" in the file, and write them there.'
        )
    new = _new_pictures(shelf)
    if new:
        steps.append(
            f"{site.shown(shelf.file)}: say who made {counted(new, 'new picture')}, "
            "and why we may use it."
        )
    if place.part is None:
        steps.append(
            "The page is in no part of the site: only a link leads to it. "
            "Move the file into a folder, or use --part."
        )
    elif not place.path.parent.exists():
        near = nearest_part(site, place)
        meant = f' Did you mean "{near}"?' if near else ""
        steps.append(f'The part "{place.part}" is new: nothing leads to it yet.{meant}')
    steps.append(f"See what is hard to read: kiosk check {path}")
    steps.append('Read the page once more. Then write "status: ready" in it.')
    return steps


def _without_picture(story: Story) -> int:
    return sum(idea.picture is None for idea in story.ideas)


def _without_words(story: Story) -> int:
    return sum(idea.sentences == [RichText(to_do(NO_WORDS))] for idea in story.ideas)


def _new_pictures(shelf: Shelf) -> int:
    return shelf.added.count("\n  creator:")


def _in_order(left_out: list[LeftOut], found: Found) -> tuple[LeftOut, ...]:
    """Sort by the order of the places in the file; the edges of the sheet come last."""
    places = {place: at for at, place in reversed(list(enumerate(found.places)))}
    return tuple(sorted(left_out, key=lambda one: places.get(one.place, len(places))))
