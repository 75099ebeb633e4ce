"""The people that every site has, until it changes them."""

from __future__ import annotations

from types import MappingProxyType

from kiosk.symbols.people.person import COLOURS, NO_SKIN, STAFF, STAFF_COLOUR, Cast, Person

_C = COLOURS

_ZARA = Person(
    "girl",
    "child",
    skin=4,
    hair="puffs",
    wears="shirt",
    top=_C["yellow"],
    bottom=_C["purple"],
)
_LEO = Person(
    "boy",
    "child",
    skin=1,
    hair="short",
    hair_colour=_C["ginger"],
    wears="shirt",
    top=_C["green"],
    bottom=_C["dark grey"],
)
_AMIR = Person(
    "teenager",
    "teenager",
    skin=3,
    hair="spiky",
    hearing_aid=True,
    wears="hoodie",
    top=_C["red"],
    bottom=_C["blue"],
)
_MIA = Person(
    "teenager",
    "teenager",
    skin=2,
    hair="wavy",
    hair_colour=_C["brown"],
    wheelchair=True,
    top=_C["lilac"],
    bottom=_C["blue"],
)
_TOM = Person(
    "young man",
    "teenager",
    skin=5,
    hair="curly",
    glasses="dark",
    cane=True,
    top=_C["light blue"],
    bottom=_C["brown"],
)
_MUM = Person(
    "woman",
    skin=3,
    covering="headscarf",
    covering_colour=_C["mint"],
    wears="dress",
    top=_C["teal"],
    bottom=_C["dark grey"],
)
_DAD = Person("man", skin=4, hair="crop", beard="short", top=_C["orange"], bottom=_C["dark grey"])
_GRAN = Person(
    "grandmother",
    "older",
    skin=1,
    hair="bun",
    hair_colour=_C["grey"],
    glasses="clear",
    wears="cardigan",
    top=_C["pink"],
    bottom=_C["plum"],
)
_PRIYA = Person(STAFF, skin=3, hair="long", top=_C[STAFF_COLOUR])
_CARL = Person(
    STAFF,
    skin=1,
    hair="short",
    hair_colour=_C["brown"],
    glasses="clear",
    top=_C[STAFF_COLOUR],
)
_TEACHER = Person(
    "teacher",
    skin=1,
    hair="bob",
    hair_colour=_C["blond"],
    glasses="clear",
    wears="cardigan",
    top=_C["plum"],
)
_DOCTOR = Person("doctor", skin=5, hair="crop", wears="coat", top=_C["light blue"])
_LEADER = Person("leader", skin=4, hair="bun", wears="suit", top=_C["dark grey"])
_LEADER2 = Person(
    "leader",
    skin=1,
    hair="crop",
    hair_colour=_C["grey"],
    glasses="clear",
    wears="suit",
    top=_C["dark grey"],
)
_BABY = Person("baby", "baby", skin=3, hair="tuft", top=_C["light blue"], bottom=_C["light blue"])
_OTHER = Person(
    "person",
    "teenager",
    skin=NO_SKIN,
    hair="crop",
    hair_colour=_C["grey"],
    top="#8d9096",
    bottom="#6d7077",
)

SHIPPED: Cast = MappingProxyType(
    {
        "zara": _ZARA,
        "leo": _LEO,
        "amir": _AMIR,
        "mia": _MIA,
        "tom": _TOM,
        "mum": _MUM,
        "dad": _DAD,
        "gran": _GRAN,
        "priya": _PRIYA,
        "carl": _CARL,
        "staff": _PRIYA,
        "teacher": _TEACHER,
        "doctor": _DOCTOR,
        "leader": _LEADER,
        "leader2": _LEADER2,
        "baby": _BABY,
        "other": _OTHER,
    }
)
