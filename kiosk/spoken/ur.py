"""How numbers, signs and short forms are said in Urdu."""

# ruff: noqa: RUF001 - dashes, quotes and signs that look alike are what is told apart
from __future__ import annotations

from kiosk.spoken import names
from kiosk.spoken.calendar import Clock, dates, days, short_months, times
from kiosk.spoken.digits import codes, leading_zero, phones, postcodes, short_numbers
from kiosk.spoken.en import DAYS as ENGLISH_DAYS
from kiosk.spoken.en import MONTHS as ENGLISH_MONTHS
from kiosk.spoken.en import SHORT_DAYS as SHORT_ENGLISH_DAYS
from kiosk.spoken.en import named
from kiosk.spoken.letters import letters
from kiosk.spoken.money import Currency, Sums, money, plural
from kiosk.spoken.rule import Rule, always, one_of
from kiosk.spoken.signs import Signs, fractions, minus, ranges, signs
from kiosk.spoken.table import Table

MONTHS = names.months("ur")
# English months and days are written on pages in Urdu too.
SHORT_MONTHS = {
    name: said
    for english, said in zip(ENGLISH_MONTHS, MONTHS, strict=True)
    for name in (english, english[:3])
} | {"Sept": MONTHS[8]}
DAYS = names.days("ur")
_OF_ENGLISH = dict(zip(ENGLISH_DAYS, DAYS, strict=True))
SHORT_DAYS = _OF_ENGLISH | {name: _OF_ENGLISH[day] for name, day in SHORT_ENGLISH_DAYS.items()}
LARGE = {name: plural(name, name) for name in ("ہزار", "لاکھ", "کروڑ", "ملین")}
LARGE |= {"million": LARGE["ملین"], "m": LARGE["ملین"]}
PER = {
    "دن": "فی دن",
    "ہفتہ": "فی ہفتہ",
    "ہفتے": "فی ہفتہ",
    "ماہ": "فی ماہ",
    "سال": "فی سال",
    "گھنٹہ": "فی گھنٹہ",
    "week": "فی ہفتہ",
    "day": "فی دن",
    "hour": "فی گھنٹہ",
}
UNITS = {"km": "کلومیٹر", "m": "میٹر", "cm": "سینٹی میٹر", "kg": "کلو", "min": "منٹ", "h": "گھنٹے"}


def _time(hour: str, minutes: str, half: str, ends: bool) -> str:
    if minutes in ("", "00"):
        return f"{hour} {half}" if half or not minutes or not ends else f"{hour} بجے"
    return f"{hour} {' '.join(minutes) if minutes[0] == '0' else minutes} {half}"


_UNITS = one_of(UNITS)
# Urdu has words of its own for one and a half, two and a half, and a half or a quarter more.
MIXED = {("1", "آدھا"): "ڈیڑھ", ("2", "آدھا"): "ڈھائی", ("1", "ایک چوتھائی"): "سوا"}
MORE = {"آدھا": "ساڑھے", "ایک چوتھائی": "سوا"}


def _mixed(whole: str, part: str) -> str:
    if part == "تین چوتھائی":
        return f"پونے {int(whole) + 1}"
    return MIXED.get((whole, part)) or (
        f"{MORE[part]} {whole}" if part in MORE else f"{whole} اور {part}"
    )


SIGNS = Signs(
    between={"&": "اور", "/": "یا", "+": "جمع", "=": "برابر", "×": "ضرب", "÷": "تقسیم"},
    before={"#": "نمبر", "<": "سے کم", ">": "سے زیادہ", "~": "تقریباً", "+": "پلس", "×": "ضرب"},
    after={"%": "فیصد", "+": "پلس", "°C": "ڈگری C", "°": "ڈگری"},
    anywhere={
        "#": "ہیش ٹیگ",
        "✓": "ٹھیک",
        "✔": "ٹھیک",
        "✅": "ٹھیک",
        "☑": "ٹھیک",
        "✗": "غلط",
        "✘": "غلط",
        "❌": "غلط",
        "@": "ایٹ",
        "€": "یورو",
        "$": "ڈالر",
        "£": "پاؤنڈ",
        "₨": "روپے",
        "₹": "روپے",
        "§": "دفعہ",
        "№": "نمبر",
        "=": "برابر",
        "%": "فیصد",
        "+": "جمع",
        "&": "اور",
    },
)

