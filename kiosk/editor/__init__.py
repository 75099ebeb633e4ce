"""What staff do with pages: begin, translate, take over from other programs, and check all texts.

`importing.import_file` reads a Word file, a PDF or what was copied as HTML, and writes a page that
is a draft, and the pictures that it shows. Nothing that is there is ever written over, and a file
that cannot be used leaves nothing behind. It is not imported here: what it needs takes a moment to
load, and who checks a text or begins a page need not wait for that.
"""
