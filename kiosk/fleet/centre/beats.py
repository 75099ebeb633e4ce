"""How each kiosk is: what its beats say, and what staff must see to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from kiosk.counted import counted
from kiosk.errors import CentreRefused
from kiosk.fleet.centre.database import Connection
from kiosk.fleet.names import EVERYONE
from kiosk.fleet.wire import Beat, BeatReply
from kiosk.health.verdict import Verdict

MISSED = 3  # beats, of one minute each; then a kiosk is called offline

_OFFLINE = timedelta(seconds=MISSED * 60 + 30)
_TWIN = timedelta(days=1)
_TAKES = timedelta(minutes=30)  # a slow line, and a kiosk that looks every few minutes
_CLOCK_SECONDS = 120
_SCREEN_SECONDS = 120
_HOT = 80.0  # Celsius
_LITTLE_MEMORY = 100  # MB

_ROWS = """
SELECT k.name, k.joined, k.heard, k.beat_at, k.beat, k.clock_seconds, k.twin, k.code_until,
       (SELECT count(*) FROM answer AS a WHERE a.kiosk = k.id AND a.kind = 'answer'),
       (SELECT count(*) FROM answer AS a WHERE a.kiosk = k.id AND a.kind = 'aside'),
       (SELECT count(*) FROM changed AS c WHERE c.kiosk = k.id), now(), k.grp, r.number, r.at
