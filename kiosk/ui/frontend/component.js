// What Streamlit mounts. The screen already works in the first HTML; it moves in here as it is,
// with its focus and its sound, so that nothing is drawn twice.

/** @param {{parentElement: HTMLElement}} component */
export default function ({ parentElement }) {
  const screen = document.getElementById("kiosk");
  if (!screen || parentElement.contains(screen)) return;
  if ("moveBefore" in parentElement) parentElement.moveBefore(screen, null);
  else parentElement.append(screen);
  // When Streamlit takes the component away, the screen goes back to the page and stays alive.
  return () => document.body.append(screen);
}
