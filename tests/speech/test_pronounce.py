"""Numbers and letters are said as people say them, and lit as they are written."""

# ruff: noqa: RUF001 - dashes and the letters of phonetics are what is tested
from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.speech.engine import Voice, WordTime
from kiosk.speech.narrator import Narrator
from kiosk.speech.pronounce import spoken_text
from kiosk.speech.timing import visible_words, word_times
from tests.speech.silent_engine import SilentEngine


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Ages 11-16.", "Ages 11 to 16."),
        ("Ages 0 – 25.", "Ages 0 to 25."),
        ("In 2024-25 and 2024/25.", "In 2024 to 25 and 2024 to 25."),
        ("It is 1:1 help, or 1-2-1.", "It is 1 to 1 help, or 1 to 1."),
        ("Ring 01582 111 222.", "Ring 0 1 5 8 2, 1 1 1, 2 2 2."),
        ("Ring 01582111222.", "Ring 0 1 5 8 2 1 1 1 2 2 2."),
        ("Ring +44 1582 111222.", "Ring plus 4 4, 1 5 8 2, 1 1 1 2 2 2."),
        ("Ring (01582) 111222", "Ring 0 1 5 8 2, 1 1 1 2 2 2"),
        ("Ring 111 or call 999.", "Ring 1 1 1 or call 9 9 9."),
        ("At 2:30pm", "At 2 30 pm"),
        ("At 9.05 am or 10.00am", "At 9 oh 5 am or 10 am"),
        ("From 9am-5pm", "From 9am to 5pm"),
        ("At 10:00.", "At 10 o'clock."),
        ("At 14:30", "At 14 30"),
        ("It costs £1, £2.50 or £1,500.", "It costs 1 pound, 2 pounds 50 or 1,500 pounds."),
        ("It is £3 million.", "It is 3 million pounds."),
        ("Mum & Dad, Q&A", "Mum and Dad, Q and A"),
        ("The ICB met.", "The I-C-B met."),
        ("EHCPs and ASD.", "E-H-C-P's and A-S-D."),
        ("TAs, AAC and EAL.", "T-eh's, A-eh-C and E-eh-L."),
        ("SEND, Ofsted, NHS and CQC.", "SEND, Ofsted, NHS and CQC."),
        ("No. 5 on 2026-11-24 at 3.5 of 10", "Number 5 on 24 November 2026 at 3.5 of 10"),
        ("It is the 2,024th.", "It is the 2,024th."),
        ("See a/b-1-2/c.html", "See a/b-1-2/c.html"),
        ("ICBs99 and asd", "ICBs99 and asd"),
    ],
)
def test_numbers_and_letters_are_said_as_people_say_them(written: str, said: str) -> None:
    assert spoken_text(written, "en", {}).text == said


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("pl", "3 grudnia 2026", "trzeciego grudnia dwa tysiące dwudziestego szóstego"),
        (
            "pl",
            "22 maja, od 10:00 do 12:30",
            "dwudziestego drugiego maja, od dziesiątej do dwunastej 30",
        ),
        ("pl", "30 stycznia 2000", "trzydziestego stycznia dwutysięcznego"),
        ("pl", "od 2:00 do 3:00, od 23:00", "od drugiej do trzeciej, od dwudziestej trzeciej"),
        ("pl", "0 maja, 33 maja, 3 miesiące", "0 maja, 33 maja, 3 miesiące"),
        ("ro", "1 decembrie 2026, de la 10:00", "întâi decembrie 2026, de la 10"),
        ("ro", "21 mai, 11 mai, la 12:30", "21 mai, 11 mai, la douăsprezece și 30"),
        ("ur", "10:00", "10 بجے"),
    ],
)
def test_days_and_times_have_the_endings_of_their_language(
    language: str, written: str, said: str
) -> None:
    assert spoken_text(written, language, {}).text == said


def test_each_language_has_its_own_words() -> None:
    assert spoken_text("Wiek 11-16, ICB.", "pl", {}).text == "Wiek 11 do 16, I-C-B."
    assert spoken_text("Wiek ICB.", "pl", {"ICB": "i ce be"}).text == "Wiek i ce be."
    assert spoken_text("TA", "pl", {"TA": "T A"}).text == "T-A"


