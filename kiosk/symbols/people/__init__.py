"""The people in the pictures: our own drawings, the same cast through a whole site."""

from kiosk.symbols.people.drawn import ARMS, MOODS, figure
from kiosk.symbols.people.own_cast import FILE, read_cast
from kiosk.symbols.people.person import WHO, Cast, Person
from kiosk.symbols.people.shipped import SHIPPED

__all__ = ["ARMS", "FILE", "MOODS", "SHIPPED", "WHO", "Cast", "Person", "figure", "read_cast"]
