"""Finds the name that stands behind "my name is", in the languages that families speak.

Only what is said to be a name is found: names that stand alone are words like any other.
"""

from __future__ import annotations

import re

from kiosk.feedback.answer.folding import fold
from kiosk.feedback.answer.numbers import Spans

_MOST_WORDS = 3
_WORD = re.compile(r"[^\W\d_](?:[\w\u0980-\u09ff'-]*\w)?")
# Between "is" and the name: quotes, brackets, a new line.
_SAID = re.compile(r"[\s.,:;=*\"'(\[<>_-]{0,8}")
_SPACE = re.compile(r"\s{0,2}")
_SIGN = r"\s{0,3}[:=]|\s{1,3}-"  # in place of "is"
_FAMILY = (
    r"(?:sons?|daughters?|child|children|kids?|boys?|girls?|brothers?|sisters?|twins?|mum|dad|"
    r"m[uo]ther|father|gran|nan|friends?|baby|(?<!\w)(?:he|she))"
)
_SON = r"(?:syn|corka|brat|siostra|dziecko)"
_FIUL = r"(?:fiul|fiica|baiatul|fata|copilul|fratele|sora)"
_IMIE = r"(?:(?:moje|jego|jej)\s+)?imie"


def _folded(pattern: str) -> str:
    return fold(pattern).text


# A name follows, with or without a capital.
_ASKS = re.compile(
    "|".join(
        [
            r"(?<![^\W_])(?:m[yi]|his|her|their|our)\s*(?:(?:full|first|last|real|whole|sur|nick|"
            r"given|family)\s*-?)?(?:name|nam|naem|nmae)s?"
            rf"(?:\s*(?:is|iz|was|'s)(?![^\W_])|(?<=names)(?=\s)|{_SIGN})",
            r"(?<![^\W_])name(?:\s+is|'s)(?![^\W_])",
            rf"(?:^|\n)\s{{0,3}}(?:(?:full|first|last)\s)?name(?:{_SIGN})",
            rf"(?:(?<![^\W_])(?:i\s?am|i'?m)|{_FAMILY}(?:\s(?:is|are)|'?s)?)\s+called(?![^\W_])",
            rf"(?<!\w)(?:nazywam\s+sie|m(?:am|a)\s+na\s+imie|na\s+imie\s+(?:mi|mu|jej|ma)"
            rf"|{_SON}\s+nazywa\s+sie|{_IMIE}(?:\s+to|{_SIGN}))(?!\w)",
            r"(?<!\w)(?:ma\s+numesc|(?:ma|il|o)\s+cheama|numele\s+(?:meu|lui|ei)"
            rf"(?:\s+(?:este|e)(?!\w)|{_SIGN})|{_FIUL}\s+(?:meu|mea)\s+se\s+numeste)(?!\w)",
            _folded(r"(?<!\w)میرا\s*نام(?!\w)"),
            _folded(r"(?<!\w)(?:بیٹے|بیٹی|بھائی|بہن|بچے|بچی|دوست)\s*کا\s*نام(?!\w)"),
            r"(?<!\w)mer[ae]\s*na+m(?!\w)",
            r"(?<!\w)\u0986\u09ae\u09be\u09b0 \u09a8\u09be\u09ae(?!\w)",  # Bengali: amar nam
        ]
    ),
    re.I,
)
# A name follows only if it has a capital.
_ASKS_CAPITAL = re.compile(
    r"(?<![^\W_])(?:m[yi]\s+(?:first\s+|full\s+)?name(?=\s)"
    r"|(?:they|people|everybody|everyone|friends|you\s+can|just|please)\s+calls?\s+me)(?![^\W_])",
    re.I,
)
_CALLED = re.compile(r"called$", re.I)
_BY = re.compile(r"\s+(?:by|all|when|again|every)(?!\w)", re.I)
# Words that stand behind a name, or in its place, and are no name.
_NOT_A_NAME = frozenset(
    fold(
        # Small words
        "a about after again all also always am an and any are as at aunt back be because been "
        "before being but by called came can cannot can't come could day did didn't do does "
        "doesn't don't down each either else even ever every everybody everyone everywhere "
        "except for from get gets getting go goes going gone got had has hasn't hate have "
        "haven't he help her here hers him his how i i'd i'll i'm i've if in into is isn't it "
        "it's its just kept know left like likes live lives look love loves made may me "
        "mentioned mine more most must my myself name named names need never next nice no "
        "nobody none nor not nothing now of off often ok okay old on once one only or other our "
        "out over pls please put quite rather read really said same say says see seen she "
        "should since so some something sometimes somewhere still such take taken tell than "
        "thank thanks that that's the their them then there these they this those to today too "
        "unless until up upon us use used very want wants was wasn't we well went were what "
        "when where which while who whose why will wish with without would written wrote yes "
        "yet you your yours "
        # How a name is
        "awful bad beautiful better boring changed common confidential cool correct crossed "
        "different difficult easy embarrassing english fake familiar famous fine foreign forgotten "
        "fun funny gone good great happy hard hidden horrible ignored important incorrect known "
        "long lost lovely misspelled misspelt missing mispronounced new normal personal polish "
        "popular precious pretty private pronounced public rare romanian rude sad secret short "
        "similar simple sorry special spelled spelling spelt strange terrible top ugly unique "
        "unknown unusual urdu weird wrong "
        # What people are called, and are hurt by
        "annoying babyish behind bully cheeky clever clumsy crazy cruel daft difficult dirty dumb "
        "dummy evil fat fool freak gay hero horrid idiot lazy liar loser loud mad mean mental mong "
        "moron nasty naughty nuts odd pathetic psycho quiet retard retarded rubbish scum selfish "
        "shy silly skinny slow smelly spastic stupid thick troublemaker troubled useless violent "
        "weak weirdo worthless young first last late early forward upstairs downstairs inside "
        "outside home school monday tuesday wednesday thursday friday saturday sunday tomorrow "
        "yesterday tonight anytime soon later whatever "
        # Polish
        "ale bardzo bo chcę czy dla dobrze do jak jest jestem już lubię mam mieszkam moja moje mój "
        "na nie od oraz po się są tak też to trudne w ważne z za ze że długie rzadkie źle ładne "
        "dziwne piękne tutaj tu problemem szkoła szkołą "
        # Romanian
        "acasă acolo aici am bine ca ce corect cu când da de des din dificil e este fi foarte "
        "frumos greu greșit important în îmi la lung locuiesc mereu mă nu pe pentru prea rar scris "
        "scurt secret sunt să și tot vreau zilnic "
        # Urdu, in its own letters and in Latin ones
        "ہے ہیں ہوں ہو تھا تھی اور میں نہیں نے کو کی کے کا سے پر یہ وہ بہت لمبا چھوٹا مشکل آسان "
        "غلط صحیح اچھا خوبصورت فہرست کسی کبھی سب اس لیے لیا لکھا پکارا پوچھا کیا "
        "hai hain hoon hun tha aur main mein nahi nahin bohat bahut lamba chota mushkil asan "
        "ghalat galat sahi acha khubsurat sab koi kya"
    ).text.split()
)


