"""What a kiosk keeps, and where: answers, the centre that collects them, the studio."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from kiosk.config.values import Origin, SafeAddress, Table, WebAddress, as_tuple
from kiosk.located import Mistake


class Feedback(Table):
    """The survey that every page leads to, and the limits of what is taken and kept.

    One answer in `seconds_between_answers` for a visit; one that comes too soon is not lost, the
    screen sends it again later. Of one computer, `answers_an_hour` are counted, and as many of its
    voices taken; more of its answers are kept and marked as a flood. An answer is marked as bashing
    when it is the same as `bashing_answers` others of the last `bashing_seconds`. The kiosk's own
    locked screen has no limit an hour.
    from_web: where copies of the site are on the web whose answers are taken too, each as far as
    its name; web_answers_an_hour: so many of all of them together are counted. web_sends_to: where
    a copy sends them, so how the web reaches this kiosk; "" for nowhere: it takes no answers then.
    `voice_max_kb` has no use any more: the seconds of its question limit a recorded voice.
    """

    survey: Annotated[str, Field(max_length=64)] = "think"
    words_max_characters: Annotated[int, Field(ge=1, le=10_000)] = 2000
    voice_max_kb: Annotated[int, Field(ge=16, le=20_000)] = 2000
    seconds_between_answers: Annotated[int, Field(ge=0, le=3600)] = 20
    answers_an_hour: Annotated[int, Field(ge=1, le=100_000)] = 60
    from_web: Annotated[tuple[Origin, ...], BeforeValidator(as_tuple), Field(max_length=20)] = ()
    web_answers_an_hour: Annotated[int, Field(ge=1, le=100_000)] = 300
    web_sends_to: SafeAddress = ""
    bashing_answers: Annotated[int, Field(ge=1, le=100)] = 3
    bashing_seconds: Annotated[int, Field(ge=0, le=3600)] = 20
    quota_mb: Annotated[int, Field(ge=1, le=1_000_000)] = 1000
    voices_mb: Annotated[int, Field(ge=1, le=1_000_000)] = 500
    set_aside_mb: Annotated[int, Field(ge=1, le=1_000_000)] = 100
    free_space_floor_mb: Annotated[int, Field(ge=0, le=1_000_000)] = 50
    keep_months: Annotated[int, Field(ge=1, le=120)] = 12

    @model_validator(mode="after")
    def _from_somewhere(self) -> Feedback:
        if self.web_sends_to and not self.from_web:
            problem = "web_sends_to is set, but the kiosk would take no answer from there."
            raise Mistake(problem, "Say in from_web where the copy is on the web.")
        return self


class Data(Table):
    """Where the kiosk keeps what it collects: a folder, in the site's folder or anywhere else."""

    folder: Annotated[str, Field(min_length=1, max_length=1000)] = "data"


def _database(address: str) -> str:
    if address and not re.match(r"postgres(ql)?://\S", address):
        raise Mistake(
            "That is not the address of a PostgreSQL database.",
            'Write it as "postgresql://user@host/database".',
        )
    return address


_HOST = r"^[^\s:/]+(:\d{1,5})?$"


def _mail(address: str) -> str:
    if address and not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", address):
        raise Mistake(f'"{address}" is not an e-mail address.', 'Write it as "it@example.org".')
    return address


MailAddress = Annotated[str, Field(max_length=300), AfterValidator(_mail)]


class Centre(Table):
    """The centre of several kiosks (`kiosk centre serve`).

    database: the council's PostgreSQL; "" for an embedded one in the data folder. address: how the
    kiosks reach the centre, "" when nobody has said. mail_to: who is told of a problem, by e-mail
    through mail_server ("host" or "host:port"), from mail_from, without it from themselves.
    webhook: a web address that is told as JSON. Without both nobody is told. metrics_key: whoever
    has it may fetch the board as numbers (/metrics); "" for nobody.
    """

    database: Annotated[str, Field(max_length=1000), AfterValidator(_database)] = ""
    address: WebAddress = ""
    mail_to: MailAddress = ""
    mail_from: MailAddress = ""
    mail_server: Annotated[str, Field(max_length=300, pattern=r"^[^\s:/]+(:\d{1,5})?$")] = (
        "localhost"
    )
    webhook: WebAddress = ""
    metrics_key: Annotated[str, Field(max_length=200, pattern=r"^([!-~]{16,})?$")] = ""


class Studio(Table):
    """Where staff change pages (`kiosk studio`), and how other computers may reach it.

    certificate, key: paths of PEM files, in the site's folder or whole. proxy: the address of the
    one computer that stands before it and speaks https. name: what people type to come here.
    """

    address: Annotated[str, Field(min_length=1, max_length=100)] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8502
    certificate: Annotated[str, Field(max_length=1000)] = ""
    key: Annotated[str, Field(max_length=1000)] = ""
    proxy: Annotated[str, Field(max_length=100)] = ""
    name: Annotated[str, Field(max_length=200)] = ""
    idle_minutes: Annotated[int, Field(ge=1, le=1440)] = 30
