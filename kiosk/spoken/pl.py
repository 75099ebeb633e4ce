"""How numbers, signs and short forms are said in Polish."""

# ruff: noqa: RUF001 - dashes, quotes and signs that look alike are what is told apart
from __future__ import annotations

import re

from kiosk.spoken import names
from kiosk.spoken.calendar import Clock, dates, days, short_months, times
from kiosk.spoken.digits import codes, leading_zero, phones, postcodes, short_numbers
from kiosk.spoken.letters import letters
from kiosk.spoken.money import Currency, Sums, money, plural
from kiosk.spoken.pl_forms import forms, named_hour
from kiosk.spoken.pl_forms import hour as hour_of
from kiosk.spoken.rule import Part, Rule, always, one_of
from kiosk.spoken.signs import Signs, fractions, minus, ranges, signs
from kiosk.spoken.table import Table

MONTHS = names.months("pl")
SHORT_MONTHS = {
    "sty": MONTHS[0],
    "lut": MONTHS[1],
    "mar": MONTHS[2],
    "kwi": MONTHS[3],
    "cze": MONTHS[5],
    "lip": MONTHS[6],
    "sie": MONTHS[7],
    "wrz": MONTHS[8],
    "paź": MONTHS[9],
    "lis": MONTHS[10],
    "gru": MONTHS[11],
}
DAYS = names.days("pl")
_OF_DAYS = ("poniedziałku", "wtorku", "środy", "czwartku", "piątku", "soboty", "niedzieli")
DAYS_FROM_TO = {day: (f"od {of}", of) for day, of in zip(DAYS, _OF_DAYS, strict=True)}
ON_DAY = {"środa": "środę", "sobota": "sobotę", "niedziela": "niedzielę"}
SHORT_DAYS = {
    "pon": DAYS[0],
    "pn": DAYS[0],
    "wt": DAYS[1],
    "śr": DAYS[2],
    "czw": DAYS[3],
    "pt": DAYS[4],
    "sob": DAYS[5],
    "ndz": DAYS[6],
    "niedz": DAYS[6],
    "nd": DAYS[6],
    "Pon": DAYS[0],
    "Pn": DAYS[0],
    "Wt": DAYS[1],
    "Śr": DAYS[2],
    "Czw": DAYS[3],
    "Pt": DAYS[4],
    "Sob": DAYS[5],
    "Niedz": DAYS[6],
}
LARGE = {
    r"tys": plural("tysiąc", "tysiące", "tysięcy"),
    "mln": plural("milion", "miliony", "milionów"),
    "mld": plural("miliard", "miliardy", "miliardów"),
}
LARGE |= {"tys.": LARGE["tys"]}
PER = {
    "dzień": "na dzień",
    "tydzień": "na tydzień",
    "miesiąc": "na miesiąc",
    "rok": "na rok",
    "godz.": "za godzinę",
    "godz": "za godzinę",
    "h": "za godzinę",
    "godzinę": "za godzinę",
    "osobę": "od osoby",
    "os.": "od osoby",
}
# Short forms after a number, counted in three ways.
UNITS = {
    "min": plural("minuta", "minuty", "minut"),
    "h": plural("godzina", "godziny", "godzin"),
    "godz": plural("godzina", "godziny", "godzin"),
    "sek": plural("sekunda", "sekundy", "sekund"),
    "km": plural("kilometr", "kilometry", "kilometrów"),
    "m": plural("metr", "metry", "metrów"),
    "cm": plural("centymetr", "centymetry", "centymetrów"),
    "l": plural("rok", "lata", "lat"),
    "kg": plural("kilogram", "kilogramy", "kilogramów"),
}
# Short forms of their own: those that the voice does not say in full by itself.
SHORT_FORMS = {
    "o godz.": "o godzinie",
    "w godz.": "w godzinach",
    "od godz.": "od godziny",
    "do godz.": "do godziny",
    "ul.": "ulica",
    "tel.": "telefon",
    "godz.": "godzina",
    "nr": "numer",
    "Nr": "Numer",
    "Tel.": "Telefon",
    "Ul.": "Ulica",
    "Godz.": "Godzina",
    "m.in.": "między innymi",
    "ok.": "około",
    "pl.": "plac",
    "al.": "aleja",
    "str.": "strona",
    "wg": "według",
    "itp.": "i tym podobne",
    "art.": "artykuł",
    "rozdz.": "rozdział",
    "ust.": "ustęp",
    "pkt": "punkt",
}


def _letter(one: str) -> str:
    """Return a letter for the voice, which takes W and Z for words."""
    return {"W": "wu", "Z": "zet"}.get(one, one)


def named(row: str) -> str:
    """Return letters for the voice."""
    return "-".join(map(_letter, row))


