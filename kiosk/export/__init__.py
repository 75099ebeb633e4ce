"""What goes home, as files: leaflets, posters, books, sound, dates, boards, codes, a web copy.

The same site gives the same bytes on every day: no clock is read, and nothing is drawn by chance.
Before anything is made, `chosen.py` looks for what is asked for, and stops on a mistake in its
file. Each file says who made its pictures, where its facts come from, when they were checked and
by whom. A picture whose makers do not allow it stops the file that it would be in.

What was decided where there is a choice:

- A page that a language borrows does not go out in that language: it has its own file in its own.
- A leaflet explains its hard words at its end, for paper cannot be pressed.
- A book and a recording are read by the kiosk's voice at its normal speed, from the clips that it
  keeps: players at home go slower and quicker. A voice that cannot speak is told, and another one
  reads.
- A word of a book stays lit until the next one begins, so that players do not jump in the sound.
- A calendar holds past workshops too: staff take them out of `events.yaml`, no clock does.
- PDF files pass the PDF/UA-1 gate of typst, with its warnings as errors. That is what was checked;
  it is not a promise that they conform.
"""
