"""Feedback: the questions staff write, the answers people give, and where they are kept.

The floors, from the ground up: `survey` reads the questions, `answer` makes one answer out of what
a screen sends, `store` keeps it safely on disk, and above them `intake` takes answers from people
and `report` tells staff what they said. This room knows nothing of speech, of pages or of the
screen.
"""