def _time(hour: str, minutes: str, half: str, _: bool) -> str:
    if minutes in ("", "00"):
        return f"{hour_of(int(hour))} {half}"
    return f"{hour_of(int(hour))} {' '.join(minutes) if minutes[0] == '0' else minutes} {half}"


def _time_alone(hour: str, minutes: str, half: str, ends: bool) -> str:
    return named_hour(_time(hour, minutes, half, ends))


def _unit(match: re.Match[str]) -> list[Part]:
    word = UNITS[match[2]](match[1]).split(" ", 1)[1]
    ends = match.string[match.end() :].strip() == ""
    return [(match.start(2), match.end() - (ends and match[0].endswith(".")), word)]


_FORMS = one_of(SHORT_FORMS)
_UNITS = one_of(UNITS)

SIGNS = Signs(
    between={
        "&": "i",
        "/": "lub",
        "+": "plus",
        "=": "równa się",
        "×": "razy",
        "÷": "podzielić przez",
    },
    before={
        "#": "numer",
        "<": "mniej niż",
        ">": "więcej niż",
        "~": "około",
        "±": "plus minus",
        "≤": "najwyżej",
        "≥": "co najmniej",
        "+": "plus",
        "×": "razy",
    },
    after={"%": "procent", "+": "plus", "°C": "stopni C", "°": "stopni"},
    anywhere={
        "#": "hasztag",
        "✓": "zaznaczone",
        "✔": "zaznaczone",
        "✅": "zaznaczone",
        "☑": "zaznaczone",
        "✗": "krzyżyk",
        "✘": "krzyżyk",
        "❌": "krzyżyk",
        "@": "małpa",
        "€": "euro",
        "$": "dolarów",
        "£": "funtów",
        "§": "paragraf",
        "№": "numer",
        "²": "do kwadratu",
        "³": "do sześcianu",
        "=": "równa się",
        "%": "procent",
        "+": "plus",
        "&": "i",
    },
)

