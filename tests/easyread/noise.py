"""How much the checker says of two bundles of texts: `python -m tests.easyread.noise`.

`data/professional`: in the manner of professional easy read. `data/council`: ordinary council
prose. Both were written before the rules were tuned, and are not to be changed with the rules.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from kiosk.config import EasyRead
from kiosk.easyread.plain import check_files, find_plain, read_plain

DATA = Path(__file__).parent / "data"
BUNDLES = ("professional", "council")


@dataclass(frozen=True)
class Noise:
    """What is found in a bundle. by_rule: (rule, severity) -> how many."""

    words: int
    by_rule: Counter[tuple[str, str]]

    def per_100(self, count: int) -> float:
        """Return how many that is in 100 words."""
        return 100 * count / self.words

    @property
    def findings(self) -> float:
        """All findings in 100 words."""
        return self.per_100(self.by_rule.total())

    @property
    def errors(self) -> float:
        """Errors in 100 words."""
        return self.per_100(sum(n for (_, severity), n in self.by_rule.items() if severity == "E"))


def measure(bundle: str, settings: EasyRead | None = None) -> Noise:
    """Check a bundle as texts that belong to no site."""
    found = check_files(find_plain([DATA / bundle]), settings or EasyRead(), "en").told_once()
    return Noise(
        sum(page.words for page in found.pages),
        Counter((one.code, one.severity) for one in found.findings),
    )


def sentence_lengths() -> list[int]:
    """Return the words of each sentence and list item of the professional texts."""
    return [
        len(passage.words)
        for path in find_plain([DATA / "professional"])
        for passage in read_plain(path.read_text(encoding="utf-8"), path, "en", 8).body
        if passage.kind == "sentence"
    ]


def table() -> str:
    """Return findings in 100 words by rule, for people."""
    found = {bundle: measure(bundle) for bundle in BUNDLES}
    rules = sorted({rule for noise in found.values() for rule, _ in noise.by_rule})
    lines = ["in 100 words  " + "".join(f"{bundle:>22}" for bundle in BUNDLES)]
    lines.append("rule          " + "       findings  errors" * 2)
    for rule in rules:
        cells = ""
        for noise in found.values():
            errors = noise.by_rule[rule, "E"]
            both = errors + noise.by_rule[rule, "W"]
            cells += f"{noise.per_100(both):15.2f}{noise.per_100(errors):8.2f}"
        lines.append(f"{rule:14}{cells}")
    sums = "".join(f"{noise.findings:15.2f}{noise.errors:8.2f}" for noise in found.values())
    lines.append(f"{'all':14}{sums}")
    lines.append(f"{'words':14}" + "".join(f"{noise.words:23}" for noise in found.values()))
    return "\n".join(lines)


if __name__ == "__main__":
    lengths = sentence_lengths()
    share = sum(13 <= one <= 20 for one in lengths) / len(lengths)
    print(table())
    print(f"Sentences of 13 to 20 words: {share:.0%}")
