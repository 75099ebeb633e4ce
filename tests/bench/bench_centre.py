"""How fast answers come in to a centre: `python -m tests.bench.bench_centre`.

Batches of 100 answers are inserted in three ways: as rows by psycopg alone, by the function that
kiosks may call, and over the whole way from a kiosk, with its key, HTTPS and all. `--quick` is a
run of a few seconds. Each batch is safe on the disk before the next one goes.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from kiosk.fleet.centre import answers
from kiosk.fleet.wire import INGEST, Batch, BatchReply, SentAnswer
from tests.bench.measure import interleaved, show
from tests.fleet.centres import LiveCentre
from tests.tools.ulids import UlidMaker

BATCH = 100
RUN = "a" * 32
BODY = """\
format: 1
id: {id}
survey: think
page: plan
language: en
made: '{now}'
received: '{now}'
answers:
  feel: happy
  words: |-
    It was too loud in the big room.
    I like the bus.
"""


def batch(new_id: UlidMaker) -> Batch:
    """Return a hundred answers that nobody has seen."""
    now = datetime.now(UTC)
    made = [str(new_id()) for _ in range(BATCH)]
    return Batch(
        run=RUN,
        now=now,
        answers=tuple(
            SentAnswer(
                id=one, kind="answer", body=BODY.format(id=one, now=now.isoformat()).encode()
            )
            for one in made
        ),
    )


def compare(folder: Path, times: int) -> None:
    """Compare the three ways, turn by turn."""
    new_id = UlidMaker()
    with LiveCentre(folder, durable=True) as centre:
        _, member = centre.member(folder / "kiosk", "library")
        with centre.database.connection() as connection:
            connection.execute("CREATE TABLE raw (id text PRIMARY KEY, body bytea)")

        def raw() -> None:
            rows = [(one.id, one.body) for one in batch(new_id).answers]
            with (
                centre.database.connection() as connection,
                connection.transaction(),
                connection.cursor() as cursor,
            ):
                cursor.executemany("INSERT INTO raw VALUES (%s, %s)", rows)

        def ingest() -> None:
            with centre.database.as_sender() as connection:
                answers.take(connection, member.kiosk, batch(new_id), centre.app.stones)

        def whole_way() -> None:
            body = batch(new_id).model_dump_json(exclude_none=True).encode()
            reply = BatchReply.model_validate(member.ask(INGEST, body))
            assert set(reply.states.values()) == {"kept"}

        same = batch(new_id)

        def again() -> None:
            with centre.database.as_sender() as connection:
                answers.take(connection, member.kiosk, same, centre.app.stones)

        found = interleaved(
            {
                "psycopg, rows": raw,
                "ingest": ingest,
                "ingest, all sent before": again,
                "from a kiosk, by HTTPS": whole_way,
            },
            times,
        )
    show(f"{BATCH} answers", found, against="psycopg, rows")
    for name, values in found.items():
        print(f"  {name:<28} {BATCH / statistics.median(values) * 1000:8,.0f} answers a second")


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a run of a few seconds")
    times = 5 if parser.parse_args().quick else 60
    with tempfile.TemporaryDirectory() as folder:
        compare(Path(folder), times)


if __name__ == "__main__":
    main()