@pytest.mark.parametrize(
    ("say", "said"),
    [
        ({"PfA": "P F A"}, "A P-F-eh plan, not pfa or PfAs."),
        ({"plan": "big plan"}, "A PfA big plan, not pfa or PfAs."),
        ({"pfa": "three"}, "A three plan, not three or PfAs."),
        ({"PfA plan": "one", "plan": "two"}, "A one, not pfa or PfAs."),
        ({"": "never", " ": "never"}, "A PfA plan, not pfa or PfAs."),
    ],
)
def test_staff_respell_whole_words(say: dict[str, str], said: str) -> None:
    assert spoken_text("A PfA plan, not pfa or PfAs.", "en", say).text == said


def test_staffs_words_go_before_the_rules() -> None:
    assert spoken_text("The ICB.", "en", {"ICB": "health board"}).text == "The health board."


def test_the_voice_names_every_letter() -> None:
    program = (
        "import ctypes, sys\n"
        "from kiosk.speech import driver\n"
        "driver.Renderer().render('a', 'gmw/en', 130)\n"
        "call = driver.library.espeak_TextToPhonemes\n"
        "call.restype = ctypes.c_char_p\n"
        "text = ctypes.c_char_p(sys.argv[1].encode())\n"
        "sys.stdout.buffer.write(call(ctypes.byref(text), 1, 2))\n"
    )

    def phonemes(text: str) -> str:
        command = [sys.executable, "-c", program, text]
        done = subprocess.run(command, capture_output=True, check=True, timeout=30)
        return done.stdout.decode().replace("ˈ", "").replace("ˌ", "")

    # "A S D" would begin with the article, "ASD" would be one word.
    assert "eɪɛsdiː" in phonemes(spoken_text("the ASD plan", "en", {}).text)
    assert "tiːeɪ hɛlps" in phonemes(spoken_text("A TA helps", "en", {}).text)
    assert "iːeɪtʃsiːpiː" in phonemes(spoken_text("EHCP", "en", {"EHCP": "E H C P"}).text)


def test_a_respelled_word_is_lit_as_it_is_written(narrator: Narrator) -> None:
    text, say = "An EHCP is a plan.", {"EHCP": "E H C P"}
    (spoken,) = narrator.narrate([text], language="en", speed="slow", say=say)
    assert [text[word.start : word.end] for word in spoken.words] == text.split()
    lengths = {text[w.start : w.end]: w.ends_at - w.starts_at for w in spoken.words}
    assert lengths["EHCP"] > 2 * lengths["is"]


PARTS = ("EHCP", "01582 548 000", "11-16", "£5", "10:05", "1:1", "& so", "you", "early years", "–")


def timed(text: str, say: dict[str, str]) -> tuple[tuple[WordTime, ...], float]:
    said = spoken_text(text, "en", say)
    clip = SilentEngine().render(said.text, Voice("en", "", 130))
    events = [said.back(word) for word in clip.words]
    return word_times(text, events, clip.seconds), clip.seconds


@given(parts=st.lists(st.sampled_from(PARTS), max_size=8))
def test_times_find_the_way_back_to_every_written_word(parts: list[str]) -> None:
    text = " ".join(parts)
    words, seconds = timed(text, {"early years": "the time before school"})
    assert [(word.start, word.end) for word in words] == visible_words(text)
    assert all(word.ends_at > word.starts_at for word in words)
    assert all(b.starts_at >= a.ends_at - 0.001 for a, b in pairwise(words))
    assert all(word.ends_at <= seconds for word in words)


def test_each_group_of_a_telephone_number_is_lit_while_it_is_said() -> None:
    words, _ = timed("01582 548 000", {})
    lengths = [word.ends_at - word.starts_at for word in words]
    # "0 1 5 8 2," "5 4 8," "0 0 0": silence gives each sign the same time, commas too.
    assert [length / sum(lengths) * 13 for length in lengths] == pytest.approx([6, 4, 3], rel=0.01)


@given(
    text=st.text(max_size=50),
    say=st.dictionaries(st.text(max_size=3), st.text(max_size=5), max_size=3),
)
def test_any_text_and_any_respelling_gives_times(text: str, say: dict[str, str]) -> None:
    words, _ = timed(text, say)
    assert [(word.start, word.end) for word in words] == visible_words(text)
