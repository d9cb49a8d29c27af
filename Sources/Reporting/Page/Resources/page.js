// The parts of the report page that need a hand: the threshold slider, pictures, copying. All else works without.
"use strict";

for (const element of document.querySelectorAll(".needs-script")) element.hidden = false;

// The threshold: every text was written by the program that wrote the tables; here it is only looked up.
function startExplorer(explorer) {
  const data = JSON.parse(document.getElementById("explorations").textContent);
  const panels = [...explorer.querySelectorAll(".panel")];
  const label = explorer.querySelector("select");
  const slider = explorer.querySelector("input[type=range]");
  const number = explorer.querySelector("input[type=number]");
  const back = explorer.querySelector("button");
  const claim = explorer.querySelector(".claim");
  const status = explorer.querySelector("[aria-live]");
  let rest;

  const exploration = () => data.labels[label.value];

  function show(index, isTyping) {
    const { confidences, declared, thresholds, cells, notes, places } = exploration();
    const panel = panels[label.value];
    const isDeclared = index === declared;
    const threshold = data.texts[thresholds[index]];
    panels.forEach((other) => (other.hidden = other !== panel));
    panel.querySelectorAll("td").forEach((cell, place) => (cell.textContent = data.texts[cells[index][place]]));
    for (const mark of panel.querySelectorAll(".moving")) {
      const [x, y] = places[index].slice(2 * mark.dataset.model);
      mark.setAttribute("transform", `translate(${x} ${y})`);
    }
    panel.querySelector(".notes").textContent = data.texts[notes[index]];
    slider.max = confidences.length - 1;
    slider.value = index;
    slider.setAttribute("aria-valuetext", threshold);
    if (!isTyping) number.value = confidences[index];
    explorer.querySelector(".chosen").textContent = threshold;
    back.disabled = isDeclared;
    claim.classList.toggle("exploring", !isDeclared);
    claim.textContent = isDeclared ? claim.dataset.declared : claim.dataset.exploring;
  }

  function inWords() {
    const rows = [...panels[label.value].querySelectorAll("tbody tr")];
    const cells = rows.map((row) => [...row.cells].map((cell) => cell.textContent));
    const counts = cells.map(([name, misses, , alarms]) => `${name}, FN ${misses}, FP ${alarms}`);
    return `At ${slider.getAttribute("aria-valuetext")}: ${counts.join("; ")}`;
  }

  // What was found is said aloud and kept in the address, to be sent to somebody, when the slider rests: at every step of a
  // drag nobody could listen, and browsers refuse to write the address. Nothing is stored.
  function move(index, isTyping) {
    show(index, isTyping);
    clearTimeout(rest);
    rest = setTimeout(() => {
      status.textContent = inWords();
      const isStart = index === exploration().declared && label.value === "0";
      const state = `#threshold=${exploration().confidences[index]}&label=${label.value}`;
      history.replaceState(null, "", isStart ? location.pathname + location.search : state);
    }, 300);
  }

  function nearest(confidence) {
    const distances = exploration().confidences.map((other) => Math.abs(other - confidence));
    return distances.indexOf(Math.min(...distances));
  }

  function readAddress() {
    const state = new URLSearchParams(location.hash.slice(1));
    const confidence = Number.parseFloat(state.get("threshold"));
    const place = Number.parseInt(state.get("label"), 10);
    label.value = place in data.labels ? String(place) : label.value;
    show(Number.isFinite(confidence) ? nearest(confidence) : exploration().declared);
  }

  label.addEventListener("change", () => move(nearest(Number(number.value))));
  slider.addEventListener("input", () => move(Number(slider.value)));
  number.addEventListener("input", () => number.value && move(nearest(number.valueAsNumber), true));
  number.addEventListener("change", () => move(Number(slider.value)));
  back.addEventListener("click", () => { move(exploration().declared); slider.focus(); });
  addEventListener("hashchange", () => location.hash.startsWith("#threshold=") && readAddress());
  if (location.hash.startsWith("#threshold=")) { readAddress(); explorer.closest("section").scrollIntoView(); }
  else { label.value = "0"; show(exploration().declared); }
}

const explorer = document.querySelector(".explorer");
if (explorer) startExplorer(explorer);

// Pictures: a button each, and one for all of a gallery.
document.addEventListener("click", (event) => {
  const picture = event.target.closest(".picture");
  if (picture) {
    reveal([picture], picture.getAttribute("aria-pressed") !== "true");
    return;
  }
  const all = event.target.closest(".reveal-all");
  if (!all) return;
  const isShown = all.getAttribute("aria-pressed") !== "true";
  all.setAttribute("aria-pressed", isShown);
  reveal(document.getElementById(all.getAttribute("aria-controls")).querySelectorAll(".picture"), isShown);
});

function reveal(pictures, isShown) {
  for (const picture of pictures) picture.setAttribute("aria-pressed", isShown);
}

// Copying, where the browser allows it.
for (const block of document.querySelectorAll(".commands")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    const text = block.querySelector("pre").textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(block.querySelector("pre"));
      button.textContent = "Selected";
    }
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  block.append(button);
}

// What is folded is printed too, by browsers whose style sheets cannot ask for it. Folds of one name open one at a time.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const fold of document.querySelectorAll("details[name]")) {
    fold.dataset.group = fold.getAttribute("name");
    fold.removeAttribute("name");
  }
  for (const fold of opened) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of opened) fold.open = false;
  for (const fold of document.querySelectorAll("details[data-group]")) fold.setAttribute("name", fold.dataset.group);
});
