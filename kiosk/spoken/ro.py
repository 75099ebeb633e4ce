"""How numbers, signs and short forms are said in Romanian."""

# ruff: noqa: RUF001 - dashes, quotes and signs that look alike are what is told apart
from __future__ import annotations

import re

from kiosk.spoken import names
from kiosk.spoken.calendar import Clock, dates, days, short_months, times
from kiosk.spoken.digits import codes, leading_zero, phones, postcodes, short_numbers
from kiosk.spoken.letters import letters
from kiosk.spoken.money import Count, Currency, Sums, money
from kiosk.spoken.rule import Part, Rule, always, one_of
from kiosk.spoken.signs import Signs, fractions, minus, ranges, signs
from kiosk.spoken.table import Table

MONTHS = names.months("ro")
SHORT_MONTHS = {
    "ian": MONTHS[0],
    "feb": MONTHS[1],
    "mart": MONTHS[2],
    "apr": MONTHS[3],
    "iun": MONTHS[5],
    "iul": MONTHS[6],
    "aug": MONTHS[7],
    "sept": MONTHS[8],
    "sep": MONTHS[8],
    "oct": MONTHS[9],
    "nov": MONTHS[10],
    "noi": MONTHS[10],
    "dec": MONTHS[11],
}
DAYS = names.days("ro")
SHORT_DAYS = {
    "lun": DAYS[0],
    "mar": DAYS[1],
    "mie": DAYS[2],
    "vin": DAYS[4],
    "sâm": DAYS[5],
    "dum": DAYS[6],
    "Lun": DAYS[0],
    "Mar": DAYS[1],
    "Mie": DAYS[2],
    "Vin": DAYS[4],
    "Sâm": DAYS[5],
    "Dum": DAYS[6],
}
PER = {
    "zi": "pe zi",
    "săptămână": "pe săptămână",
    "lună": "pe lună",
    "an": "pe an",
    "oră": "pe oră",
    "persoană": "de persoană",
    "pers.": "de persoană",
}
SHORT_FORMS = {
    "str.": "strada",
    "Str.": "Strada",
    "tel.": "telefon",
    "Tel.": "Telefon",
    "nr.": "numărul",
    "Nr.": "Numărul",
    "de ex.": "de exemplu",
    "De ex.": "De exemplu",
    "ex.": "exemplu",
    "pag.": "pagina",
    "bd.": "bulevardul",
    "etc.": "et cetera",
    "dvs.": "dumneavoastră",
    "aprox.": "aproximativ",
    "Aprox.": "Aproximativ",
    "art.": "articolul",
    "alin.": "alineatul",
    "cap.": "capitolul",
    "dl.": "domnul",
    "Dl.": "Domnul",
    "dna.": "doamna",
    "Dna.": "Doamna",
}


def counted(one: str, few: str) -> Count:
    """Return how a thing is counted: with "de" from 20 on, save after 101 to 119 and so on."""

    def count(number: str) -> str:
        if number == "1":
            return f"1 {one}"
        value = int(re.sub(r"\D", "", number)[-2:])
        plain_one = 1 <= value <= 19 or number == "0"
        return f"{number} {few}" if plain_one else f"{number} de {few}"

    return count


