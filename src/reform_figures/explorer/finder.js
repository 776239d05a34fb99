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

// Names of areas as words, each of them alone: "nghe", "an" leads to Nghệ An.
const PLACES = FINDABLE.filter((one) => one.place.area).flatMap((one) => {
  const told = [...DATA.names.area[one.place.area], ...(DATA.area_words[one.place.area] || "").split(";")];
  return told.map(wordsIn).filter((words) => words.length).map((words) => ({ one, words }));
});
const FILLERS = new Set(DATA.words.search_fillers.flatMap((told) => told.split(";")));

// How far from its name an entry has all the words, then how often: less is nearer. Null where it has not all of them.
// The beginning of a word is enough, but not of one or two letters, nor in meanings: too many begin with it.
function farness(one, asked) {
  const isWhole = (place, word) => place === 2 || word.length < 3;
  const hits = (part, place, word) => part.filter((told) => (isWhole(place, word) ? told === word : told.startsWith(word))).length;
  const places = asked.map((word) => one.parts.findIndex((part, place) => hits(part, place, word)));
  if (places.includes(-1)) return null;
  const often = asked.reduce((sum, word) => sum + one.parts.reduce((all, part, place) => all + hits(part, place, word), 0), 0);
  return Math.max(...places) * 1000 - Math.min(often, 999);
}

// Entries that have the words asked for or whose name begins with them, nearest first; behind a province that is gone
// stands what it is a part of.
function findEntries(text) {
  const asked = wordsIn(text), whole = plain(text).trim();
  if (!asked.length) return [];
  const begins = (one) => (one.names.some((name) => name === whole) ? 0 : one.names.some((name) => name.startsWith(whole)) ? 1 : 2);
  const fitting = FINDABLE.map((one) => ({ one, far: farness(one, asked) ?? (begins(one) < 2 ? 0 : null) })).filter((found) => found.far !== null);
  fitting.sort((a, b) => begins(a.one) - begins(b.one) || a.far - b.far || b.one.count - a.one.count);
  const found = fitting.map(({ one }) => one);
  for (const one of [...found]) {
    const into = intoOf(one);
    if (into && !found.includes(into)) found.splice(found.indexOf(one) + 1, 0, into);
  }
  return found;
}

// The entry of what a province is a part of since June 2025.
function intoOf(one) {
  return FINDABLE.find((other) => other.place.area && other.place.area === DATA.merger.into[one.place.area]);
}

// "Communes in Nghệ An" names a place and a subject: the areas by the longest name in it, and the words that are left,
// but for those that only join the two.
function placeAndSubject(text) {
  const words = text.normalize("NFC").split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean), asked = words.map(plain);
  const begin = (name) => asked.findIndex((_, n) => name.every((word, k) => asked[n + k] === word));
  const named = PLACES.filter(({ words: name }) => name.length < asked.length && begin(name) >= 0);
  const longest = named.filter(({ words: name }) => name.length === Math.max(...named.map((one) => one.words.length)));
  const isName = (n) => longest.some(({ words: name }) => n >= begin(name) && n < begin(name) + name.length);
  const rest = words.filter((word, n) => !isName(n) && !FILLERS.has(word.toLowerCase()));
  return { areas: [...new Set(longest.map(({ one }) => one))], rest: rest.join(" ") };
}

// What fits a text, and a word on it where that is not all that was asked for. `found` are entries, of an area's indicator
// with both in their place.
function find(text) {
  const found = findEntries(text);
  if (found.length || !wordsIn(text).length) return { found, told: "" };
  const { areas, rest } = placeAndSubject(text);
  if (!areas.length) return { found, told: word("no_indicator", { words: text.trim() }) };
  const whole = [...new Set(areas.flatMap((one) => [one, intoOf(one)]))].filter(Boolean);
  if (!rest) return { found: whole, told: "" };
  const subjects = findEntries(rest).filter((one) => one.place.indicator);
  const both = whole.flatMap((one) => subjects.map((subject) => {
    const place = { area: one.place.area, indicator: subject.place.indicator };
    return { place, count: rowsOf(place.indicator, place.area).length };
  })).filter((one) => one.count);
  const names = areas.map((one) => nameOf("area", one.place.area)).join(", ");
  return both.length ? { found: both, told: "" } : { found: whole, told: word("not_of_place", { area: names, words: rest }) };
}

function becameText(area) {
  return word("became", { area: nameOf("area", DATA.merger.into[area]), day: choose(DATA.merger.day_text) });
}

function foundText(one) {
  const { area, indicator } = one.place;
  const name = [indicator && choose(DATA.indicators.find((other) => other.code === indicator).name), area && nameOf("area", area)];
  const count = ["found_no_figures", "found_one_figure"][one.count] || "found_figures";
  const became = DATA.merger.into[area] ? becameText(area) : "";
  return { name: name.filter(Boolean).join(": "), told: [word(count, { count: one.count }), became].filter(Boolean).join("; ") };
}

// The answers as buttons, areas first; `onChoose` is told the place of the one that somebody takes.
function showFound(text, onChoose) {
  const box = document.getElementById("found"), { found, told: search } = find(text);
  const areas = found.filter((one) => !one.place.indicator), others = found.filter((one) => one.place.indicator);
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
  document.getElementById("search-told").textContent = search;
}
