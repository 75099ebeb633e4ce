"""Draws a person of the cast."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from kiosk.symbols.fragment import Fragment
from kiosk.symbols.people import aids, hair
from kiosk.symbols.people.arms import POSES, SIT, Arm, arms, at_the_head
from kiosk.symbols.people.bodies import BUILDS, HEAD, legs, shoe, torso
from kiosk.symbols.people.faces import SKIN, face, hearing_aid
from kiosk.symbols.people.pen import Pen
from kiosk.symbols.people.person import Person

MOODS = frozenset(
    ["angry", "calm", "cry", "flat", "glad", "happy", "sad", "talk", "unsure", "worried"]
)
ARMS = POSES


@lru_cache(maxsize=1024)
def figure(
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
    if person.age == "baby":
        _baby(pen, person, mood, left, right)
    elif sits and whole:
        _sitting(pen, person, mood, left, right)
    else:
        walks = (person.cane if cane is None else cane) and whole
        _upright(pen, person, mood, (left, right), whole=whole, sits=sits, cane=walks)
    return pen.fragment()


def _upright(
    pen: Pen,
    person: Person,
    mood: str,
    poses: tuple[str, str],
    *,
    whole: bool,
    sits: bool,
    cane: bool,
) -> None:
    """Draw one who stands, or the upper half of anybody."""
    build = BUILDS[person.age]
    floor = build.floor if whole else build.hip
    both = arms(person, poses, whole=whole)
    if sits:
        aids.chair_half(pen, build.wide, -floor)
    with pen.moved(0, -floor):
        _hair_behind(pen, person)
        if whole:
            legs(pen, person)
        for arm in both:
            arm.under(pen)
        torso(pen, person, closed=whole)
        if cane and poses[1] == "down":
            aids.cane(pen, both[1].hand, floor)
        _arms_and_head(pen, person, mood, list(zip(both, poses, strict=True)))
    if sits:
        aids.wheels_half(pen, build.wide)


def _sitting(pen: Pen, person: Person, mood: str, left: str, right: str) -> None:
    """Draw one who sits in a wheelchair and looks a little to the right."""
    hip = BUILDS[person.age].hip
    floor = hip + aids.SEAT
    poses = [SIT if pose == "down" else pose for pose in (left, right)]
    both = arms(person, poses, whole=True)
    aids.chair_behind(pen)
    with pen.moved(0, -floor):
        _hair_behind(pen, person)
        for arm in both:
            arm.under(pen)
        torso(pen, person, closed=False)
        pen.limb([(-5, hip - 3), (17, hip - 3), (23, floor - 8)], person.bottom, 13, 7)
        shoe(pen, 18.5, 31, floor - 4.5)
    aids.chair_before(pen)
    with pen.moved(0, -floor):
        _arms_and_head(pen, person, mood, list(zip(both, poses, strict=True)))


def _arms_and_head(pen: Pen, person: Person, mood: str, posed: list[tuple[Arm, str]]) -> None:
    """Draw a head between the arms: a hand at the head is before it."""
    low = [arm for arm, pose in posed if not at_the_head(pose)]
    if all(arm.hangs for arm in low):  # what is alike on both sides follows each other
        for layer in zip(*(arm.layers() for arm in low), strict=True):
            for draw in layer:
                draw(pen)
    else:
        for arm in low:
            arm.over(pen)
    _head(pen, person, mood)
    for arm, pose in posed:
        if at_the_head(pose):
            arm.over(pen)


def _hair_behind(pen: Pen, person: Person) -> None:
    with pen.moved(0, -HEAD):
        hair.behind(pen, person)


def _head(pen: Pen, person: Person, mood: str) -> None:
    with pen.moved(0, -HEAD):
        hair.hood(pen, person)
        face(pen, person, mood)
        hair.before(pen, person)
        if person.hearing_aid:
            hearing_aid(pen)


def _baby(pen: Pen, person: Person, mood: str, left: str, right: str) -> None:
    """Draw a baby, who sits on the floor."""
    skin = SKIN[person.skin]
    with pen.moved(0, -22):
        for side, pose in ((-1, left), (1, right)):
            up = pose in ("ear", "high", "out", "up")
            end = (side * 19, -4) if up else (side * 15, 11)
            pen.circle(*end, 4.4, skin)
            pen.limb([(side * 6, 4), (side * 12, 4), end], person.top, 9.8)
            pen.circle(*end, 3.1, skin, 0)
        pen.path("M-8,-1C-15,4 -14,20.7 -9,20.7H9C14,20.7 15,4 8,-1Z", person.top)
        for side in (-1, 1):
            pen.oval(side * 8.6, 15.7, 6.6, 5, person.bottom)
            pen.oval(side * 9.2, 15.7, 3, 1.8, "#fff", 0)
        with pen.moved(0, -13.5):
            bare = replace(person, covering="none", beard="none", glasses="none")
            face(pen, bare, mood)
            hair.before(pen, bare)
