// Which letters this browser can draw.

const NOBODYS = "\u0378"; // no letter: what is drawn for it stands for "missing"
const SIDE = 40; // of the canvas, in its own pixels

export class Letters {
  /** @type {Map<string, boolean>} */
  #known = new Map();
  /** @type {CanvasRenderingContext2D | null} */
  #pen = null;

  /** @param {HTMLElement} root whose typeface they are drawn in */
  constructor(root) {
    this.root = root;
  }

  /** Whether each letter is drawn in another way than one that no typeface has. @param {string} letters */
  draws(letters) {
    const known = this.#known.get(letters);
    if (known !== undefined) return known;
    const missing = this.#drawing(NOBODYS);
    const drawn = [...letters].every((one) => this.#drawing(one) !== missing);
    this.#known.set(letters, drawn);
    return drawn;
  }

  /** @param {string} letter */
  #drawing(letter) {
    this.#pen ??= pen(getComputedStyle(this.root).fontFamily);
    this.#pen.clearRect(0, 0, SIDE, SIDE);
    this.#pen.fillText(letter, 10, 28);
    const { data } = this.#pen.getImageData(0, 0, SIDE, SIDE);
    return new TextDecoder("latin1").decode(data); // texts are compared fast
  }
}

/** @param {string} family */
function pen(family) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const made = canvas.getContext("2d", { willReadFrequently: true });
  if (!made) throw new Error("This browser draws no letters.");
  made.font = `20px ${family}`;
  return made;
}
