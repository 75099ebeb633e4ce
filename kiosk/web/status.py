"""Staff's first look at a kiosk that runs, as a page and for programs."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib.resources import files

from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kiosk.health.look import as_data, look, moment
from kiosk.live.kiosk import Kiosk
from kiosk.lockdown.policy import STAFF_PAGE
from kiosk.screen.document import FOLDER
from kiosk.screen.letters import screen_font
from kiosk.web.locked import NOW, from_here

_PAGE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
_NIGHT = re.compile(r':root\[data-colours="night"\][^{]*\{(.*?)\}', re.DOTALL)


def routes(kiosk: Kiosk) -> list[Route]:
    """Return the page and the same for programs. Both answer this machine alone."""
    font = screen_font()  # Streamlit serves it
    # The page runs no script that could name a set of colours: a person's own browser chooses.
    night = _NIGHT.search((FOLDER / "page/colours.css").read_text(encoding="utf-8"))
    template = _PAGE.from_string((files("kiosk.web") / "status.html").read_text(encoding="utf-8"))

    async def page(request: Request) -> Response:
        if not from_here(request):
            return PlainTextResponse("This is not for you.", 404, headers=NOW)
        found = await run_in_threadpool(lambda: list(look(kiosk)))
        return HTMLResponse(
            template.render(
                title=kiosk.site.settings.site.title,
                display=kiosk.site.settings.display,
                font=font.name if font else "",
                night=night[1] if night else "",
                to_look_at=[one for one in found if not one.good],
                good=[one for one in found if one.good],
                now=moment(kiosk.site, datetime.now(UTC)),
            ),
            headers=NOW,
        )

    async def told(request: Request) -> Response:
        if not from_here(request):
            return PlainTextResponse("This is not for you.", 404, headers=NOW)
        found = await run_in_threadpool(lambda: list(look(kiosk)))
        return JSONResponse(as_data(found), headers=NOW)

    return [Route(STAFF_PAGE, page), Route(f"{STAFF_PAGE}.json", told)]
