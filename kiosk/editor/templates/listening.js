// Lets people compare voices blind. Nothing is kept: what everybody chose is gone with the page.
"use strict";
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const { voices, sounds } = read("told");
const says = read("says");
const NONE = -1;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const audio = new Audio();
const everybody = new Map(); // voice -> how often it was chosen by those before
let people = 0;

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function shuffled(count) {
  const order = [...Array(count).keys()];
  for (let at = count - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1));
    [order[at], order[other]] = [order[other], order[at]];
  }
  return order;
}

// One sound at a time; pressed again, it stops.
async function play(button, file) {
  const stops = button.classList.contains("sounds");
  for (const one of document.querySelectorAll(".sounds")) one.classList.remove("sounds");
  audio.pause();
  document.getElementById("trouble").textContent = "";
  if (stops) return;
  button.classList.add("sounds");
  audio.src = file;
  audio.onended = () => button.classList.remove("sounds");
  try {
    await audio.play();
  } catch (error) {
    if (error.name === "AbortError") return; // another one was pressed
    button.classList.remove("sounds");
    document.getElementById("trouble").textContent = says.no_sound;
  }
}

// Another person: no choice, and the voices in another order for each sentence.
function begin() {
  audio.pause();
  document.getElementById("result").hidden = true;
  for (const set of document.querySelectorAll(".one")) {
    const { sentence } = set.dataset;
    set.querySelector("[value='-1']").checked = false;
    const cards = shuffled(voices.length).map((voice, place) => {
      const card = document.querySelector("template").content.cloneNode(true);
      const [button, radio] = [card.querySelector("button"), card.querySelector("input")];
      const name = LETTERS[place];
      button.querySelector("span").textContent = filled(says.listen, { name });
      button.addEventListener("click", () => play(button, sounds[voice][sentence]));
      radio.name = `s${sentence}`;
      radio.value = String(voice);
      card.querySelector("label span").textContent = filled(says.best, { name });
      return card;
    });
    set.querySelector(".voices").replaceChildren(...cards);
  }
}

function chosenNow() {
  const sets = document.querySelectorAll(".one");
  return [...sets].map((set) => Number(set.querySelector(":checked")?.value ?? NONE));
}

function show() {
  audio.pause();
  const now = chosenNow();
  const rows = [...voices.keys(), NONE].map((voice) => {
    const here = now.filter((one) => one === voice).length;
    const row = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = voice === NONE ? says.none : voices[voice];
    const cells = [here, here + (everybody.get(voice) ?? 0)].map((count) => {
      const cell = document.createElement("td");
      cell.textContent = String(count);
      return cell;
    });
    row.append(head, ...cells);
    return row;
  });
  const result = document.getElementById("result");
  result.querySelector("tbody").replaceChildren(...rows);
  document.getElementById("people").textContent = filled(says.people, { n: people + 1 });
  result.hidden = false;
  result.querySelector("h2").focus();
  result.scrollIntoView();
}

document.getElementById("show").addEventListener("click", show);
document.getElementById("print").addEventListener("click", () => print());
document.getElementById("again").addEventListener("click", () => {
  for (const voice of chosenNow()) everybody.set(voice, (everybody.get(voice) ?? 0) + 1);
  people++;
  begin();
  scrollTo(0, 0);
  document.querySelector(".one button").focus({ preventScroll: true });
});
begin();
