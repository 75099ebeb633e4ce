"""Feedback: the questions staff write, the answers people give, and where they are kept.

`survey` reads the questions, `answer` checks what a screen sends, `store` puts it safely on disk.
This room knows nothing of speech, of pages or of the screen.
"""
