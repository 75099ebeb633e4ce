// What Streamlit mounts. The studio stands above Streamlit's own page, in a place of its own: a script
// that runs again takes nothing away from it, and no word of it travels through Streamlit's state.

export default function () {
  const address = "/studio/files/main.js";
  import(address).then((studio) => studio.start());
}
