"""Which pages a kiosk shows: its own, or those of the release that it took last.

Releases stand in the data folder, each in a folder of its number, and `now` is a link to one:

```
releases/3/content, releases/3/assets, releases/3/manifest.json
releases/now -> 3
```

Whoever reads pages asks once where they are, and reads all of them there: a link that is switched
meanwhile mixes nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from kiosk.config import Site

FOLDER = "releases"
NOW = "now"
MANIFEST = "manifest.json"
"""It is written last: a folder without it is of a release that never became whole."""

_NUMBER = re.compile(r"[1-9]\d{0,8}")


def number_now(site: Site) -> int:
    """Return the number of the release that is shown; 0 for the site's own pages."""
    try:
        target = (site.data / FOLDER / NOW).readlink()
    except OSError:
        return 0
    return int(target.name) if _NUMBER.fullmatch(str(target)) else 0


def folder_of(site: Site, number: int) -> Path:
    """Return the folder of a release."""
    return site.data / FOLDER / str(number)


def kept(site: Site) -> list[int]:
    """Return the numbers of the releases that are whole here, the oldest first."""
    try:
        names = [one.name for one in (site.data / FOLDER).iterdir()]
    except OSError:
        return []
    numbers = [int(name) for name in names if _NUMBER.fullmatch(name)]
    return sorted(one for one in numbers if (folder_of(site, one) / MANIFEST).is_file())


def number_shown(site: Site) -> int:
    """Return the number of the release whose pages are shown; 0 when those are the site's own."""
    number = number_now(site)
    return number if number and (folder_of(site, number) / MANIFEST).is_file() else 0


def site_now(site: Site) -> Site:
    """Return the site with the pages that are to be shown now; its settings stay.

    site: with its own pages. A release that is not whole is not shown.
    """
    number = number_shown(site)
    return replace(site, root=folder_of(site, number).resolve()) if number else site
