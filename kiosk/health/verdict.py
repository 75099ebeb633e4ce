"""One plain answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found about one thing.

    about: the thing, in a word or two. says: one or two plain sentences. hint: what to try, when
    somebody must look at it; "" when all is good.
    """

    about: str
    says: str
    hint: str = ""

    @property
    def good(self) -> bool:
        """Whether nobody needs to do anything."""
        return not self.hint

    def __str__(self) -> str:
        """Return the answer as one line."""
        if self.good:
            return f"good: {self.about}: {self.says}"
        return f"look: {self.about}: {self.says} Try: {self.hint}"
