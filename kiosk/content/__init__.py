"""The pages of a site, from the files that staff write.

```
content/LANGUAGE/home.md              the page that a visit begins with
content/LANGUAGE/PART/PAGE.md     a page; its folder is a part of the site
content/LANGUAGE/PAGE.md            a page that only links lead to
content/LANGUAGE/PART/PAGE.voice/       a person's recording of a page: see kiosk/recorded
content/LANGUAGE/words.yaml           hard words, how to say words, official wording
content/symbols.yaml                    the word book of pictures
content/LANGUAGE/symbols.yaml         what the pictures show, in another language
content/events.yaml                     workshops and other meetings
content/you-said.yaml                   what became of what people said
content/.drafts/, content/.history/     the studio's: what waits to be published, and what once was
```

What was decided where the form leaves a choice:

- A line holds whole sentences. It is cut at sentence ends, and a sentence never goes on in the
  next line. A list item is one sentence. `1. Phone us.` is an item that keeps its number.
- A blank line between a sentence and its list does not part them. A sentence after a list needs
  its own picture.
- A page needs at least one idea; the home page may have none. An idea has exactly one picture.
- `source`, `facts_checked`, `status` and `review_by` must be there; `order` is 0 without one.
- Bold words that `explain:` has (capitals make no difference) are a mark "hard", others "bold".
  Italics are plain words.
- A link may lead to a page, to `home` or to a survey. A link to a page that is not shown is a
  problem; the page is served with plain words in its place. The same holds for a choice of the
  home page that leads nowhere: it is left out.
- A page whose only mistakes are pictures that nobody knows is served with their names in a box.
- The kiosk makes the pages `you-said` and `languages` itself: a page or survey of that name is a
  problem, and so is one named `interface`. Only the first page is named `home`.
- Of equal ids the first path in the alphabet is served; a survey goes before a page.
- A page that is gone from the disk is gone, with one exception: the last good home page stays
  until the program ends, and so do the pages of a folder that cannot be read now.
- In words.yaml and symbols.yaml a broken entry keeps its own last good version; a file that
  cannot be read at all keeps all of them.
- `download: FILE` names a PDF in `assets/`, which somebody else has written. While that is not good
  the page is shown without it. A translation names its own.
- `original` and `translation_checked_by` stand in translations only: in pages and surveys whose
  language is not the site's first one.
- A language of `kiosk.toml` without a good home page is not in `Library.languages`.
- A language borrows each page that it does not have from the first one. Such a page keeps its own
  language, and is read with that language's hard words.
"""

from kiosk.content.fingerprint import fingerprint
from kiosk.content.inline import PAGE_ID
from kiosk.content.library import Library, Snapshot
from kiosk.content.model import (
    HardWord,
    Heading,
    Home,
    HomeChoice,
    Idea,
    Language,
    Mark,
    Page,
    Sentence,
    Source,
)
from kiosk.content.sentences import sentence_spans
from kiosk.content.words import Words

__all__ = [
    "PAGE_ID",
    "HardWord",
    "Heading",
    "Home",
    "HomeChoice",
    "Idea",
    "Language",
    "Library",
    "Mark",
    "Page",
    "Sentence",
    "Snapshot",
    "Source",
    "Words",
    "fingerprint",
    "sentence_spans",
]
