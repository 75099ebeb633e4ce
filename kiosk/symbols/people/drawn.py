"""Draws a person of the cast."""

from __future__ import annotations

from functools import lru_cache

from kiosk.symbols.fragment import Fragment
from kiosk.symbols.people import aids, hair
from kiosk.symbols.people.bodies import ARMS as _ARMS
from kiosk.symbols.people.bodies import BUILDS, HEAD, SHOE, arm, legs, torso
from kiosk.symbols.people.faces import SKIN, face, hearing_aid
from kiosk.symbols.people.pen import LINE, Pen
from kiosk.symbols.people.person import Person

MOODS = frozenset(
    ["angry", "calm", "cry", "flat", "glad", "happy", "sad", "talk", "unsure", "worried"]
)
ARMS = frozenset(_ARMS)


@lru_cache(maxsize=1024)
def figure(  # noqa: PLR0913
    person: Person,
    mood: str = "happy",
    left: str = "down",
    right: str = "down",
    *,
    whole: bool = False,
    wheelchair: bool | None = None,
    cane: bool | None = None,
) -> Fragment:
    """Draw a person whose feet are at 0,0; one who is not drawn whole ends there at the waist.

    mood: one of MOODS. left, right: what the arm on that side of the picture does, one of ARMS.
    wheelchair, cane: None means as the person always has it. Raises KeyError for another word.
    """
    if mood not in MOODS or left not in ARMS or right not in ARMS:
        raise KeyError(mood, left, right)
    pen = Pen()
    sits = person.wheelchair if wheelchair is None else wheelchair
    with_cane = (person.cane if cane is None else cane) and whole and not sits
    if person.age == "baby":
        _baby(pen, person, mood, left, right)
        return pen.fragment()
    build = BUILDS[person.age]
    if not whole:
        floor = build.hip
    elif sits:
        floor = build.hip - aids.SEAT_AT
    else:
        floor = build.floor
    if sits and whole:
        aids.chair_behind(pen)
    elif sits:
        aids.chair_half(pen, build.wide, -floor)
    with pen.moved(0, -floor):
        with pen.moved(0, -HEAD):
            hair.behind(pen, person)
        if whole and not sits:
            legs(pen, person)
        poses = ((left, -1), (right, 1))
        for pose, side in poses:
            arm(pen, person, pose, side, layer="under", whole=whole)
        torso(pen, person, whole=whole and not sits)
        if whole and sits:
            _lap(pen, person, floor)
        if with_cane:
            hand = (build.wide + 1, 6 + 28 * build.reach)
            aids.cane(pen, hand, floor, 1)
        with pen.moved(0, -HEAD):
            hair.hood(pen, person)
            face(pen, person, mood)
            hair.before(pen, person)
            if person.hearing_aid:
                hearing_aid(pen)
        for pose, side in poses:
            arm(pen, person, pose, side, layer="over", whole=whole)
    if sits and whole:
        aids.chair_before(pen, (26, -2))
    elif sits:
        aids.wheels_half(pen, build.wide)
    return pen.fragment()


def _lap(pen: Pen, person: Person, floor: float) -> None:
    """Draw the legs of one who sits and looks a little to the right."""
    hip = BUILDS[person.age].hip
    pen.limb([(-5, hip - 3), (17, hip - 3), (23, floor - 8)], person.bottom, 13, 7)
    pen.path(f"M18.5,{floor - 3.5}C18.5,{floor - 10} 29,{floor - 10} 31,{floor - 3.5}Z", SHOE)


def _baby(pen: Pen, person: Person, mood: str, left: str, right: str) -> None:
    """Draw a baby, who sits on the floor."""
    skin = SKIN[person.skin]
    with pen.moved(0, -23):
        for side in (-1, 1):
            pose = left if side < 0 else right
            high = pose in ("up", "high", "out", "ear")
            end = (side * 19, -5) if high else (side * 15.5, 10)
            pen.circle(*end, 4.2, skin, 2.4)
            pen.limb([(side * 8, 3), (side * 13, 3), end], person.top, 9.4)
            pen.circle(*end, 2.9, skin, 0)
        pen.path("M-8,0C-15,3 -14,22 -9,22H9C14,22 15,3 8,0Z", person.top)
        for side in (-1, 1):
            pen.limb([(side * 5, 15), (side * 13, 17.5)], person.bottom, 10.4)
            pen.circle(side * 15, 17, 4.4, skin, 2.4)
        with pen.moved(0, -14):
            face(pen, person, mood)
            hair.before(pen, person)
