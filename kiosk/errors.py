"""Every error that this project raises on purpose.

KioskError                      something a person can put right
├── SiteError                   the site's folder is not there or cannot be read
├── SettingsError               kiosk.toml says something that cannot be used
├── PortTaken                   the address is in use by another program
├── ContentError                one mistake in one file that staff write
├── PageNotMade                 a page cannot be made from this; nothing was written
├── PageNotSaved                a page cannot be changed like this; nothing was written
│   ├── PageChanged             somebody else has changed it since it was opened
│   ├── WordChanged             somebody else has changed what is said of the word
│   ├── OrderChanged            somebody else has put the pages of a part into another order
│   ├── PageNotReady            something is missing before visitors may see it
│   └── MayNotPublish           only who may publish can do this
├── ReviewRefused               a review cannot be taken, or its link cannot be used
├── StaffRefused                a member of staff cannot be added, changed or found
├── UseRefused                  a picture may not be used in this way
├── NotExported                 a file that people take home cannot be made; it was not written
├── NotPrinted                  nothing came out of the printer
├── ArchiveRefused              a zip that somebody else made is not safe to read
├── PackRefused                 a pack of pictures cannot be taken over; nothing was written
├── RecordingRefused             a person's recording cannot be kept; nothing was written
├── HallRefused                 the lock or the service cannot be set up or used as things are
├── SpeechError                 the voice cannot speak now
│   ├── SpeechTimeout           it took longer than its time limit
│   │   └── VoiceStarting       it is not ready yet, and soon will be
│   └── VoiceMissing            there is no voice for this language
├── FleetError                  a centre, or the way to it, cannot be used now
│   ├── CentreRefused           it said no, or cannot be set up as things are
│   ├── CentreAway              it does not answer, and may soon
│   └── ReleaseRefused          a release cannot be made or believed; what is shown stays
└── FeedbackError               an answer cannot be taken, or what was kept cannot be used
    ├── AnswerRefused           what was sent is no answer
    ├── AnswerUnexpected        the answer is not one that the surveys ask now
    ├── RecordingMissing        the recorded voice that the answer names did not arrive
    ├── AnswerTooSoon           the answer is good, but there were too many just now
    ├── AnswerNotSaved          the answer is good, but it is not safely on disk
    ├── AnswersUnreadable       the folder of the answers cannot be looked into
    └── BackupRefused           a backup cannot be made or put back; nothing was changed

Each message is one or two plain sentences that a person can act on. `exit_code` is what the
command ends with when the error reaches it.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar


class KioskError(Exception):
    """The root of the tree: its text is fit to show to a person."""

    exit_code: ClassVar[int] = 1


class SiteError(KioskError):
    """The site's folder is missing, or is not a site."""

    exit_code = 2


class SettingsError(KioskError):
    """`kiosk.toml` cannot be used; the text begins with the place."""

    exit_code = 2


class PortTaken(KioskError):
    """Another program already listens on this address."""

    exit_code = 2


class ContentError(KioskError):
    """One mistake in one file.

    path: the file, as shown to staff (relative to the site's folder where it can be).
    line: counted from 1.
    problem: what is wrong, one plain sentence.
    hint: what to try, one plain sentence, or "".
    rule: the easy-read rule that forbids it, such as "ER19", or "".
    """

    def __init__(
        self, path: Path | str, line: int, problem: str, hint: str = "", rule: str = ""
    ) -> None:
        super().__init__(path, line, problem, hint, rule)
        self.path = Path(path)
        self.line = line
        self.problem = problem
        self.hint = hint
        self.rule = rule

    def __str__(self) -> str:
        """`file:line: problem hint`, the form that editors can jump to."""
        return f"{self.path}:{self.line}: {self.problem} {self.hint}".rstrip()


class StaffRefused(KioskError):
    """A member of staff cannot be added, changed or found, or their file cannot be used."""


class UseRefused(KioskError):
    """A picture's makers do not allow this use; the text names the pictures."""


class NotExported(KioskError):
    """A file that people take home cannot be made; nothing of it was written."""


class NotPrinted(KioskError):
    """Nothing came out of the printer, and nothing waits in it.

    reason: one word: off, paper, failed; or once, busy: the printer was not asked.
    """

    def __init__(self, reason: str, problem: str) -> None:
        super().__init__(problem)
        self.reason = reason


class PageNotMade(KioskError):
    """A page cannot be made, from this file or at this place; nothing was written."""


