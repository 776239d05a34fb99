// The page as a whole: choices, language, address, download. Everything is drawn anew when a choice changes; going
// from point to point only moves the mark, so that the keyboard stays where it is.

const at = (id) => document.getElementById(id);
const HEADS = ["period", "number", "area", "status", "source", "published", "agreement"];
let missing = [];

function option(value, text, chosen) {
  const made = make("option", { value }, text);
  made.selected = value === chosen;
  return made;
}

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D").toLowerCase();
}

function fillIndicators() {
  const words = plain(at("find").value).split(/\s+/).filter(Boolean);
  const counts = new Map();
  for (const row of ROWS) counts.set(row.code, (counts.get(row.code) || 0) + 1);
  const fits = (one) => words.every((part) => plain(`${one.name.join(" ")} ${one.theme.join(" ")}`).includes(part));
  const listed = DATA.indicators.filter((one) => one.code === view.indicator || fits(one));
  const themes = new Map();
  for (const one of listed) themes.set(choose(one.theme), [...(themes.get(choose(one.theme)) || []), one]);
  at("indicator").replaceChildren(...[...themes].map(([theme, ones]) => {
    ones.sort((a, b) => choose(a.name).localeCompare(choose(b.name), view.lang));
    return make("optgroup", { label: theme }, ...ones.map((one) => option(one.code, `${choose(one.name)} (${counts.get(one.code)})`, view.indicator)));
  }));
  return words.length && !DATA.indicators.some(fits) ? word("no_indicator") : "";
}

function fillChoices() {
  const rows = indicatorRows();
  const count = (name, code) => rows.filter((row) => row[name] === code).length;
  const areas = areasOf(rows).map((code) => option(code, `${nameOf("area", code)} (${count("area", code)})`, view.area));
  at("area").replaceChildren(option("", `${word("all_areas")} (${rows.length})`, view.area), ...areas);
  const statuses = STATUSES.filter((code) => count("status", code) || code === view.status);
  at("status").replaceChildren(option("", word("all_statuses"), view.status), ...statuses.map((code) => option(code, `${nameOf("status", code)} (${count("status", code)})`, view.status)));
  at("log").checked = view.log;
}

function fillWords() {
  document.documentElement.lang = view.lang;
  document.title = `${word("title")} - Reform figures`;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  at("languages").setAttribute("aria-label", word("language"));
  at("choice").setAttribute("aria-label", word("choose"));
  for (const button of document.querySelectorAll("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === view.lang));
  at("heads").replaceChildren(...HEADS.map((code) => make("th", { scope: "col" }, word(code))));
}

function showTold(rows, more = "") {
  const articles = new Set(rows.map((row) => row.article)).size;
  const counted = rows.length === 1 ? word("shown_one") : word("shown", { count: rows.length, articles });
  const told = [missing.length ? word("not_found", { what: missing.join(", ") }) : "", rows.length ? counted : word("nothing"), more];
  at("told").textContent = told.filter(Boolean).join(" ");
}

function showAll() {
  const rows = shownRows();
  if (!rows.some((row) => row.id === view.figure)) view.figure = "";
  fillWords();
  fillIndicators();
  fillChoices();
  const chosen = DATA.indicators.find((one) => one.code === view.indicator);
  const area = view.area ? nameOf("area", view.area) : word("all_areas");
  at("chart-heading").textContent = chosen ? `${choose(chosen.name)}: ${area}` : word("chart");
  at("about").textContent = chosen ? choose(chosen.about) : "";
  at("rows").replaceChildren(...rows.map((row) => tableRow(row, goTo)));
  showTold(rows);
  showChart();
  showMarks(rows);
  showChoice();
}

function drawable(rows) {
  return rows.filter((row) => row.day !== null && (!view.log || (row.number > 0 && row.top > 0)));
}

function showChart() {
  const rows = shownRows(), drawn = drawable(rows);
  const undated = rows.filter((row) => row.day === null).length, low = rows.length - undated - drawn.length;
  const held = at("chart").contains(document.activeElement);
  at("chart").replaceChildren(...(drawn.length ? [drawChart(drawn, Math.max(280, at("chart").clientWidth), goTo)] : []));
  const changed = rows.filter((row) => DATA.merger.areas.includes(row.area) && row.day !== null);
  const merged = new Set(changed.filter(isMerged).map((row) => row.area));
  const across = changed.some((row) => merged.has(row.area) && !isMerged(row));
  const notes = [across && word("merger", { day: DATA.merger.day }), undated && word("undated", { count: undated }), low && word("not_positive", { count: low }), view.log && drawn.length && word("log_axis")];
  at("chart-notes").textContent = notes.filter(Boolean).join("\n");
  markChoice();
  if (held) at("chart").querySelector("[tabindex='0']")?.focus();
}

function markChoice() {
  const points = [...at("chart").querySelectorAll(".point")];
  const stop = points.find((point) => point.dataset.figure === view.figure) || points[0];
  for (const point of points) {
    point.setAttribute("aria-checked", String(point.dataset.figure === view.figure));
    point.setAttribute("tabindex", point === stop ? "0" : "-1");
  }
  for (const row of at("rows").children) {
    if (row.dataset.figure === view.figure) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

function showChoice() {
  const rows = shownRows(), n = rows.findIndex((row) => row.id === view.figure);
  showDetail(rows[n]);
  markChoice();
  at("previous").disabled = n <= 0;
  at("next").disabled = !rows.length || n === rows.length - 1;
  const hash = address();
  if (location.hash !== hash) {
    try {
      history.replaceState(null, "", hash);
    } catch {
      // a page inside another may not change its address; the field beneath still holds the link
    }
  }
  at("link").value = location.href.split("#")[0] + hash;
}

function goTo(id) {
  view.figure = id;
  showChoice();
}

function step(way) {
  const rows = shownRows(), n = rows.findIndex((row) => row.id === view.figure) + way;
  if (n >= 0 && n < rows.length) goTo(rows[n].id);
}

function change(name, value) {
  view[name] = value;
  missing = [];
  if (name === "indicator") settle(true);
  showAll();
}

function download() {
  const file = new Blob([csvText(shownRows())], { type: "text/csv;charset=utf-8" });
  const link = make("a", { href: URL.createObjectURL(file), download: `${view.indicator}${view.area ? `_${plain(view.area).replace(/[^a-z0-9]+/g, "-")}` : ""}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(at("link").value);
    showTold(shownRows(), word("copied"));
  } catch {
    at("link").select();
    showTold(shownRows(), word("copy_by_hand"));
  }
}

function followAddress() {
  missing = readAddress();
  showAll();
}

at("find").addEventListener("input", () => showTold(shownRows(), fillIndicators()));
for (const name of ["indicator", "area", "status"]) at(name).addEventListener("change", (event) => change(name, event.target.value));
at("log").addEventListener("change", (event) => change("log", event.target.checked));
for (const button of document.querySelectorAll("[data-language]")) button.addEventListener("click", () => change("lang", button.dataset.language));
at("choice").addEventListener("submit", (event) => event.preventDefault());
at("previous").addEventListener("click", () => step(-1));
at("next").addEventListener("click", () => step(1));
at("download").addEventListener("click", download);
at("copy").addEventListener("click", copyLink);
at("link").addEventListener("focus", () => at("link").select());
at("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address holds the view
  at("chart-heading").focus();
});
window.addEventListener("hashchange", followAddress);
let width = 0;
new ResizeObserver(() => {
  if (at("chart").clientWidth !== width) showChart();
  width = at("chart").clientWidth;
}).observe(at("chart"));
followAddress();
