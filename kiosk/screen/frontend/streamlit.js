// Streamlit stands behind the screen. Its scripts come once the page is seen and the browser rests:
// beside the first page they would make people wait twice as long for it.

function behind() {
  const kept = document.querySelector("template#kiosk-behind");
  if (kept instanceof HTMLTemplateElement) document.head.append(kept.content);
}
const rest = globalThis.requestIdleCallback ?? ((then) => setTimeout(then, 300));
addEventListener("load", () => rest(behind), { once: true });
