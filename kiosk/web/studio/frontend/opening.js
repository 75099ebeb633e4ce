// A browser that has not opened the link yet: the page comes, or it says that the link does not work.

import { open } from "./link.js";

try {
  await open(location.hash.slice(1));
  location.reload();
} catch {
  const gone = document.getElementById("gone");
  if (gone) gone.hidden = false;
}
