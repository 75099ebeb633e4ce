"""Polish digits in the form that their sentence asks for, where the voice has one form only."""

from __future__ import annotations

import re

from kiosk.spoken.rule import Part, Rule, always

_FIRST = ("pierwszego", "drugiego", "trzeciego", "czwartego", "piątego", "szóstego", "siódmego")
_ORDINALS = (
    *("", *_FIRST, "ósmego", "dziewiątego", "dziesiątego", "jedenastego", "dwunastego"),
    *("trzynastego", "czternastego", "piętnastego", "szesnastego", "siedemnastego"),
    *("osiemnastego", "dziewiętnastego"),
)
_TENS = (
    *("", "", "dwudziestego", "trzydziestego", "czterdziestego", "pięćdziesiątego"),
    *("sześćdziesiątego", "siedemdziesiątego", "osiemdziesiątego", "dziewięćdziesiątego"),
)

_OF = (
    *("zera", "jednego", "dwóch", "trzech", "czterech", "pięciu", "sześciu", "siedmiu", "ośmiu"),
    *("dziewięciu", "dziesięciu", "jedenastu", "dwunastu", "trzynastu", "czternastu"),
    *("piętnastu", "szesnastu", "siedemnastu", "osiemnastu", "dziewiętnastu"),
)
_OF_TENS = (
    *("", "", "dwudziestu", "trzydziestu", "czterdziestu", "pięćdziesięciu", "sześćdziesięciu"),
    *("siedemdziesięciu", "osiemdziesięciu", "dziewięćdziesięciu"),
)
_TENS_PLAIN = (
    *("", "", "dwadzieścia", "trzydzieści", "czterdzieści", "pięćdziesiąt", "sześćdziesiąt"),
    *("siedemdziesiąt", "osiemdziesiąt", "dziewięćdziesiąt"),
)
_OF_CHILDREN = (
    *("dwoje", "troje", "czworo", "pięcioro", "sześcioro", "siedmioro", "ośmioro"),
    *("dziewięcioro", "dziesięcioro"),
)
# What is counted in another way than things are: women and many a thing, and people.
_SHE = (
    "osoby|godziny|minuty|sekundy|strony|szkoły|rodziny|klasy|sprawy|rzeczy|grupy|książki|części|"
    "wizyty|lekcje|sesje|usługi|placówki|uczennice|dziewczynki|dziewczyny|kobiety|siostry|córki|"
    "mamy|noce|zasady|opcje|odpowiedzi|decyzje|umowy|ulice|linie|rady|rozmowy|przerwy|drogi|próby"
)
_SHE_ALONE = (
    "osoba|godzina|minuta|sekunda|strona|szkoła|rodzina|klasa|sprawa|rzecz|grupa|książka|część|"
    "wizyta|lekcja|sesja|usługa|placówka|uczennica|dziewczynka|dziewczyna|kobieta|siostra|córka|"
    "mama|noc|zasada|opcja|odpowiedź|decyzja|umowa|ulica|linia|rada|rozmowa|przerwa|droga|próba|"
    r"na \d+ os[oó]b\w*|z \d+ osób"
)
_IT = "piętro|dziecko|miejsce|zdanie|pytanie|spotkanie|słowo|zdjęcie|okno|biuro|euro|ćwiczenie"
_PEOPLE = (
    "uczniów|nauczycieli|lekarzy|ludzi|rodziców|pracowników|doradców|chłopców|mężczyzn|opiekunów|"
    "studentów|specjalistów|terapeutów|kolegów|przyjaciół|braci|synów|członków|wolontariuszy|"
    "młodych ludzi|dorosłych"
)
# Those that tables give beside a number.
_OF_THINGS = {
    **{"złoty": "złotego", "złote": "złotych", "grosz": "grosza", "grosze": "groszy"},
    **{"funt": "funta", "funty": "funtów", "pens": "pensa", "pensy": "pensów"},
    **{"minuta": "minuty", "minuty": "minut", "godzina": "godziny", "godziny": "godzin"},
    **{"sekunda": "sekundy", "sekundy": "sekund", "rok": "roku", "lata": "lat"},
    **{"kilometr": "kilometra", "kilometry": "kilometrów", "metr": "metra", "metry": "metrów"},
    **{"tysiąc": "tysiąca", "tysiące": "tysięcy", "milion": "miliona", "miliony": "milionów"},
}
_COUNT = r"(?:[1-9]?\d|100)"
_OF_WHAT = "od|do|około|dla|bez|powyżej|poniżej|spośród"
_NO_THING = r"(?:do|i|lub|oraz|a|w|na|o|po|za|z|rano|wieczorem)\b"


def _of(number: int) -> str:
    """Return "trzech" for 3, up to 100: "of three", of whatever it is."""
    if number == 100:
        return "stu"
    if number < 20:
        return _OF[number]
    one = "jeden" if number % 10 == 1 else _OF[number % 10] if number % 10 else ""
    return f"{_OF_TENS[number // 10]} {one}".strip()


def _of_some(match: re.Match[str]) -> list[Part] | None:
    before, after = match.string[: match.start()], match.string[match.end() :]
    if re.search(r"\d \w+ $", before):  # "3 funty do 7 funtów": it began with no "od"
        return None
    thing = re.match(r" (\w+)", after)
    name = thing[1] if thing else ""
    found = [
        (*match.span(place), _of_thing(int(match[place]), _OF_THINGS.get(name, name)))
        for place in range(1, match.re.groups + 1)
        if match[place]
    ]
    if thing and name in _OF_THINGS:
        start, end = (match.end() + at for at in thing.span(1))
        found.append((start, end, _OF_THINGS[name]))
    return found


