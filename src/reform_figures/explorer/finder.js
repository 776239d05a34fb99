// The search: indicators and areas by their names, other names and everyday words, with or without the marks on letters.
// "sap nhap" finds what "sáp nhập" (merger) stands beside in the tables; no word is known here.

const MOST_FOUND = 8;

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D").toLowerCase();
}

function wordsIn(text) {
  return plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

// What is searched: first the name, then other words, then the meaning; a word found sooner counts more.
const FINDABLE = [
  ...Object.entries(DATA.names.area).map(([code, name]) => entry({ area: code, indicator: "" }, name, [DATA.area_words[code] || ""])),
  ...DATA.indicators.map((one) => entry({ area: "", indicator: one.code }, one.name, [one.theme.join(" "), one.words, one.about.join(" ")])),
];

function entry(place, names, others) {
  const parts = [names.join(" "), others.slice(0, 2).join(" "), others[2] || ""];
  return { place, names: names.map(plain), parts: parts.map(wordsIn), count: rowsOf(place.indicator, place.area).length };
}

// How far from its name an entry has all the words, then how often: less is nearer. Null where it has not all of them.
// The beginning of a word is enough, but for "ha" before another word, and in meanings: too many begin with it.
function farness(one, asked) {
  const isWhole = (place, word) => place === 2 || (word.length < 3 && word !== asked.at(-1));
  const hits = (part, place, word) => part.filter((told) => (isWhole(place, word) ? told === word : told.startsWith(word))).length;
  const places = asked.map((word) => one.parts.findIndex((part, place) => hits(part, place, word)));
  if (places.includes(-1)) return null;
  const often = asked.reduce((sum, word) => sum + one.parts.reduce((all, part, place) => all + hits(part, place, word), 0), 0);
  return Math.max(...places) * 1000 - Math.min(often, 999);
}

// Entries that have the words asked for, nearest first; behind a province that is gone stands what it is a part of.
function find(text) {
  const asked = wordsIn(text), whole = plain(text).trim();
  if (!asked.length) return [];
  const begins = (one) => (one.names.some((name) => name === whole) ? 0 : one.names.some((name) => name.startsWith(whole)) ? 1 : 2);
  const fitting = FINDABLE.map((one) => ({ one, far: farness(one, asked) })).filter((found) => found.far !== null);
  fitting.sort((a, b) => begins(a.one) - begins(b.one) || a.far - b.far || b.one.count - a.one.count);
  const found = fitting.map(({ one }) => one);
  for (const one of [...found]) {
    const into = DATA.merger.into[one.place.area], whole = FINDABLE.find((other) => other.place.area === into);
    if (into && !found.includes(whole)) found.splice(found.indexOf(one) + 1, 0, whole);
  }
  return found;
}

function becameText(area) {
  return word("became", { area: nameOf("area", DATA.merger.into[area]), day: choose(DATA.merger.day_text) });
}

function foundText(one) {
  const { area, indicator } = one.place;
  const name = area ? nameOf("area", area) : choose(DATA.indicators.find((other) => other.code === indicator).name);
  const count = ["found_no_figures", "found_one_figure"][one.count] || "found_figures";
  const became = DATA.merger.into[area] ? becameText(area) : "";
  return { name, told: [word(count, { count: one.count }), became].filter(Boolean).join("; ") };
}

// The answers as buttons, areas first; `onChoose` is told the place of the one that somebody takes.
function showFound(text, onChoose) {
  const box = document.getElementById("found"), found = find(text);
  const areas = found.filter((one) => one.place.area), others = found.filter((one) => one.place.indicator);
  const shown = [...areas.slice(0, MOST_FOUND), ...others.slice(0, MOST_FOUND)];
  const lines = shown.map((one) => {
    const { name, told } = foundText(one);
    const button = make("button", { type: "button" }, name);
    button.disabled = one.count === 0;
    button.addEventListener("click", () => onChoose(one.place));
    return make("li", {}, button, " ", make("span", { class: "faint" }, told));
  });
  const more = found.length - shown.length;
  if (more) lines.push(make("li", { class: "faint" }, word("found_more", { count: more })));
  box.replaceChildren(...(lines.length ? [make("ul", {}, ...lines)] : []));
  box.hidden = !lines.length;
  return found.length;
}
