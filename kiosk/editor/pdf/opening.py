"""Opens a PDF that may be damaged, or made to do harm.

Its pages are read by pdfplumber (where words stand) and drawn by PDFium. Neither fetches anything.
pdfminer, which is below pdfplumber, unpacks whatever it is given: here it has a limit.
"""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from typing import Any

import pdfplumber
import pypdfium2
from pdfminer import pdftypes
from pdfplumber.pdf import PDF
from pypdfium2.raw import FPDF_ERR_PASSWORD

from kiosk.editor.found.opening import refused
from kiosk.errors import PageNotMade

MAX_PAGES = 100
MAX_STREAM = 50 * 1024 * 1024  # bytes that one part may have unpacked
MAX_UNPACKED = 300 * 1024 * 1024  # ... and all of them
AGAIN = "Find the Word file that it was made from, or open it and print it to a new PDF."

_unpacked: ContextVar[list[int]] = ContextVar("unpacked")
_quiet = logging.getLogger("pdfminer")
_quiet.setLevel(logging.ERROR)  # it tells programmers about odd files


class _TooMuch(Exception):
    """A part of the file unpacks to more than a page of words can have."""


class _LimitedZlib:
    """What pdfminer uses of `zlib`, with a limit."""

    error = zlib.error
    decompressobj = staticmethod(zlib.decompressobj)

    @staticmethod
    def decompress(data: bytes) -> bytes:
        """Unpack, or raise _TooMuch."""
        unpacker = zlib.decompressobj()
        done = unpacker.decompress(data, MAX_STREAM)
        total = _unpacked.get([0])
        total[0] += len(done)
        if unpacker.unconsumed_tail or total[0] > MAX_UNPACKED:
            raise _TooMuch
        if not unpacker.eof:
            raise zlib.error("incomplete")
        return done


pdftypes.zlib = _LimitedZlib  # type: ignore[assignment, attr-defined]


@contextmanager
def opened(name: str, data: bytes) -> Iterator[tuple[PDF, Any]]:
    """Give a PDF as pdfplumber and as PDFium know it. Raises PageNotMade, also from inside.

    Whatever either of them trips over inside means that the file is damaged.
    """
    _unpacked.set([0])
    try:
        drawn = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            problem = "This PDF has a password."
            raise refused(name, problem, "Save it without a password, and try again.") from None
        raise damaged(name) from None
    with closing(drawn):
        if len(drawn) > MAX_PAGES:
            problem = f"It has {len(drawn):,} sheets: {MAX_PAGES} is the most."
            raise refused(name, problem, "Print a part of it to a new PDF, and bring that.")
        try:
            with pdfplumber.open(io.BytesIO(data)) as pdf:
                yield pdf, drawn
        except PageNotMade:
            raise
        except MemoryError:
            raise _too_large(name) from None
        except Exception as error:  # both say "damaged" with whatever they trip over
            if _is_too_much(error):
                raise _too_large(name) from None
            raise damaged(name) from None


def damaged(name: str) -> PageNotMade:
    """Return the error for a PDF whose inside is not as it should be."""
    return refused(name, "I cannot read this PDF: it is damaged.", AGAIN)


def _too_large(name: str) -> PageNotMade:
    problem = f"It is too large inside: {MAX_UNPACKED // (1024 * 1024)} MB is the most."
    return refused(name, problem, "Print a part of it to a new PDF, and bring that.")


def _is_too_much(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, _TooMuch) or any(isinstance(one, _TooMuch) for one in error.args):
            return True
        error = error.__cause__ or error.__context__
    return False