class PageNotSaved(KioskError):
    """A page cannot be changed in this way; nothing was written."""


class PageChanged(PageNotSaved):
    """Somebody else has changed the page since it was opened.

    text: as it stands now; hash: what tells that this was seen. is_live: it is what visitors see,
    and no working copy.
    """

    def __init__(
        self,
        text: str,
        hash: str,  # noqa: A002 - as in Opened
        *,
        is_live: bool = False,
    ) -> None:
        super().__init__("Somebody else has changed this page since you opened it.")
        self.text = text
        self.hash = hash
        self.is_live = is_live


class PageNotReady(PageNotSaved):
    """A page cannot be published yet. missing: what it lacks, a sentence for each."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(f"Visitors cannot see this page yet. {' '.join(missing)}")
        self.missing = missing


class WordChanged(PageNotSaved):
    """What is said of a word is not what the person saw."""

    def __init__(self) -> None:
        super().__init__("Somebody else has changed this word. Close this, and look again.")


class OrderChanged(PageNotSaved):
    """The pages of a part stand in another order than the person saw."""

    def __init__(self) -> None:
        super().__init__("Somebody else has changed this part. Here it is as it is now.")


class MayNotPublish(PageNotSaved):
    """Only a member of staff who may publish can do this."""


class ReviewRefused(KioskError):
    """What people say of a page cannot be taken, or the link for it cannot be made or used."""


class ArchiveRefused(KioskError):
    """A zip that somebody else made is damaged, or would do harm.

    reason: one word: damaged, name, kind, locked, growth, inside, many, large.
    """

    def __init__(self, reason: str, problem: str) -> None:
        super().__init__(problem)
        self.reason = reason


class PackRefused(KioskError):
    """A pack of pictures cannot be taken over; nothing of it was written."""


class RecordingRefused(KioskError):
    """A person's recording of a page cannot be kept, or may not be; nothing was written."""


class HallRefused(KioskError):
    """The lock or the service cannot be set up, used or taken away as things are."""


class SpeechError(KioskError):
    """The voice cannot speak now. hint: what staff can try."""

    hint = "wait a minute and look again. If it stays so, start the computer again."


class SpeechTimeout(SpeechError):
    """The voice took longer than its time limit."""


class VoiceStarting(SpeechTimeout):
    """The voice is not ready yet, and soon will be."""


class VoiceMissing(SpeechError):
    """There is no voice for this language, or not the one that was named."""

    hint = 'name one in kiosk.toml under [speech.voices], like en = "gmw/en".'

    def __init__(self, problem: str, hint: str = "") -> None:
        super().__init__(problem)
        self.hint = hint or self.hint


class FleetError(KioskError):
    """A centre of several kiosks, or the way to it, cannot be used now."""


class CentreRefused(FleetError):
    """The centre said no, or cannot be set up or used as things are."""


class CentreAway(FleetError):
    """The centre or its database does not answer; the same may be tried again later."""


class ReleaseRefused(FleetError):
    """A release cannot be made, believed or shown; the one before stays. hint: what to try."""

    def __init__(self, problem: str, hint: str = "") -> None:
        super().__init__(f"{problem} Try: {hint}" if hint else problem)
        self.problem = problem
        self.hint = hint


class FeedbackError(KioskError):
    """An answer cannot be taken, or what was kept cannot be used."""


class AnswerRefused(FeedbackError):
    """What was sent is malformed, or holds no answer; nothing was written."""


class AnswerUnexpected(FeedbackError):
    """The answer does not fit the surveys, pages and languages of the site as they are now.

    reason: one word: clock, field, survey, page, language, question, choice, words, voice.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"This answer does not fit what is asked now ({reason}).")
        self.reason = reason


class RecordingMissing(FeedbackError):
    """The recorded voice that an answer names is not here; send it, then the answer again."""

    def __init__(self, question: str) -> None:
        super().__init__("Your recorded voice did not arrive. We will send it again.")
        self.question = question


class AnswerTooSoon(FeedbackError):
    """There were too many answers just now; the same answer may be sent again after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__("Your answer is not saved yet. We will send it again in a little while.")
        self.seconds = seconds


class AnswerNotSaved(FeedbackError):
    """The answer is good but is not safely on disk; the same answer may be sent again."""


class AnswersUnreadable(FeedbackError):
    """The folder of the answers, or their index, cannot be looked into."""


class BackupRefused(FeedbackError):
    """A backup cannot be made or put back; nothing was changed."""