LARGE = {
    "mie": counted("mie", "mii"),
    "mii": counted("mie", "mii"),
    "milioane": counted("milion", "milioane"),
    "milion": counted("milion", "milioane"),
    "mil.": counted("milion", "milioane"),
    "miliarde": counted("miliard", "miliarde"),
}
UNITS = {
    "min": counted("minut", "minute"),
    "h": counted("oră", "ore"),
    "km": counted("kilometru", "kilometri"),
    "cm": counted("centimetru", "centimetri"),
    "m": counted("metru", "metri"),
    "kg": counted("kilogram", "kilograme"),
    "sec": counted("secundă", "secunde"),
}
_DEGREES = counted("grad", "grade")
# What is counted: one of them is "o", and two of them are "două". Of what is neither, two are too.
SHE_ALONE = (
    *("persoană", "oră", "secundă", "zi", "săptămână", "lună", "liră", "fată", "femeie", "familie"),
    *("școală", "pagină", "clasă", "grupă", "întâlnire", "ședință", "sesiune", "parte", "linie"),
    *("cale", "opțiune", "întrebare", "soră", "mamă", "casă", "cameră", "stradă", "regulă", "idee"),
    *("imagine", "carte", "echipă", "evaluare", "decizie", "dată", "mie", "sută", "vizită"),
)
SHE = (
    *("persoane", "ore", "secunde", "zile", "săptămâni", "luni", "lire", "fete", "femei"),
    *("familii", "școli", "pagini", "clase", "grupe", "întâlniri", "ședințe", "sesiuni", "părți"),
    *("linii", "căi", "opțiuni", "întrebări", "surori", "mame", "case", "camere", "străzi"),
    *(
        "reguli",
        "idei",
        "imagini",
        "cărți",
        "echipe",
        "evaluări",
        "decizii",
        "mii",
        "sute",
        "vizite",
    ),
)
NEITHER = (
    *("minute", "grade", "kilograme", "locuri", "lucruri", "planuri", "servicii", "centre"),
    *("grupuri", "moduri", "feluri", "răspunsuri", "cuvinte", "puncte", "exemple", "milioane"),
    *("miliarde", "sferturi", "telefoane", "drepturi", "formulare", "documente", "evenimente"),
)
HE_ALONE = (
    *("leu", "ban", "minut", "cent", "euro", "dolar", "grad", "kilogram", "penny", "an", "om"),
    *("copil", "elev", "tânăr", "băiat", "părinte", "frate", "profesor", "loc", "lucru", "plan"),
    *("serviciu", "centru", "grup", "mod", "kilometru", "metru", "milion", "miliard", "exemplu"),
)
TENS = (
    *("", "", "douăzeci", "treizeci", "patruzeci", "cincizeci", "șaizeci", "șaptezeci", "optzeci"),
    "nouăzeci",
)
THINGS = ("oră", "ore", "an", "ani", "zi", "zile", "lună", "luni", "săptămâni", "minute", "lei")
ALONE = {"ore": "oră", "ani": "an", "zile": "zi", "luni": "lună", "minute": "minut", "lei": "leu"}
PARTS = {
    **dict.fromkeys(("½", "1/2"), "jumătate"),
    **dict.fromkeys(("¼", "1/4"), "un sfert"),
    **dict.fromkeys(("¾", "3/4"), "trei sferturi"),
}


def _letter(one: str) -> str:
    """Return a letter for the voice, which takes L and S between others for parts of words."""
    return {"L": "le", "S": "se"}.get(one, one)


def named(row: str) -> str:
    """Return letters for the voice."""
    return "-".join(map(_letter, row))


HOURS = {"2": "două", "12": "douăsprezece", "22": "douăzeci și două"}  # an hour is feminine


def _time(hour: str, minutes: str, half: str, _: bool) -> str:
    if minutes in ("", "00"):
        return f"{HOURS.get(hour, hour)} {half}"
    return f"{HOURS.get(hour, hour)} și {int(minutes)} {half}"


def _unit(match: re.Match[str]) -> list[Part]:
    word = UNITS[match[2]](match[1]).split(" ", 1)[1]
    ends = match.string[match.end() :].strip() == ""
    return [(match.start(2), match.end() - (ends and match[0].endswith(".")), word)]


def _degrees(match: re.Match[str]) -> list[Part]:
    return [(match.start(2), match.end(2), _DEGREES(match[1]).split(" ", 1)[1])]


def _alone(number: str, thing: str) -> str:
    return ALONE.get(thing, thing) if number == "1" else thing


def _many(match: re.Match[str]) -> str | None:
    """Return "două" for 2 of what is not masculine, and "o" for 1 of what is feminine."""
    number, she = int(match[1]), bool(match[2])
    if number == 1 or (number % 10 == 1 and (number == 11 or not she)):
        return None
    if number == 12:
        return "douăsprezece"
    last = "două" if number % 10 == 2 else "una"
    return f"{TENS[number // 10]} și {last}" if number > 20 else last


_FORMS = one_of(SHORT_FORMS)
_UNITS = one_of(UNITS)

