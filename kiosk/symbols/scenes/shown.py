"""What each scene shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kiosk.symbols.people import Cast
from kiosk.symbols.scenes import things
from kiosk.symbols.scenes.stage import FLOOR, WIDE, Stage

Scene = Callable[[Cast], Stage]

_GREEN = ("#e4f1e6", "#b5d9a3")
_PURPLE = ("#efe8f8", "#d3c5ea")
_BLUE = ("#e5eff9", "#bcd3ea")
_ORANGE = ("#fbeedd", "#eccfa6")
_YELLOW = ("#fdf3dc", "#b5d9a3")
_PINK = ("#fae8f0", "#eabfd4")


def healthy(cast: Cast) -> Stage:
    """Draw body and mind: play, food, and calm."""
    stage = Stage(cast, *_GREEN)
    pen = stage.pen
    things.sun(pen, 96, 24)
    things.tree(pen, 18, 150, 22)
    things.tree(pen, 236, 148, 17)
    stage.put("leo", 56, "glad", "high", "high")
    things.ball(pen, 86, FLOOR - 11)
    stage.put("mia", 130, "glad", "down", "up")
    things.apple(pen, 155, 66)
    things.thought(pen, 200, 27, 26, 15, ((200, 52, 2.6),))
    things.heart(pen, 200, 30, 0.9)
    stage.put("amir", 200, "calm", "heart", "heart")
    return stage


def safe(cast: Cast) -> Stage:
    """Draw a child between two adults, inside a shield."""
    stage = Stage(cast, *_PURPLE)
    things.shield(stage.pen, WIDE / 2, 82, 70, "#fff", "#643799", 5)
    stage.put("mum", 88, "happy", "down", "give")
    stage.put("dad", 162, "happy", "give", "down")
    stage.put("zara", 125, "calm", "heart", "down")
    return stage


def my_best(cast: Cast) -> Stage:
    """Draw three who each do another thing, and a star for each."""
    stage = Stage(cast, *_BLUE)
    pen = stage.pen
    stage.put("amir", 44, "glad", "front", "front")
    things.guitar(pen, 44, FLOOR - 40)
    things.easel(pen, 148, FLOOR)
    stage.put("zara", 98, "glad", "hip", "out")
    things.brush(pen, 129, 119)
    stage.put("mia", 208, "glad", "high", "high")
    things.basketball(pen, 208, 40)
    for x, y in ((44, 38), (98, 52), (234, 24)):
        things.star(pen, x, y, 13)
    return stage


def do_it_myself(cast: Cast) -> Stage:
    """Draw one who makes a sandwich, and an adult who stands back."""
    stage = Stage(cast, *_ORANGE)
    pen = stage.pen
    things.window(pen, 24, 20, 62, 46)
    stage.put("dad", 206, "happy", "hip", "hip")
    stage.put("amir", 98, "glad", "front", "front")
    things.table(pen, 28, 166, 122, FLOOR)
    things.loaf(pen, 54, 122)
    things.sandwich(pen, 98, 122)
    things.cheese(pen, 144, 122)
    return stage


def community(cast: Cast) -> Stage:
    """Draw a table in the street, for everybody."""
    stage = Stage(cast, *_YELLOW)
    pen = stage.pen
    for x, roof in ((4, "#dfa08f"), (94, "#a9c4e0"), (184, "#c9b5dd")):
        things.house(pen, x, 148, roof, 62)
    things.flags(pen, WIDE, 6)
    stage.put("gran", 32, "glad", "up", "give")
    stage.put("amir", 90, "glad", "down", "down", floor=151)
    stage.put("mum", 144, "glad", "down", "down", floor=151)
    things.table(pen, 58, 182, 120, FLOOR)
    things.cake(pen, 78, 120)
    things.cup(pen, 108, 120)
    things.cup(pen, 122, 120, things.RED)
    things.bowl(pen, 160, 120)
    stage.put("mia", 214, "glad", "down", "up", mirrored=True, floor=157)
    return stage


def heard(cast: Cast) -> Stage:
    """Draw a child who speaks, and three adults who listen."""
    stage = Stage(cast, *_PINK)
    pen = stage.pen
    stage.put("zara", 36, "talk", "down", "give")
    things.bubble(pen, 10, 10, 104, 62, (46, 76))
    things.house(pen, 18, 53, "#e8543f", 25, 2)
    things.heart(pen, 57, 39, 0.9)
    things.star(pen, 86, 36, 12)
    for name, x in (("dad", 122), ("doctor", 172), ("priya", 222)):
        stage.put(name, x, "happy", "ear", "down")
    return stage


def vision(cast: Cast) -> Stage:
    """Draw an adult who thinks of a good life for a child."""
    stage = Stage(cast, *_BLUE)
    pen = stage.pen
    things.tree(pen, 232, 150, 15)
    things.thought(pen, 156, 64, 72, 46, ((74, 90, 5.4), (63, 99, 3.2)))
    stage.half("zara", 156, 104, "glad")
    things.cap_and_tassel(pen, 110, 50)
    things.house(pen, 186, 84, "#e8543f", 34, 2.2)
    things.heart(pen, 111, 86, 0.8)
    stage.put("mum", 36, "happy", "down", "heart")
    return stage


def outcomes(cast: Cast) -> Stage:
    """Draw a family, and the six things that they want."""
    stage = Stage(cast, *_PURPLE)
    pen = stage.pen
    for name, x, mood, left, right in (
        ("dad", 76, "glad", "down", "down"),
        ("zara", 110, "glad", "down", "down"),
        ("amir", 143, "glad", "down", "down"),
        ("mum", 178, "glad", "down", "down"),
    ):
        stage.put(name, x, mood, left, right)
    places = [(25, 70), (46, 29), (98, 22), (152, 22), (204, 29), (225, 70)]
    for x, y in places:
        pen.circle(x, y, 17, "#fff")
    (heart, shield, star, bread, street, talk) = places
    things.heart(pen, heart[0], heart[1] + 3, 0.8)
    things.shield(pen, shield[0], shield[1], 9, "#8f6bc0")
    things.star(pen, star[0], star[1] + 0.5, 11.5)
    things.sandwich(pen, bread[0], bread[1] + 9)
    things.house(pen, street[0] - 11, street[1] + 11, "#3f86d6", 22, 1.8)
    things.bubble(
        pen, talk[0] - 10, talk[1] - 10, talk[0] + 10, talk[1] + 5, (talk[0] - 5, talk[1] + 11)
    )
    return stage


def together(cast: Cast) -> Stage:
    """Draw families and services who plan at one table."""
    stage = Stage(cast, *_GREEN)
    pen = stage.pen
    stage.put("doctor", 40, "happy", "down", "front", floor=150)
    stage.put("amir", 82, "talk", "down", "give", floor=150)
    stage.put("priya", 125, "happy", "down", "down", floor=150)
    stage.put("mum", 168, "happy", "down", "down", floor=150)
    stage.put("teacher", 210, "happy", "front", "down", floor=150)
    things.table(pen, 14, 236, 119, FLOOR)
    things.sheet(pen, 66, 119)
    things.sheet(pen, 143, 119)
    things.cup(pen, 104, 119)
    things.cup(pen, 188, 119, things.RED)
    return stage


def take_part(cast: Cast) -> Stage:
    """Draw young people who put up their hands, and staff who write down what they say."""
    stage = Stage(cast, *_ORANGE)
    pen = stage.pen
    stage.put("zara", 36, "glad", "down", "high")
    stage.put("mia", 90, "talk", "down", "up")
    stage.put("tom", 148, "happy", "up", "down")
    stage.put("priya", 212, "glad", "front", "front")
    things.clipboard(pen, 212, 120)
    return stage


def tell_us(cast: Cast) -> Stage:
    """Draw one who says how it was, with a face, to a member of staff."""
    stage = Stage(cast, *_PINK)
    pen = stage.pen
    stage.put("leo", 50, "talk", "down", "up")
    things.bubble(pen, 20, 12, 150, 64, (62, 80))
    for x, mouth, colour in (
        (48, "up", "#8fd07a"),
        (85, "flat", things.YELLOW),
        (122, "down", "#f2a65a"),
    ):
        things.smiley(pen, x, 38, mouth, colour, 15)
    stage.put("carl", 200, "happy", "ear", "down")
    return stage


def send(cast: Cast) -> Stage:
    """Draw children and young people, each of them another."""
    stage = Stage(cast, *_GREEN)
    pen = stage.pen
    things.sun(pen, 216, 26)
    things.tree(pen, 22, 150, 20)
    stage.put("leo", 32, "happy", "up", "down")
    stage.put("amir", 76, "glad")
    stage.put("mia", 123, "happy")
    stage.put("tom", 172, "happy")
    stage.put("zara", 221, "glad", "down", "down")
    return stage


def everyone(cast: Cast) -> Stage:
    """Draw people of the place, who say hello."""
    stage = Stage(cast, *_YELLOW)
    pen = stage.pen
    things.sun(pen, 226, 24)
    for x, roof in ((-8, "#dfa08f"), (62, "#a9c4e0"), (128, "#c9b5dd"), (196, "#9fcdb8")):
        things.house(pen, x, 148, roof, 62)
    stage.put("gran", 24, "glad", "down", "down", floor=149)
    stage.put("dad", 92, "glad", "up", "down", floor=149)
    stage.put("mum", 158, "glad", "down", "up", floor=149)
    stage.put("tom", 224, "happy", "down", "down", floor=150, cane=False)
    stage.put("leo", 58, "glad", "up", "down", floor=158)
    stage.put("mia", 120, "glad", "down", "down", floor=158)
    stage.put("zara", 190, "glad", "down", "up", floor=158)
    return stage


SCENES: Mapping[str, tuple[str, Scene]] = {
    "community": ("People eat together at a table in the street", community),
    "do it myself": ("A teenager makes a sandwich, a man stands back", do_it_myself),
    "everyone": ("People in front of their houses say hello", everyone),
    "healthy": ("People play, eat fruit and feel calm", healthy),
    "heard": ("A girl speaks, three adults listen", heard),
    "my best": ("People play music, paint and do sport", my_best),
    "outcomes": ("A family, and six things that they want", outcomes),
    "safe": ("A child between two adults, in a shield", safe),
    "send": ("Children and young people, side by side", send),
    "take part": ("Young people put up their hands", take_part),
    "tell us": ("A boy says how it was, staff listen", tell_us),
    "together": ("Families and services plan at one table", together),
    "vision": ("A woman thinks of a good life for a child", vision),
}
"""Name -> what it shows in words, and how it is drawn."""
