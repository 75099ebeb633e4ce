"""The answers that a browser itself keeps, as a test sees them; no screen reads them."""

from __future__ import annotations

from typing import Any, Literal

from playwright.sync_api import Page

from tests.tools.waiting import wait_until

# Opening a store that is not there would make an empty one.
# A copy has its own, named by its path.
_KEPT = """async (store) => {
  const names = ["kiosk-answers", `kiosk-answers${new URL("./", location.href).pathname}`];
  const found = (await indexedDB.databases()).find((one) => names.includes(one.name));
  if (!found) return [];
  const asked = indexedDB.open(found.name);
  await new Promise((done, fail) => Object.assign(asked, { onsuccess: done, onerror: fail }));
  const got = asked.result.transaction(store).objectStore(store).getAll();
  await new Promise((done, fail) => Object.assign(got, { onsuccess: done, onerror: fail }));
  asked.result.close();
  return got.result.map((one) => ({ ...one, voices: Object.fromEntries(
    Object.entries(one.voices ?? {}).map(([name, { bytes }]) => [name, bytes.byteLength])) }));
}"""


def kept_in(page: Page, store: Literal["waiting", "drafts"] = "waiting") -> list[dict[str, Any]]:
    """Return what waits in a page's browser, oldest first; of a voice its count of bytes."""
    found: list[dict[str, Any]] = page.evaluate(_KEPT, store)
    return found


def wait_sent(page: Page, seconds: float = 20) -> None:
    """Wait until nothing waits there any more."""
    wait_until(lambda: not kept_in(page), seconds, "an empty outbox")