def _of_thing(number: int, name: str) -> str:
    if number == 1 and name.endswith(("y", "i")):
        return "jednej"
    if 2 <= number <= 10 and name == "dzieci":
        return re.sub("o$", "ga", re.sub("oje$", "ojo", _OF_CHILDREN[number - 2]))
    return _of(number)


def _she(match: re.Match[str]) -> str | None:
    number = int(match[1])
    if number % 10 != 2 or number == 12:
        return None
    return f"{_TENS_PLAIN[number // 10]} dwie".strip()


def _years(match: re.Match[str]) -> str:
    many = "e" if match[1] == "lata" else "ych"
    return f"{match[1]} {re.sub('ego$', many, _TENS[int(match[2])])}"


def ordinal(number: int) -> str:
    """Return "trzeciego" for 3, up to 99."""
    if number < 20:
        return _ORDINALS[number]
    return f"{_TENS[number // 10]} {_ORDINALS[number % 10]}".strip()


def hour(number: int) -> str:
    """Return "trzeciej" for 3: Polish says "at the third" of an hour."""
    return "zerowej" if number == 0 else re.sub("ego\\b", "ej", ordinal(number))


def named_hour(said: str) -> str:
    """Return "trzecia" for "trzeciej": what the time is, and not at what time."""
    return said.replace("giej", "ga").replace("ej", "a")


def _day(match: re.Match[str]) -> list[Part]:
    return [
        (*match.span(place), ordinal(int(match[place])))
        for place in (1, 2)
        if match[place] and int(match[place])
    ]


def _year(match: re.Match[str]) -> list[Part] | None:
    century, rest = match["century"], int(match["rest"])
    if rest == 0:
        whole = "dwutysięcznego" if century == "20" else None
        return (
            None
            if whole is None or match["within"]
            else [(*match.span("century"), whole), (*match.span("rest"), "")]
        )
    said = ordinal(rest)
    if match["within"]:  # "w roku": drugim, trzecim, czwartym
        said = re.sub("iego\\b", "im", said)
        said = re.sub("ego\\b", "ym", said)
    thousand = "dwa tysiące" if century == "20" else "tysiąc dziewięćset"
    return [(match.start("century"), match.end("rest"), f"{thousand} {said}")]


def forms(months: str) -> tuple[Rule, ...]:
    """Return the rules; months: a pattern of them. They look at what the table has said."""
    day = r"(?<![\w.,])([12]?\d|3[01])"
    year = r"(?P<century>19|20)(?P<rest>\d\d)(?!\w)"
    return (
        Rule("day", "digit", rf"{day} (?:do ([12]?\d|3[01]) )?(?={months})", _day),
        Rule(
            "year",
            "digit",
            rf"(?:(?P<within>(?<!\w)[Ww] )|(?<!\w)(?:{months}) |(?=\d{{4}} roku)){year}",
            lambda match: _year(match) if not match["within"] or _is_year(match) else None,
        ),
        Rule(
            "name of an hour",
            "letter",
            r"(?<=[Gg]odzina )\w+ej(?: \w+ej)?\b",
            lambda match: named_hour(match[0]),
        ),
        Rule(
            "one and a half",
            "digit",
            r"(?<![\w.,])1 i pół(?= \w*(\w)\b)",
            lambda match: "półtorej" if match[1] in "iy" else "półtora",
        ),
        Rule(
            "of so many",
            "digit",
            rf"(?<!\w)(?<!\d )(?i:{_OF_WHAT}) ({_COUNT})(?: do ({_COUNT}))?"
            rf"(?= (?!{_NO_THING})[^\W\d])",
            _of_some,
        ),
        Rule(
            "in so many",
            "digit",
            rf"(?<!\w)(?i:we?|po|o|na|przy) ({_COUNT})(?= \w+ach\b)",
            _of_some,
        ),
        Rule(
            "one, and women",
            "digit",
            rf"(?<![\w.,])1(?= (?:{_SHE_ALONE})\b)",
            always("jedna"),
        ),
        Rule("one, and neither", "digit", rf"(?<![\w.,])1(?= (?:{_IT})\b)", always("jedno")),
        Rule("two, and women", "digit", rf"(?<![\w.,])(\d?2)(?= (?:{_SHE})\b)", _she),
        Rule(
            "children",
            "digit",
            r"(?<![\w.,])([2-9]|10)(?= dzieci\b)",
            lambda match: _OF_CHILDREN[int(match[1]) - 2],
        ),
        Rule(
            "people",
            "digit",
            rf"(?<![\w.,])([2-9]|[1-9]\d|100)(?= (?:{_PEOPLE})\b)",
            lambda match: _of(int(match[1])),
        ),
        Rule(
            "decade",
            "digit",
            r"(?<!\w)(lata|lat|latach) ([2-9])0(?:\.(?! *$|\d)|(?=\.? *$|[,;)]))",
            _years,
        ),
    )


def _is_year(match: re.Match[str]) -> bool:
    return match.string.startswith(" roku", match.end())
