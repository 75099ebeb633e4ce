"""Arms, and the hands at their ends. The shoulders are at 0,0."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from kiosk.symbols.people.bodies import BUILDS, sleeve_of
from kiosk.symbols.people.faces import SKIN
from kiosk.symbols.people.pen import LINE, Pen, Point, line_through
from kiosk.symbols.people.person import Person

SIT: Final = "sit"  # how the arms of one who sits hang down
_ARMS: Mapping[str, tuple[Point, Point]] = {
    # elbow and hand of the left arm of an adult, from the shoulder; outwards is to the left
    "down": ((-4, 14), (-3.5, 28)),
    "out": ((-13, 5), (-27, 1)),
    "give": ((-8, 13), (-23, 9)),
    "front": ((-5, 14), (9, 18)),
    "hip": ((-14, 11), (-3, 23)),
    "heart": ((-6, 14), (11, 9)),
    "chin": ((-4, 16), (0, 0)),
    "ear": ((-13, 1), (0, 0)),
    "up": ((-10, 5), (0, 0)),
    "high": ((-9, -6), (0, 0)),
    SIT: ((-6, 12), (4, 20)),
}
_AT_THE_HEAD: Mapping[str, Point] = {  # from the middle: heads are of one size
    "chin": (-2.5, -2),
    "ear": (-19, -14.5),
    "up": (-24.5, -25),
    "high": (-23, -31),
}
_BEFORE_THE_BODY = frozenset(["chin", "front", "heart", SIT])
_OPEN_HANDS = frozenset(["give", "high", "out", "up"])

POSES = frozenset(_ARMS) - {SIT}


def at_the_head(pose: str) -> bool:
    """Return whether the hand is so high that it is drawn over the head."""
    return pose in _AT_THE_HEAD


class Arm:
    """One arm of a person: what lies under the body, and what lies over it.

    side: -1 for the arm on the left of the picture, 1 for the right.
    """

    def __init__(self, person: Person, pose: str, side: int, *, whole: bool) -> None:
        build = BUILDS[person.age]
        self._person, self._pose, self._side = person, pose, side
        self._skin, self._sleeve = SKIN[person.skin], sleeve_of(person)
        self._bare = person.wears == "shirt"
        self._wide = 10.2 if person.age == "child" else 11.0
        self._inside = self._wide - 2 * LINE
        self._palm = 5.4 if pose in _OPEN_HANDS else 4.7
        self._hidden = pose == "down" and not whole  # the hand is below the waist
        shoulder = (-build.wide + 3.4, 7.5)
        elbow, hand = (
            (shoulder[0] + x * build.reach, shoulder[1] + y * build.reach) for x, y in _ARMS[pose]
        )
        hand = _AT_THE_HEAD.get(pose, hand)
        if self._hidden:
            elbow = (elbow[0], build.hip * 0.6)
            hand = (elbow[0] - 0.5, build.hip)
        if not whole:  # no hand below the waist
            hand = (hand[0], min(hand[1], build.hip - (0 if self._hidden else 6)))
        self._points = [(-side * x, y) for x, y in (shoulder, elbow, hand)]
        # An arm that is cut off at the waist begins inside the body, where its blunt end is hidden.
        begin = [(-side * (shoulder[0] + 6), 7.5)] if self._hidden else []
        self._route = line_through([*begin, *self._points], 6)
        self._seam = (side * (build.wide - 3.9), 16.0), (side * (build.wide - 3.1), build.hip)

    @property
    def hangs(self) -> bool:
        """Whether it hangs at its side of the body, where the other arm cannot touch it."""
        return self._pose == "down"

    @property
    def hand(self) -> Point:
        """Where the hand is."""
        return self._points[-1]

    def under(self, pen: Pen) -> None:
        """Draw what the body lies over."""
        if self._pose not in _BEFORE_THE_BODY:
            self._edge(pen)

    def over(self, pen: Pen) -> None:
        """Draw what lies over the body."""
        for layer in self.layers():
            layer(pen)

    def layers(self) -> tuple[Callable[[Pen], None], ...]:
        """Return what lies over the body, lowest first: arms that hang are drawn layer by layer."""
        return (
            self._sleeve_over,
            self._hem_over,
            self._short_sleeve_over,
            self._shoulder_over,
            self._hand_over,
            self._seam_over,
        )

    def _sleeve_over(self, pen: Pen) -> None:
        if self._pose in _BEFORE_THE_BODY:
            self._edge(pen)
        pen.path(
            line_through(self._points, 6) if self._bare else self._route,
            line=self._inside,
            ink=self._skin if self._bare else self._sleeve,
            cap="butt" if self._hidden else "",
        )

    def _hem_over(self, pen: Pen) -> None:
        if self._bare:
            top, hem = self._along(0.35), self._along(0.92)
            pen.path(line_through([top, hem]), line=self._wide, cap="butt")

    def _short_sleeve_over(self, pen: Pen) -> None:
        if self._bare:
            seam = [self._points[0], self._along(0.7)]
            pen.path(line_through(seam), line=self._inside, ink=self._sleeve, cap="butt")

    def _shoulder_over(self, pen: Pen) -> None:
        x, y = self._points[0]
        if not (at_the_head(self._pose) and self._person.covering == "headscarf"):
            # Without the line of the shoulder, which the body's colour covers.
            pen.path(
                line_through([(x - self._side * 4, y + 1), (x, y)]),
                line=self._inside,
                ink=self._sleeve,
            )

    def _hand_over(self, pen: Pen) -> None:
        if not self._hidden:
            pen.circle(*self.hand, self._palm - LINE / 2, self._skin, 0)

    def _seam_over(self, pen: Pen) -> None:
        if self._pose == "down":
            pen.path(line_through(self._seam), line=2, cap="butt" if self._hidden else "")

    def _edge(self, pen: Pen) -> None:
        if not self._hidden:
            self._draw_hand(pen)
        cap = "butt" if self._hidden else ""
        pen.path(self._route, line=self._wide, cap=cap)

    def _along(self, share: float) -> Point:
        """Return the place so far from the shoulder to the elbow."""
        start, end = self._points[:2]
        return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share

    def _draw_hand(self, pen: Pen) -> None:
        x, y = self.hand
        pen.circle(x, y, self._palm, self._skin)


def arms(person: Person, poses: Sequence[str], *, whole: bool) -> tuple[Arm, Arm]:
    """Return the left and the right arm."""
    left, right = poses
    return Arm(person, left, -1, whole=whole), Arm(person, right, 1, whole=whole)
