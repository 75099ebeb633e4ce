"""A code that a phone reads, and the web address that it leads to, on the screen and on paper."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from urllib.parse import quote, urlencode

import segno

from kiosk.config import Site

BORDER = 4  # squares of the quiet border that readers need
DOCUMENTS = "documents"  # the folder of a web copy that the documents of its pages lie in
_KEPT = 4096  # codes: they are drawn anew only where an address changes


def address_of(site: Site, page: str, language: str) -> str:
    """Return the web address of a page, or "" for a site that has none (`[site] web_address`)."""
    at = site.settings.site.web_address
    return f"{at}?{urlencode({'page': page, 'lang': language})}" if at else ""


def document_path(name: str) -> str:
    """Return the address of a document that a page offers, as the first page of a copy sees it."""
    return f"{DOCUMENTS}/{quote(name)}"


def document_address(site: Site, name: str) -> str:
    """Return the web address of a document that a page offers; "" for a site that has none.

    It lies beside the pages: at the same address as the web copy has it.
    """
    at = site.settings.site.web_address
    if not at:
        return ""
    folder = re.sub(r"/[^/]+\.\w+$", "", at) if at.count("/") > 2 else at  # a file's own name
    return f"{folder.rstrip('/')}/{document_path(name)}"


def code_of(address: str) -> segno.QRCode:
    """Return the code of an address."""
    return segno.make_qr(address, error="m")


@lru_cache(_KEPT)
def code_svg(address: str) -> str:
    """Return the code of an address as SVG, for what has words of its own."""
    written = io.BytesIO()
    code_of(address).save(
        written, kind="svg", border=BORDER, xmldecl=False, svgclass=None, lineclass=None,
        light="white", omitsize=True,
    )  # fmt: skip
    return written.getvalue().decode()


def parts_of(address: str) -> list[str]:
    """Return an address in the parts between which a line may end: never at a hyphen."""
    return re.findall(r"https?://[^/]+/?|[?&]?[^/?&]+/?|.", address)


def written_by_hand(address: str) -> str:
    """Return an address as somebody types it: a browser adds the rest."""
    return address.partition("://")[2]
