"""Write a PDF anew without an entry: `lose.py FROM /Alt TO`. It runs where ask.py does."""

from __future__ import annotations

import sys

import pikepdf

old, lost, new = sys.argv[1:]
with pikepdf.open(old) as pdf:
    if lost == "/Title":
        with pdf.open_metadata() as told:
            del told["dc:title"]
    places = [pdf.Root, pdf.docinfo]
    places += [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
    for place in places:
        if lost in place:
            del place[lost]
    pdf.save(new)
