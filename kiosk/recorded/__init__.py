"""People's own voices: who reads a page, who agreed to that, and when each word is said.

Beside `safe.md` stands `safe.voice/`: `voice.yaml` says who reads and what was agreed, and each
sentence has its sound and a `.json` with the times of its words, both named by the hash of its
words. So an edited sentence has no recording any more, and all others keep theirs.
"""
