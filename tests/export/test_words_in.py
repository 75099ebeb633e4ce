from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

from hypothesis import given
from hypothesis import strategies as st

from kiosk.content import Mark
from kiosk.content.model import MarkKind
from kiosk.export.words_in import with_words
from kiosk.screen.interface_words import Utterance
from kiosk.speech.timing import visible_words

KINDS: list[MarkKind] = ["bold", "hard", "link"]
TEXTS = st.text(st.sampled_from("ab 1.,-&<>'\"ćء0\u200d"), max_size=30)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    kinds = st.sampled_from(KINDS)
    pairs = draw(st.lists(st.tuples(places, places, kinds), max_size=4))
    edges = sorted({place for a, b, _ in pairs for place in (a, b)})
    # Marks of one sentence do not cross, as they come from Markdown.
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    return text, [Mark(a, b, kind, "x") for (a, b), (_, _, kind) in zip(spans, pairs, strict=False)]


def tree(text: str, marks: list[Mark], language: str = "en") -> Element:
    links = {("hard", "x"): "words.xhtml#hard-1", ("link", "x"): "page-x.xhtml"}
    said = with_words(Utterance(text, language), "page", 0, marks, links)
    return fromstring(f"<p>{said}</p>")  # noqa: S314 - we made it


@given(marked())
def test_each_word_has_an_id_and_no_letter_is_lost(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    for language in ("en", "ur"):
        found = tree(text, marks, language)
        assert "".join(found.itertext()).replace("\u2066", "").replace("\u2069", "") == text
        words = ["".join(one.itertext()) for one in found.iter("span")]
        plain = [one.replace("\u2066", "").replace("\u2069", "") for one in words]
        assert plain == [text[start:end] for start, end in visible_words(text)]
        assert [one.attrib["id"] for one in found.iter("span")] == [
            f"page-0-{number}" for number in range(len(words))
        ]
        assert not found.findall(".//a//a")


def test_a_link_goes_around_whole_words_and_bold_stays_inside_them() -> None:
    text = "We use co-production plans."
    marks = [Mark(7, 26, "hard", "x")]
    (link,) = tree(text, marks).iter("a")
    assert "".join(link.itertext()) == "co-production plans."
    assert [one.text for one in link.iter("strong")] == ["co-production", " ", "plans"]


def test_a_number_between_arabic_letters_is_read_from_left_to_right() -> None:
    found = "".join(tree("\u0641\u0648\u0646 01582 548 000", [], "ur").itertext())
    assert found == "\u0641\u0648\u0646 \u206601582 548 000\u2069"
