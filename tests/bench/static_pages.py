"""The kiosk's pages as plain HTML files, with their pictures and sounds.

Each page is a file, and links lead to other pages. Each sentence has two buttons that play its
clip: one fetches it when it is pressed, one has fetched it with the page. HTML and style are the
kiosk's.
"""

from __future__ import annotations

import re
import urllib.request
from pathlib import Path
from typing import Any, cast

from playwright.sync_api import Page

from tests.tools.person import narrated

MAKE = """([id, told, styles, clips]) => {
  const page = document.implementation.createHTMLDocument(told.pages[id].title);
  page.documentElement.lang = told.language;
  for (const style of styles) {
    const link = page.head.appendChild(page.createElement("link"));
    link.rel = "stylesheet";
    link.setAttribute("href", style);
  }
  // The page scrolls as a whole: there is no frame of bars that stay.
  page.head.appendChild(page.createElement("style")).textContent =
    "#kiosk, #kiosk main, #kiosk nav { position: static; display: block; overflow: visible }";
  const link = (to, words) => to ? `<a href="${to}.html">${words}</a>` : "";
  const {back, next} = told.pages[id];
  const links = link("home", "Home") + link(back, "Back") + link(next, "Next");
  page.body.innerHTML = `<div id="kiosk"><main id="page">${told.html[id]}</main>
    <nav class="bar">${links}</nav></div>`;
  for (const one of page.querySelectorAll("a[data-page]"))
    one.setAttribute("href", `${one.dataset.page}.html`);
  for (const one of page.querySelectorAll(".sentence[data-say]")) {
    const player = (name, preload) => `
      <button class="${name}" onclick="this.nextElementSibling.play()">Play</button>
      <audio preload="${preload}" src="${clips[one.dataset.say].file}"></audio>`;
    one.insertAdjacentHTML("afterend", player("play", "none") + player("play-ready", "auto"));
  }
  return "<!doctype html>" + page.documentElement.outerHTML;
}"""


def write_pages(kiosk: str, told: dict[str, Any], maker: Page, folder: Path) -> None:
    """Write what the kiosk at the address `kiosk` shows and says as plain files.

    told: what its /pages/en gives. maker: an empty page of a browser, which makes the HTML.
    """

    def fetch(address: str) -> bytes:
        with urllib.request.urlopen(f"{kiosk}/{address}") as answer:
            return cast(bytes, answer.read())

    def keep(address: str) -> None:
        file = folder / address
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(fetch(address))

    folder.mkdir()
    styles = re.findall(r'rel="stylesheet" href="(screen/[^"]+)"', fetch("").decode())
    for id_, html in told["html"].items():
        clips = narrated(kiosk, f"en/{id_}/normal")
        page = maker.evaluate(MAKE, [id_, told, styles, clips])
        (folder / f"{id_}.html").write_text(page, encoding="utf-8")
        pictures = re.findall(r'"(files/[^"]+)"', html)
        for address in (*styles, *pictures, *(clip["file"] for clip in clips)):
            keep(address)
