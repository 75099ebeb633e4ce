"""The route by which staff bring a page from a Word file, a PDF, or the clipboard."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from kiosk.editor.actions.bring import BringPage
from kiosk.editor.importing import Imported
from kiosk.errors import AnswerTooSoon
from kiosk.web.bodies import Arriving, Refused, bytes_body
from kiosk.web.lanes import Lane, LaneFull
from kiosk.web.studio.asking import NOW, writing
from kiosk.web.studio.desk import Desk
from kiosk.web.studio.sessions import Session
from kiosk.web.studio.signing import words

MB = 1_000_000  # bytes, as people count them
MOST_FILE = 50  # MB of a Word file or a PDF
MOST_PASTED = 8  # MB of what was copied, pictures and all
FILE = "application/octet-stream"
COPIED = "text/html"
_LONGEST = 200  # letters of a file's name


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the route."""
    reading_files = Lane(1, 3)  # one at a time: a PDF of photographs takes 300 MB for a moment
    arriving = Arriving(2 * MOST_FILE * MB)

    async def bring(request: Request, session: Session) -> Response:
        asked = request.query_params
        is_pasted = request.headers.get("content-type", "").startswith(COPIED)
        most = MOST_PASTED if is_pasted else MOST_FILE
        too_long = words()["pasted_too_large" if is_pasted else "file_too_large"].format(most=most)
        try:
            data = await bytes_body(request, most * MB, [FILE, COPIED], arriving, too_long)
        except AnswerTooSoon:
            raise Refused(503, words()["busy"]) from None
        if not data.strip():
            raise Refused(422, words()["nothing_sent"])
        action = BringPage(
            desk.site,
            asked.get("file", "")[:_LONGEST],
            data,
            is_pasted,
            asked.get("part") or None,
            asked.get("language", ""),
        )
        try:
            made = await reading_files.run(action.execute)
            desk.changed.note(session.member.name, desk.site.root / made.path)
        except LaneFull:
            raise Refused(503, words()["busy"]) from None
        return JSONResponse(_as_told(made), 201, headers=NOW)

    return [writing("/studio/bring", desk, bring)]


def _as_told(made: Imported) -> dict[str, Any]:
    return {
        "name": made.path.as_posix(),
        "title": made.title,
        "ideas": made.ideas,
        "pictures": made.pictures,
        "left_out": [str(one) for one in made.left_out],
        "without_picture": made.without_picture,
        "without_words": made.without_words,
        "new_pictures": made.new_pictures,
    }