def names(words: str) -> Spans:
    """Find names in folded words."""
    for asked in _ASKS.finditer(words):
        begin = _behind(_SAID, words, asked.end())
        end, lower = _name_at(words, begin)
        if end and lower and _CALLED.search(asked[0]) and _BY.match(words, end):
            continue  # called lazy by the teacher
        if end:
            yield begin, end
    for asked in _ASKS_CAPITAL.finditer(words):
        begin = _behind(_SPACE, words, asked.end())
        end, lower = _name_at(words, begin)
        if end and not lower:
            yield begin, end


def _behind(between: re.Pattern[str], words: str, at: int) -> int:
    said = between.match(words, at)
    return said.end() if said else at


def _name_at(words: str, at: int) -> tuple[int, bool]:
    """Return where the name ends that begins here, and whether it has no capital; 0 is none."""
    end, most, lower = 0, _MOST_WORDS, False
    for count in range(_MOST_WORDS):
        word = _WORD.match(words, at)
        if word is None or word[0].lower() in _NOT_A_NAME or count >= most:
            break
        if not count and word[0][0].islower():
            most, lower = 2, True  # written without capitals: the next words may be no names
        elif count and not lower and word[0][0].islower():
            break
        end = word.end()
        if words[end : end + 1] != " ":
            break
        at = end + 1
    return end, lower
