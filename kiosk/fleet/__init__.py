"""More than one kiosk: the centre that answers come in to, and how a kiosk belongs to it.

`centre` is the council's side: a database, and who may send to it. `member` is a kiosk's side: it
knows nothing of databases. Both know `release`, the pages that go out, and who signs them;
`wire`, what goes between them; and `code` and `keys`.
A kiosk without a centre loads nothing of this room.
"""
