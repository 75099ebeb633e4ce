"""Faces: skin, eyes, mouth and what they say of a mood; glasses, beard, a hearing aid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kiosk.symbols.people.pen import INK, Pen
from kiosk.symbols.people.person import Person

SKIN: Final = ("#c9cbce", "#fbdcc0", "#e6bd92", "#c8966a", "#a06b43", "#7d5034")
_CHEEK: Final = ("#b9bbbf", "#f6b7a2", "#dc9a78", "#b57752", "#8a5233", "#673d27")
_MOUTH, _TONGUE, _TEAR = "#8c2233", "#e8697b", "#5bb5ea"
_AID: Final = "#1d5fc4"


# Ears are open to the face: one path is all of it.
_EARS = "M-13.9,-1.2C-18.2,-2.8 -18.4,6.6 -13.1,5.2M13.9,-1.2C18.2,-2.8 18.4,6.6 13.1,5.2"
_FACE = "M-14,-2C-14,-20 14,-20 14,-2C14,9 8,15.5 0,15.5C-8,15.5 -14,9 -14,-2Z"
_SMALL_FACE = "M-14,-1C-14,-20 14,-20 14,-1C15,10 8.5,15.5 0,15.5C-8.5,15.5 -15,10 -14,-1Z"

_OPEN = "open"
_EYES: Mapping[str, str] = {  # a mood that is not here has open eyes
    "glad": "M-8,1Q-5.5,-3.5 -3,1M3,1Q5.5,-3.5 8,1",
    "calm": "M-8,-0.5Q-5.5,3 -3,-0.5M3,-0.5Q5.5,3 8,-0.5",
    "cry": "M-8.5,1Q-5.5,1.5 -3.5,-0.5M8.5,1Q5.5,1.5 3.5,-0.5",
}
_BROWS: Mapping[str, str] = {
    "happy": "M-8,-5.5Q-5.5,-7.5 -3,-6M3,-6Q5.5,-7.5 8,-5.5",
    "glad": "M-8.5,-6Q-5.5,-8.5 -3,-6.5M3,-6.5Q5.5,-8.5 8.5,-6",
    "sad": "M-8.5,-4Q-5.5,-4.5 -3,-7M8.5,-4Q5.5,-4.5 3,-7",
    "worried": "M-8.5,-4.5Q-5.5,-5 -2.8,-8M8.5,-4.5Q5.5,-5 2.8,-8",
    "cry": "M-8.5,-4Q-5.5,-4.5 -3,-7M8.5,-4Q5.5,-4.5 3,-7",
    "angry": "M-8.5,-7L-2.6,-3.8M8.5,-7L2.6,-3.8",
    "calm": "M-8,-5Q-5.5,-6.5 -3,-5.5M3,-5.5Q5.5,-6.5 8,-5",
    "unsure": "M-8.5,-7Q-5.5,-9.5 -3,-7.5M3,-4.5Q5.5,-5.5 8,-4.5",
    "flat": "M-8,-5.5H-3M3,-5.5H8",
    "talk": "M-8,-6Q-5.5,-8 -3,-6.5M3,-6.5Q5.5,-8 8,-6",
}
_MOUTHS: Mapping[str, str] = {  # a line
    "happy": "M-5.5,6Q0,11.5 5.5,6",
    "sad": "M-4.5,10Q0,5 4.5,10",
    "worried": "M-5,9Q-2.5,6 0,8.5Q2.5,11 5,8",
    "angry": "M-4.5,10Q0,6 4.5,10",
    "calm": "M-4,7Q0,10 4,7",
    "unsure": "M-4,9.5Q0,7 5,6.5",
    "flat": "M-4.5,8.5H4.5",
}


def face(pen: Pen, person: Person, mood: str) -> None:
    """Draw a head without its hair."""
    skin, cheek = SKIN[person.skin], _CHEEK[person.skin]
    young = person.age in ("baby", "child")
    covered = person.covering == "headscarf"
    if covered:
        pen.oval(0, 1, 12.2, 13.6, skin, 2.2)
    else:
        pen.path(_EARS + (_SMALL_FACE if young else _FACE), skin)
    down = 1.2 if young else 0.4
    with pen.moved(0, down):
        if mood not in ("flat", "angry"):
            pen.dots([(-8.6, 5), (8.6, 5)], 1.8, cheek, 1.6)
        if person.beard in ("short", "long"):
            _beard(pen, person)
        _eyes(pen, person, mood)
        pen.path("M-0.8,3.5Q0,4.4 0.8,3.5", line=1.5)
        _mouth(pen, mood)
        if person.beard == "moustache":
            pen.path(
                "M0,5.5C2,3.5 5,4.5 7,7C4,7 2,7.5 0,6.5C-2,7.5 -4,7 -7,7C-5,4.5 -2,3.5 0,5.5Z",
                person.hair_colour,
                1.2,
            )
        _glasses(pen, person)


def hearing_aid(pen: Pen) -> None:
    """Draw a hearing aid behind the ear on the left, over hair and all."""
    hook = "M-13.2,5.5C-19.5,5 -19.5,-5.5 -13.5,-4.5"
    pen.path(hook, line=5.6, ink="#fff")
    pen.path(hook, line=3.2, ink=_AID)
    pen.circle(-13, 5, 2.1, _AID, 1, "#fff")


def _eyes(pen: Pen, person: Person, mood: str) -> None:
    if person.glasses != "dark":
        if mood in _EYES:
            pen.path(_EYES[mood], line=2)
        else:
            aside = 0.9 if mood == "unsure" else 0
            pen.dots([(-5.5 + aside, -aside), (5.5 + aside, -aside)], 2.1, INK)
            light = 0.7 + aside, -0.8 - aside
            pen.dots([(-5.5 + light[0], light[1]), (5.5 + light[0], light[1])], 0.7, "#fff")
        if person.age == "older":
            pen.path("M-11,1.5L-9.8,2.2M11,1.5L9.8,2.2", line=1.2)
    pen.path(_BROWS[mood], line=2.2 if mood == "angry" else 1.7)


def _mouth(pen: Pen, mood: str) -> None:
    if mood == "glad":
        pen.path("M-6,5.5Q0,7 6,5.5Q5.5,12.5 0,12.5Q-5.5,12.5 -6,5.5Z", _MOUTH, 1.8)
        pen.path("M-5.2,6.2Q0,7.5 5.2,6.2L4.6,8.2Q0,9.2 -4.6,8.2Z", "#fff", 0)
    elif mood == "talk":
        pen.oval(0, 8.6, 3.6, 3.8, _MOUTH, 1.8)
        pen.oval(0, 10.2, 2.2, 1.5, _TONGUE, 0)
    elif mood == "cry":
        pen.path("M-4.5,11Q-4,6.5 0,6.5Q4,6.5 4.5,11Q0,9.5 -4.5,11Z", _MOUTH, 1.8)
        for side in (-1, 1):
            x = side * 7.5
            pen.path(f"M{x},2.5Q{x - 3.2},7.5 {x},9Q{x + 3.2},7.5 {x},2.5Z", _TEAR, 1.2)
    else:
        pen.path(_MOUTHS[mood], line=2.1)


def _beard(pen: Pen, person: Person) -> None:
    """Draw a beard without an edge across the cheeks, which would look like a mask."""
    end = 21 if person.beard == "long" else 15
    under = f"M-13.2,3C-13,{end - 4} -7,{end} 0,{end}C7,{end} 13,{end - 4} 13.2,3"
    pen.path(f"{under}C11,5.5 7,4.6 0,4.6C-7,4.6 -11,5.5 -13.2,3Z", person.hair_colour, 1.1)
    pen.path(under)
    pen.oval(0, 8.6, 6, 3.8, SKIN[person.skin], 0)


def _glasses(pen: Pen, person: Person) -> None:
    if person.glasses == "clear":
        for side in (-1, 1):
            pen.circle(side * 5.5, 0, 4.9, line=1.6)
        pen.path("M-0.8,-0.5Q0,-1.2 0.8,-0.5M-10.4,-0.5L-13,-1.5M10.4,-0.5L13,-1.5", line=1.6)
    elif person.glasses == "dark":
        pen.path(
            "M-11,-3.5H-1C-1,2 -3,4.5 -6,4.5C-9,4.5 -11,2 -11,-3.5ZM1,-3.5H11"
            "C11,2 9,4.5 6,4.5C3,4.5 1,2 1,-3.5ZM-1,-2.5H1M-11,-2.5L-13.5,-2M11,-2.5L13.5,-2",
            "#1d2026",
            1.8,
        )
        pen.path("M-9,-1.5L-7,-1.5M3,-1.5L5,-1.5", line=1.2, ink="#fff")