RULES: tuple[Rule, ...] = (
    Rule("اور/یا", "sign", r"(?<![\w/])اور/یا(?![\w/])", always("اور یا"), {"اور/یا": "اور یا"}),
    Rule("24/7", "digit", r"(?<![\w/.,])24/7(?![\w/]|[.,]\d)", always("24 7"), {"24/7": "24 7"}),
    Rule("A&E", "sign", r"(?<![\w&])A&E(?![\w&])", always("A-and-E"), {"A&E": "A-and-E"}),
    *dates(MONTHS, examples={"03/12/2026": "3 دسمبر 2026", "12-03-2026": "12 مارچ 2026"}),
    phones(
        "پلس",
        "،",
        pairs=False,
        threes=True,
        examples={
            "0300 1234567": "0 3 0 0، 1 2 3 4 5 6 7",
            "+92 300 1234567": "پلس 9 2، 3 0 0، 1 2 3 4 5 6 7",
        },
    ),
    postcodes("،", lambda one: "eh" if one == "A" else one, {"LU1 2BQ": "L U 1، 2 B Q"}),
    *codes("PIN|کوڈ|پن", lambda one: "eh" if one == "A" else one, {"کوڈ 4821": "کوڈ 4 8 2 1"}),
    *money(
        Sums(to="سے", per=PER, large=LARGE, thousands=",", decimal=r"\.", point="."),
        (
            Currency(
                "روپے",
                r"Rs\.?|₨|PKR|₹|روپے",
                "روپے|روپیہ|روپیے|Rs",
                plural("روپیہ", "روپے"),
                plural("پیسہ", "پیسے"),
                plural("پیسہ", "پیسے"),
                "پیسے|پیسہ",
            ),
            Currency(
                "پاؤنڈ",
                "£",
                "£|پاؤنڈ",
                plural("پاؤنڈ", "پاؤنڈ"),
                plural("پینی", "پینس"),
                plural("پینی", "پینس"),
                "p|پینس",
            ),
            Currency(
                "یورو",
                "€",
                "€",
                plural("یورو", "یورو"),
                plural("سینٹ", "سینٹ"),
                plural("سینٹ", "سینٹ"),
            ),
            Currency(
                "ڈالر",
                r"\$",
                r"\$",
                plural("ڈالر", "ڈالر"),
                plural("سینٹ", "سینٹ"),
                plural("سینٹ", "سینٹ"),
            ),
        ),
        {"Rs 50": "50 روپے", "£1.50": "1 پاؤنڈ 50 پینس", "50p": "50 پینس"},
    ),
    *short_numbers(
        "کال|فون|نمبر|ٹیکسٹ|NHS",
        "999|111|112|1122|101|116",
        "لوگ|بچے|خاندان|اسکول|دن|صفحات",
        {"999 پر": "9 9 9 پر", "نمبر 85258": "نمبر 8 5 2 5 8"},
    ),
    *times(
        Clock(
            _time,
            "سے",
            at="صبح|شام|دوپہر|رات",
            starts="صبح|شام|دوپہر|رات",
            between="سے|تا",
            after="بجے|بجکر",
        ),
        {"9:30 بجے": "9 30 بجے", "8:30-10:00": "8 30 سے 10 بجے"},
    ),
    *fractions(
        {
            (1, 2): "آدھا",
            (1, 3): "ایک تہائی",
            (2, 3): "دو تہائی",
            (1, 4): "ایک چوتھائی",
            (3, 4): "تین چوتھائی",
        },
        mixed=_mixed,
        out_of=lambda above, below: f"{below} میں سے {above}",
        examples={"1/2": "آدھا", "2 1/2": "ڈھائی", "9/10": "10 میں سے 9"},
    ),
    *days(
        SHORT_MONTHS,
        tuple(SHORT_MONTHS),
        MONTHS,
        to="سے",
        joins="سے|اور|یا",
        dot=False,
        examples={},
    ),
    *short_months(SHORT_MONTHS, {"3 Dec 2026": "3 دسمبر 2026"}, to="سے", nth="st|nd|rd|th"),
    *days(
        SHORT_DAYS,
        ("Sat", "Sun", "Wed"),
        DAYS,
        to="سے",
        joins="سے|اور|یا|and|to",
        dot=False,
        examples={"Mon-Fri": "پیر سے جمعہ"},
    ),
    *ranges("سے", "", "%|p|s", "سے", {"0-25": "0 سے 25", "11–16 سال": "11 سے 16 سال"}),
    *leading_zero([*MONTHS, *SHORT_MONTHS], {"03 مارچ": "3 مارچ"}),
    Rule(
        "units",
        "digit",
        rf"(?<![\w.,])\d+ ?({_UNITS})(?![^\W²³])",
        lambda m: [(m.start(1), m.end(1), UNITS[m[1]])],
        {"5 km": "5 کلومیٹر"},
    ),
    *letters(named, "'s", {"EHCP": "E-H-C-P"}),
    minus("منفی"),
    Rule(
        "x between numbers",
        "digit",
        r"(?<=\d) ?(x) ?(?=\d)",
        lambda m: [(m.start(1), m.end(1), "ضرب")],
        {"2 x 30": "2 ضرب 30"},
    ),
    *signs(SIGNS, {"وہ/یہ": "وہ یا یہ", "امی & ابو": "امی اور ابو"}),
)
TABLE = Table(RULES, SIGNS.hard(), MONTHS, SHORT_MONTHS)