FROM kiosk AS k LEFT JOIN LATERAL (
    SELECT number, at FROM named() AS n WHERE n.grp IN (k.grp, 'everyone')
    ORDER BY n.grp = k.grp DESC LIMIT 1
) AS r ON true WHERE k.revoked IS NULL ORDER BY k.name
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One kiosk on the board. things: what is to be said of it, problems first.

    group: with which it takes releases. heard: when it was last heard of. answers: how many of it
    the centre has. beat: the last one. clock_seconds: how far its clock is ahead.
    """

    name: str
    group: str
    heard: datetime | None
    answers: int
    things: tuple[Verdict, ...]
    beat: Beat | None = None
    clock_seconds: float | None = None

    @property
    def good(self) -> bool:
        """Whether nobody needs to do anything."""
        return all(one.good for one in self.things)


@dataclass(frozen=True, slots=True)
class Board:
    """All kiosks, those with problems first. things: about the centre itself."""

    things: tuple[Verdict, ...]
    rows: tuple[Row, ...]

    @property
    def good(self) -> bool:
        """Whether nobody needs to do anything."""
        return all(one.good for one in self.things) and all(one.good for one in self.rows)


def note(connection: Connection, kiosk: str, beat: Beat, now: datetime | None = None) -> BeatReply:
    """Note a beat; connection: one that may do what a kiosk may. CentreRefused."""
    ahead = (beat.now - (now or datetime.now(UTC))).total_seconds()
    told = beat.model_dump(mode="json", exclude={"run", "now"})
    try:
        row = connection.execute(
            "SELECT beat(%s, %s, %s, %s)", [UUID(kiosk), beat.run, ahead, Jsonb(told)]
        ).fetchone()
    except psycopg.errors.DatabaseError as error:
        if error.sqlstate == "KC001":
            raise CentreRefused("This kiosk may not send here any more.") from None
        raise
    return BeatReply.model_validate(row[0] if row else {})


def board(connection: Connection) -> Board:
    """Return how everything is now, by the clock of the database."""
    rows = [_row(values) for values in connection.execute(_ROWS).fetchall()]
    rows.sort(key=lambda one: one.good)  # keeps the order of the names
    return Board(tuple(_of_centre(connection)), tuple(rows))


def as_data(found: Board) -> dict[str, Any]:
    """Return the board as JSON holds it."""
    return {
        "good": found.good,
        "things": [_thing(one) for one in found.things],
        "kiosks": [
            {
                "name": row.name,
                "group": row.group,
                "good": row.good,
                "heard": row.heard.isoformat() if row.heard else None,
                "answers": row.answers,
                "things": [_thing(one) for one in row.things],
            }
            for row in found.rows
        ],
    }


def _thing(one: Verdict) -> dict[str, object]:
    return {"about": one.about, "says": one.says, "hint": one.hint, "good": one.good}


def _of_centre(connection: Connection) -> Iterator[Verdict]:
    row = connection.execute(
        "SELECT restored, backup_made,"
        " (SELECT count(*) FROM kiosk WHERE revoked IS NULL AND joined IS NOT NULL),"
        " (SELECT count(*) FROM kiosk WHERE revoked IS NULL AND joined IS NOT NULL"
        "  AND heard >= restored),"
        " (SELECT count(*) FROM answer WHERE kind = 'answer') FROM centre"
    ).fetchone()
    restored, made, kiosks, came, answers = row or (None, None, 0, 0, 0)
    yield Verdict("Answers", f"{counted(answers, 'answer')} of {counted(kiosks, 'kiosk')}.")
    if restored is None or came == kiosks:
        return
    yield Verdict(
        "Backup",
        f"This centre was put back from a backup of {made:%Y-%m-%d %H:%M} (UTC). {came:,} of"
        f" {counted(kiosks, 'kiosk')} came since. What the others have of it may be missing, and an"
        " answer that was deleted at one of them may still be here.",
        "let every kiosk come once before you read reports.",
    )


def _row(values: tuple[Any, ...]) -> Row:
    name, joined, heard, _, told, clock, twin, code_until, answers, aside, changed, now = values[
        :12
    ]
    group, newest, published = values[12:]
    if joined is None:
        return Row(name, group, None, 0, (_not_joined(code_until, now),))
    beat = Beat.model_validate({**told, "run": "0" * 32, "now": now}) if told else None
    bad = [
        *_silence(joined, heard, now),
        *_identity(twin, changed, now),
        *(_clock(clock) if clock is not None else ()),
        *(_machine(beat, now) if beat else ()),
        *(_release(beat, newest, now - published) if beat and newest else ()),
        *(_aside(aside)),
    ]
    good = [Verdict("Answers", f"{counted(answers, 'answer')} came from it.")]
    if beat and beat.release and not any(one.about == "Release" for one in bad):
        first = "" if group == EVERYONE else f' It is in the group "{group}".'
        good.append(Verdict("Release", f"It shows release {beat.release}.{first}"))
    if beat and beat.waiting:
        wait = counted(beat.waiting, "answer waits", "answers wait")
        good.append(Verdict("Answers", f"{wait} at the kiosk to be sent. They come by themselves."))
    if heard:
        good.append(Verdict("Kiosk", f"It was heard {ago(now - heard)} ago."))
    if beat and beat.touched:
        hour = datetime.fromisoformat(f"{beat.touched}:00+00:00")
        last = "this hour" if now - hour < timedelta(hours=1) else f"{ago(now - hour)} ago"
        good.append(Verdict("Last visit", f"Somebody used it last about {last}."))
    return Row(name, group, heard, answers, (*bad, *good), beat, clock)


def _not_joined(code_until: datetime | None, now: datetime) -> Verdict:
    if code_until is not None and code_until > now:
        return Verdict("Kiosk", "It has not joined yet. Its code waits.")
    return Verdict(
        "Kiosk", "It has not joined, and its code is too old.", "kiosk centre enrol NAME"
    )


def _silence(joined: datetime, heard: datetime | None, now: datetime) -> Iterator[Verdict]:
    silent = now - (heard or joined)
    if silent > _OFFLINE:
        yield Verdict(
            "Offline",
            f"Nothing was heard of it for {ago(silent)}. Its answers are safe in it, and wait.",
            "ask somebody there: is it on? Is its network cable in?",
        )


def _identity(twin: datetime | None, changed: int, now: datetime) -> Iterator[Verdict]:
    if twin is not None and now - twin < _TWIN:
        yield Verdict(
            "Twin",
            "Two computers send as this kiosk. Is one a copy of the other's disk? Nothing is"
            " counted twice.",
            "join one of them anew, under a name of its own: kiosk centre enrol NAME",
        )
    if changed:
        copies = counted(changed, "answer came", "answers came")
        yield Verdict(
            "Changed",
            f"{copies} again with another text. The first stays; the other is kept beside it.",
            "find out who changes files at this kiosk: kiosk feedback verify",
        )


def _clock(seconds: float) -> Iterator[Verdict]:
    if abs(seconds) > _CLOCK_SECONDS:
        way = "ahead" if seconds > 0 else "behind"
        yield Verdict(
            "Clock",
            f"Its clock is {ago(timedelta(seconds=abs(seconds)))} {way}.",
            "set the date and the time of that computer.",
        )


def _in_use(beat: Beat, now: datetime) -> bool:
    """Tell whether somebody may be at it: the screen takes what is new when nobody is."""
    return beat.touched >= f"{(now - timedelta(hours=1)).astimezone(UTC):%Y-%m-%dT%H}"


def _machine(beat: Beat, now: datetime) -> Iterator[Verdict]:
    if beat.screen_seconds is not None and beat.screen_seconds > _SCREEN_SECONDS:
        yield Verdict(
            "Screen",
            f"Its screen has shown no page for {ago(timedelta(seconds=beat.screen_seconds))}.",
            "look at the screen. Is it on? Then, at the kiosk: kiosk service status",
        )
    elif beat.drawn and beat.drawn != beat.pages and not _in_use(beat, now):
        yield Verdict(
            "Screen",
            "Its screen shows older pages than the kiosk has.",
            "wait until nobody uses it. If it stays so, start the kiosk again.",
        )
    for one in beat.troubles:
        yield Verdict(one.about, one.says, one.hint or "look at the kiosk: kiosk status")
    if beat.temperature is not None and beat.temperature >= _HOT:
        yield Verdict(
            "Warm",
            f"It is {beat.temperature:.0f} degrees warm inside.",
            "give it air: dust and a closed box make it warm.",
        )
    if beat.memory_mb is not None and beat.memory_mb < _LITTLE_MEMORY:
        yield Verdict(
            "Memory",
            f"Only {beat.memory_mb} MB of memory are free.",
            "start that computer again when nobody uses it.",
        )


def _release(beat: Beat, newest: int, since: timedelta) -> Iterator[Verdict]:
    """Tell of a kiosk that does not have the newest release, unless it has said why.

    One that was in a group before shows a newer one, until the others have that too.
    """
    if beat.release >= newest or since < _TAKES or any(t.about == "Release" for t in beat.troubles):
        return
    shows = f"release {beat.release}" if beat.release else "pages of its own"
    yield Verdict(
        "Release",
        f"It shows {shows}. Release {newest} was published {ago(since)} ago.",
        "at the kiosk: kiosk release take",
    )


def _aside(count: int) -> Iterator[Verdict]:
    if count:
        yield Verdict(
            "Set aside",
            f"{counted(count, 'answer waits', 'answers wait')} set aside.",
            "at the kiosk: kiosk feedback list --set-aside",
        )


def ago(time: timedelta) -> str:
    """Return a stretch of time as people say it."""
    seconds = max(0, int(time.total_seconds()))
    for size, one, many in (
        (86_400, "day", "days"),
        (3_600, "hour", "hours"),
        (60, "minute", "minutes"),
    ):
        if seconds >= 2 * size or (size == 60 and seconds >= 60):
            return counted(seconds // size, one, many)
    return counted(seconds, "second")