RULES: tuple[Rule, ...] = (
    Rule("i/lub", "sign", r"(?<![\w/])i/lub(?![\w/])", always("i lub"), {"i/lub": "i lub"}),
    Rule(
        "24/7", "digit", r"(?<![\w/.,])24/7(?![\w/]|[.,]\d)", always("24 na 7"), {"24/7": "24 na 7"}
    ),
    Rule(
        "one to one",
        "digit",
        r"(?<![\w.,:/-])(?:1-2-1|1:1)(?![\w/:-]|[.,]\d)",
        always("1 na 1"),
        {"1:1": "1 na 1"},
    ),
    *dates(
        MONTHS,
        examples={
            "3.12.2026": "trzeciego grudnia dwa tysiące dwudziestego szóstego",
            "12/03/2026": "dwunastego marca dwa tysiące dwudziestego szóstego",
        },
    ),
    phones(
        "plus",
        ",",
        pairs=True,
        threes=False,
        examples={
            "22 123 45 67": "2 2, 1 2 3, 4 5, 6 7",
            "+48 22 123 45 67": "plus 4 8, 2 2, 1 2 3, 4 5, 6 7",
        },
    ),
    postcodes(",", _letter, {"LU1 2BQ": "L U 1, 2 B Q"}),
    Rule(
        "Polish postcode",
        "digit",
        r"(?<![\w.,:/-])(\d\d)-(\d{3})(?![\w/-]|[.,]\d)",
        lambda m: f"{' '.join(m[1])}, {' '.join(m[2])}",
        {"00-950": "0 0, 9 5 0"},
    ),
    *codes("PIN|kod|hasło", _letter, {"kod 4821": "kod 4 8 2 1"}),
    *money(
        Sums(to="do", per=PER, large=LARGE, thousands=" ", decimal="[.,]", point=" przecinek "),
        (
            Currency(
                "złotych",
                "(?!)",
                "zł|PLN",
                plural("złoty", "złote", "złotych"),
                plural("grosz", "grosze", "groszy"),
                plural("grosz", "grosze", "groszy"),
                "gr",
            ),
            Currency(
                "funtów",
                "£",
                "£|GBP",
                plural("funt", "funty", "funtów"),
                plural("pens", "pensy", "pensów"),
                plural("pens", "pensy", "pensów"),
                "p",
            ),
            Currency(
                "euro",
                "€",
                "€|EUR",
                plural("euro", "euro"),
                plural("cent", "centy", "centów"),
                plural("cent", "centy", "centów"),
            ),
            Currency(
                "dolarów",
                r"\$",
                r"\$",
                plural("dolar", "dolary", "dolarów"),
                plural("cent", "centy", "centów"),
                plural("cent", "centy", "centów"),
            ),
        ),
        {"1,50 zł": "1 złoty 50 groszy", "2 zł": "2 złote", "5-10 zł": "5 do 10 złotych"},
    ),
    *short_numbers(
        r"zadzwoń|dzwoń|tel\.?|telefon|numer|SMS|wyślij|napisz|NHS",
        r"999|998|997|112|111|101|116",
        "osób|dzieci|rodzin|szkół|stron|dni|ludzi|uczniów",
        {"Zadzwoń 999": "Zadzwoń 9 9 9", "SMS na 85258": "S-M-S na 8 5 2 5 8"},
    ),
    *times(
        Clock(
            _time,
            "do",
            at=r"o|od|do|po|przed|około|ok\.|godz\.|godzina|godzinie|godziny|między|a|i|lub|oraz",
            starts=r"od|między|godz\.|godziny|godzinach",
            between="do|a|i",
            first=("od", "między"),
            bare=_time_alone,
        ),
        {"9.30–15.00": "od dziewiątej 30 do piętnastej", "o 9:30": "o dziewiątej 30"},
    ),
    *fractions(
        {
            (1, 2): "pół",
            (1, 3): "jedna trzecia",
            (2, 3): "dwie trzecie",
            (1, 4): "jedna czwarta",
            (3, 4): "trzy czwarte",
            (1, 5): "jedna piąta",
            (2, 5): "dwie piąte",
            (3, 5): "trzy piąte",
            (4, 5): "cztery piąte",
        },
        mixed=lambda whole, part: f"{whole} i {part}",
        out_of=lambda above, below: f"{above} na {below}",
        examples={"1/2": "pół", "9/10": "9 na 10"},
    ),
    *days(
        SHORT_MONTHS,
        tuple(SHORT_MONTHS),
        MONTHS,
        to="do",
        joins="do|i|lub|oraz",
        dot=True,
        examples={},
    ),
    *short_months(
        SHORT_MONTHS,
        {"3 wrz. 2026": "trzeciego września dwa tysiące dwudziestego szóstego"},
        to="do",
    ),
    *days(
        SHORT_DAYS,
        ("pt", "nd", "pn", "wt", "Wt", "Pn", "Pt"),
        DAYS,
        to="do",
        joins="do|i|lub|oraz",
        dot=True,
        on="[Ww]e? |[Nn]a |[Cc]o ",
        on_day=ON_DAY,
        ends=DAYS_FROM_TO,
        examples={
            "pon.–pt. 9": "od poniedziałku do piątku 9",
            "w pon. i śr. o 9": "w poniedziałek i środę o 9",
        },
    ),
    *ranges("do", "", "%|r", "na", {"0-25": "0 do 25", "2025/26": "2025 na 26"}),
    Rule(
        "decimal",
        "digit",
        r"(?<![\w.,])\d+(,)(?=\d{1,2}(?![\w]|[.,]\d))",
        lambda m: [(m.start(1), m.end(1), "przecinek")],
        {"1,5": "1 przecinek 5"},
    ),
    *leading_zero([*MONTHS, *SHORT_MONTHS], {"03 marca": "trzeciego marca"}),
    Rule(
        "year",
        "digit",
        r"(?<=\d{4} )r(?:\.(?! *$))?(?!\w)",
        always("roku"),
        {"2026 r. jest": "dwa tysiące dwudziestego szóstego roku jest"},
    ),
    Rule(
        "units",
        "digit",
        rf"(?<![\w.,])(\d+) ?({_UNITS})(?![^\W²³])\.?",
        _unit,
        {"15 min": "15 minut"},
    ),
    Rule(
        "pages",
        "digit",
        r"(?<![\w.])str\.(?= ?\d+ ?[-–] ?\d)",
        always("strony"),
        {"str. 3-5": "strony 3 do 5"},
    ),
    Rule(
        "short forms",
        "letter",
        rf"(?<![\w.])({_FORMS})(?!\w)",
        lambda m: SHORT_FORMS[m[1]],
        {"ul. Długa": "ulica Długa"},
    ),
    Rule("SMS", "letter", r"\bSMS\b", always("S-M-S"), {"SMS": "S-M-S"}),
    *letters(named, "", {"EHCP": "E-H-C-P"}),
    minus("minus"),
    Rule(
        "x between numbers",
        "digit",
        r"(?<=\d) ?(x) ?(?=\d)",
        lambda m: [(m.start(1), m.end(1), "razy")],
        {"2 x 30": "2 razy 30"},
    ),
    *signs(SIGNS, {"on/ona": "on lub ona", "mama & tata": "mama i tata"}),
)
TABLE = Table(RULES, SIGNS.hard(), MONTHS, SHORT_MONTHS, forms(one_of(MONTHS)))