SIGNS = Signs(
    between={"&": "și", "/": "sau", "+": "plus", "=": "egal", "×": "ori", "÷": "împărțit la"},
    before={
        "#": "numărul",
        "<": "mai puțin de",
        ">": "mai mult de",
        "~": "circa",
        "±": "plus minus",
        "≤": "cel mult",
        "≥": "cel puțin",
        "+": "plus",
        "×": "ori",
        "§": "paragraful",
    },
    after={"%": "la sută", "+": "plus", "°C": "grade C", "°": "grade"},
    anywhere={
        "#": "hashtag",
        "✓": "bifat",
        "✔": "bifat",
        "✅": "bifat",
        "☑": "bifat",
        "✗": "cruce",
        "✘": "cruce",
        "❌": "cruce",
        "@": "arond",
        "€": "euro",
        "$": "dolari",
        "£": "lire",
        "§": "paragraful",
        "№": "numărul",
        "²": "la pătrat",
        "³": "la cub",
        "=": "egal",
        "%": "la sută",
        "+": "plus",
        "&": "și",
    },
)

RULES: tuple[Rule, ...] = (
    Rule("și/sau", "sign", r"(?<![\w/])[sș]i/sau(?![\w/])", always("și sau"), {"și/sau": "și sau"}),
    Rule("24/7", "digit", r"(?<![\w/.,])24/7(?![\w/]|[.,]\d)", always("24 7"), {"24/7": "24 7"}),
    Rule(
        "one to one",
        "digit",
        r"(?<![\w.,:/-])(?:1-2-1|1:1)(?![\w/:-]|[.,]\d)",
        always("1 la 1"),
        {"1:1": "1 la 1"},
    ),
    # Without the pauses the voice makes one word of "A și".
    Rule(
        "A&E",
        "sign",
        r"(?<![\w&])([A-Z])&([A-Z])(?![\w&])",
        lambda m: f"{m[1]}, și, {m[2]}",
        {"A&E": "A, și, E"},
    ),
    *dates(MONTHS, examples={"3.12.2026": "3 decembrie 2026", "12/03/2026": "12 martie 2026"}),
    phones(
        "plus",
        ",",
        pairs=True,
        threes=False,
        examples={
            "021 123 45 67": "0 2 1, 1 2 3, 4 5, 6 7",
            "0721 234 567": "0 7 2 1, 2 3 4, 5 6 7",
        },
    ),
    postcodes(",", str, {"LU1 2BQ": "L U 1, 2 B Q"}),
    *codes("PIN|cod|codul|parola", str, {"cod 4821": "cod 4 8 2 1"}),
    *money(
        Sums(to="până la", per=PER, large=LARGE, thousands=".", decimal="[.,]", point=" virgulă "),
        (
            Currency(
                "de lei",
                "(?!)",
                "lei|leu|RON",
                counted("leu", "lei"),
                counted("ban", "bani"),
                counted("ban", "bani"),
                "bani|ban",
            ),
            Currency(
                "de lire",
                "£",
                "£|GBP",
                counted("liră", "lire"),
                counted("penny", "penny"),
                counted("penny", "penny"),
                "p",
            ),
            Currency(
                "de euro",
                "€",
                "€|EUR",
                counted("euro", "euro"),
                counted("cent", "cenți"),
                counted("cent", "cenți"),
            ),
            Currency(
                "de dolari",
                r"\$",
                r"\$",
                counted("dolar", "dolari"),
                counted("cent", "cenți"),
                counted("cent", "cenți"),
            ),
        ),
        {"1,50 lei": "un leu 50 de bani", "20 lei": "20 de lei", "5-10 lei": "5 până la 10 lei"},
    ),
    *short_numbers(
        r"sună|sunați|suna|apel|apelează|tel\.?|telefon|numărul|SMS|trimite|NHS",
        r"999|112|119|111|101|116",
        "persoane|copii|familii|școli|pagini|zile|oameni|elevi|de",
        {"Sună la 999": "Sună la 9 9 9", "SMS la 85258": "SMS la 8 5 2 5 8"},
    ),
    *times(
        Clock(
            _time,
            "până la",
            at="ora|orele|la|de la|până la|după|înainte de|între",
            starts="de la|ora|orele|între",
            between="la|până la|și",
            first=("de la", "între"),
        ),
        {"9:30–15:00": "de la 9 și 30 până la 15", "ora 9.30": "ora 9 și 30"},
    ),
    Rule(
        "so many and a half",
        "digit",
        rf"(?<![\w.,])(\d{{1,3}})(?: ?([½¼¾])| (1/2|1/4|3/4)) ({one_of(THINGS)})\b",
        lambda m: f"{m[1]} {_alone(m[1], m[4])} și {PARTS[m[2] or m[3]]}",
        {"2 1/2 ore": "două ore și jumătate", "3½ ani": "3 ani și jumătate"},
    ),
    Rule(
        "half of something",
        "sign",
        r"(?<![\w½¼¾.,:/+-])(?<!\d )(?:½|1/2)(?= (?!(?:din|de|și|sau|la|pe|în)\b)[^\W\d])",
        always("jumătate de"),
        {"½ oră": "jumătate de oră"},
    ),
    *fractions(
        {
            (1, 2): "jumătate",
            (1, 3): "o treime",
            (2, 3): "două treimi",
            (1, 4): "un sfert",
            (3, 4): "trei sferturi",
            (1, 5): "o cincime",
            (2, 5): "două cincimi",
            (3, 5): "trei cincimi",
            (4, 5): "patru cincimi",
        },
        mixed=lambda whole, part: f"{whole} și {part}",
        out_of=lambda above, below: f"{above} din {below}",
        examples={"1/2": "jumătate", "9/10": "9 din 10"},
    ),
    *days(
        SHORT_MONTHS,
        tuple(SHORT_MONTHS),
        MONTHS,
        to="până la",
        joins="până la|la|și|sau",
        dot=True,
        examples={},
    ),
    *short_months(SHORT_MONTHS, {"3 sept. 2026": "3 septembrie 2026"}, to="până la"),
    *days(
        SHORT_DAYS,
        ("mar", "Mar", "mie", "Mie", "vin", "Vin"),
        DAYS,
        to="până",
        joins="până|și|sau|la",
        dot=True,
        examples={"lun.–vin. 9": "luni până vineri 9"},
    ),
    *ranges("până la", "", "%", "la", {"0-25": "0 până la 25", "2025/26": "2025 la 26"}),
    Rule(
        "decimal",
        "digit",
        r"(?<![\w.,])\d+(,)(?=\d{1,2}(?![\w]|[.,]\d))",
        lambda m: [(m.start(1), m.end(1), "virgulă")],
        {"1,5": "1 virgulă 5"},
    ),
    *leading_zero([*MONTHS, *SHORT_MONTHS], {"03 martie": "3 martie"}),
    Rule("degrees", "digit", r"(?<![\w.,])(\d+) ?(°)", _degrees, {"20°C": "20 de grade C"}),
    Rule(
        "units",
        "digit",
        rf"(?<![\w.,])(\d+) ?({_UNITS})(?![^\W²³])\.?",
        _unit,
        {"20 min": "20 de minute"},
    ),
    Rule(
        "pages",
        "digit",
        r"(?<![\w.])pag\.(?= ?\d+ ?[-–] ?\d)",
        always("paginile"),
        {"pag. 3-5": "paginile 3 până la 5"},
    ),
    Rule(
        "short forms",
        "letter",
        rf"(?<![\w.])({_FORMS})(?!\w)",
        lambda m: SHORT_FORMS[m[1]],
        {"str. Lungă": "strada Lungă"},
    ),
    *letters(named, "", {"EHCP": "E-H-C-P"}),
    minus("minus"),
    Rule(
        "x between numbers",
        "digit",
        r"(?<=\d) ?(x) ?(?=\d)",
        lambda m: [(m.start(1), m.end(1), "ori")],
        {"2 x 30": "2 ori 30"},
    ),
    *signs(SIGNS, {"el/ea": "el sau ea", "mama & tata": "mama și tata"}),
)
# Digits in the form that their sentence asks for, where the voice has one form only.
FORMS = (
    Rule(
        "one",
        "digit",
        rf"(?<![\w.,])1(?= (?:({one_of(HE_ALONE)})|{one_of(SHE_ALONE)})\b)",
        lambda m: "un" if m[1] else "o",
    ),
    Rule(
        "first of a month",
        "digit",
        rf"(?<![\w.,])1(?= (?:{one_of(MONTHS)})\b)",
        always("întâi"),
    ),
    Rule(
        "name of an hour",
        "digit",
        r"(?<=[Oo]ra )(2|12|22)(?!\w|[.,]\d)",
        lambda m: HOURS[m[1]],
    ),
    Rule(
        "one and two of many",
        "digit",
        rf"(?<![\w.,])([2-9]?[12]|12)"
        rf"(?= (?:de )?(?:({one_of(SHE)})|{one_of(NEITHER)}|ori(?! \d))\b)",
        _many,
    ),
)
TABLE = Table(RULES, SIGNS.hard(), MONTHS, SHORT_MONTHS, FORMS)
