// What Streamlit mounts. The screen already works in the first HTML, above Streamlit's own page,
// and stays there: inside Streamlit's <main> its landmarks would be nested and an empty stop
// would stand before its first button. Nothing moves, so focus and sound go on.

export default function () {
  document.documentElement.dataset.streamlit = "ready";
}
