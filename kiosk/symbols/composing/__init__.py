"""Pictures that are put together from parts.

`declaration` says what a person can write, `entries` reads it from a word book or a page, and
`composing` looks its names up and makes the picture: `layout` draws it, `told` says what it shows.
"""
