"""What was written in each number of the protocol and of the schema is understood for ever."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.config import load_site
from kiosk.fleet.centre import releases
from kiosk.fleet.centre.backup import backup, restore
from kiosk.fleet.centre.beats import board
from kiosk.fleet.centre.database import newest, opened, schema_number
from kiosk.fleet.centre.reading import CentreAnswers
from kiosk.fleet.keys import is_signed
from kiosk.fleet.wire import (
    KNOWN_PROTOCOLS,
    Batch,
    BatchReply,
    Beat,
    BeatReply,
    Joined,
    Joining,
    credential_of,
    sha256_of,
    signed_text,
)
from tests.fleet.centres import engine_in
from tests.tools.sites import KIOSK_TOML, tiny_site

DATA = Path(__file__).with_name("data")
SCHEMAS = range(2, newest() + 1)  # 1 had no answers yet

SETTINGS = KIOSK_TOML + "keep_months = 120\n"


def written(number: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (DATA / f"protocol-{number}.json").read_text(encoding="utf-8")
    )
    return found


@pytest.mark.parametrize("number", KNOWN_PROTOCOLS)
def test_what_a_kiosk_or_a_centre_of_each_number_says_is_understood(number: int) -> None:
    told = written(number)
    assert Joining.model_validate(told["join"]).key == told["join"]["key"]
    assert Joined.model_validate(told["joined"]).name == "library"
    batch = Batch.model_validate_json(json.dumps(told["batch"]))
    (answer,) = batch.answers
    assert answer.body == "format: 1\nżółw\n".encode()
    (voice,) = answer.voices
    assert voice.data == b"\0\1\xff"
    assert batch.deleted == ("01KAV3F5000000000000000003",)
    assert BatchReply.model_validate(told["batch_reply"]).states == {answer.id: "kept"}
    assert Beat.model_validate(told["beat"]).temperature == 51.5
    assert BeatReply.model_validate(told["beat_reply"]).epoch == batch.epoch


@pytest.mark.parametrize("number", KNOWN_PROTOCOLS)
def test_what_a_kiosk_of_each_number_has_signed_is_known_as_its_own(number: int) -> None:
    told = written(number)["signed"]
    said = credential_of(told["authorization"])
    assert said.sha256 == sha256_of(told["body"].encode())
    text = signed_text(told["kiosk"], told["path"], said.sha256)
    assert is_signed(bytes.fromhex(told["public"]), text, said.signature)


@pytest.mark.drill
@pytest.mark.parametrize("number", SCHEMAS)
def test_a_backup_of_each_number_comes_back_and_is_brought_up_to_date(
    number: int, tmp_path: Path
) -> None:
    site = load_site(tiny_site(tmp_path, {"kiosk.toml": SETTINGS}), tmp_path / "data")
    with opened(site, engine_in(site)) as connection:
        done = restore(site, connection, DATA / f"schema-{number}.backup")
        assert (done.answers, done.voices, done.kiosks) == (2, 1, 1)
        assert schema_number(connection) == newest()
        answers = CentreAnswers(connection)
        with answers.held():
            (one,) = answers.answers()
        assert one.answers["words"] == "żółw \\ says\n'no'\n"
        assert answers.waiting == 1
        row = connection.execute("SELECT body FROM voice").fetchone()
        assert row == (b"\0\1\2\xff\n\r\\",)
        # A number is given once, also after what stood in the backup.
        connection.execute("INSERT INTO gone (id, why) VALUES (repeat('0', 26), 'deleted')")
        (first,) = board(connection).rows
        assert first.name == "library"
        # A release that was published then is there to be read.
        if number >= 4:
            assert releases.newest(connection) == 1
            assert (
                releases.sign_once_a_day(site, connection, datetime.max.replace(tzinfo=UTC)) == ""
            )
        again = backup(site, connection, tmp_path / "again.backup")
        assert again.answers == 2
