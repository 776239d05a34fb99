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

function group(label, options) {
  return options.length ? [make("optgroup", { label }, ...options)] : [];
}

// Indicators by theme; where an area is looked at, its own first, and before them the way to all of them at once.
function fillIndicators() {
  const own = countBy(rowsOf("", view.area), "code"), counts = countBy(ROWS, "code");
  const sorted = [...DATA.indicators].sort((a, b) => choose(a.name).localeCompare(choose(b.name), view.lang));
  const shown = (one, count) => option(one.code, `${choose(one.name)} (${count})`, view.indicator);
  const themes = [...new Set(DATA.indicators.map((one) => choose(one.theme)))].sort((a, b) => a.localeCompare(b, view.lang));
  const groups = themes.flatMap((theme) => group(theme, sorted.filter((one) => choose(one.theme) === theme && own.has(one.code)).map((one) => shown(one, own.get(one.code)))));
  const area = nameOf("area", view.area);
  const all = view.area ? [option("", word("all_indicators", { area, count: rowsOf("", view.area).length }), view.indicator)] : [];
  const others = sorted.filter((one) => !own.has(one.code)).map((one) => shown(one, counts.get(one.code)));
  at("indicator").replaceChildren(...all, ...groups, ...group(word("not_of_area"), others));
}

// Areas that have the indicator, then the others, which lead to what is told of them; of all indicators, by kind.
function fillAreas() {
  const own = countBy(rowsOf(view.indicator, ""), "area"), counts = countBy(ROWS, "area");
  const shown = (codes, told) => codes.map((code) => option(code, `${nameOf("area", code)} (${told.get(code)})`, view.area));
  const codes = sortAreas(counts.keys()), having = codes.filter((code) => own.has(code));
  const isBody = (code) => code === "MOHA" || code.startsWith("ORG:"), isNational = (code) => NATIONAL.includes(code);
  const kinds = [["area_country", isNational], ["area_provinces", (code) => !isNational(code) && !isBody(code)], ["area_bodies", isBody]];
  if (!view.indicator) return at("area").replaceChildren(...kinds.flatMap(([code, fits]) => group(word(code), shown(codes.filter(fits), counts))));
  const all = option("", `${word("all_areas")} (${rowsOf(view.indicator, "").length})`, view.area);
  const others = shown(codes.filter((code) => !own.has(code)), counts);
  at("area").replaceChildren(all, ...group(word("with_indicator"), shown(having, own)), ...group(word("without_indicator"), others));
}

function fillChoices() {
  const counts = countBy(rowsOf(view.indicator, view.area), "status");
  fillIndicators();
  fillAreas();
  at("status").replaceChildren(option("", word("all_statuses"), view.status), ...STATUSES.filter((code) => counts.has(code)).map((code) => option(code, `${nameOf("status", code)} (${counts.get(code)})`, view.status)));
  at("log").checked = view.log;
}

function fillWords() {
  document.documentElement.lang = view.lang;
  document.title = `${word("title")} - Reform figures`;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const button of document.querySelectorAll("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === view.lang));
  for (const [id, code] of [["languages", "language"], ["choice", "choose"], ["found", "found"]]) at(id).setAttribute("aria-label", word(code));
  at("heads").replaceChildren(...(view.indicator ? HEADS : ["indicator", ...HEADS]).map((code) => make("th", { scope: "col" }, word(code))));
}

function showTold(rows, more = "") {
  const articles = new Set(rows.map((row) => row.article)).size;
  const code = rows.length === 1 ? "shown_one" : articles === 1 ? "shown_one_article" : "shown";
  const counted = word(code, { count: rows.length, articles });
  const told = [missing.length ? word("not_found", { what: missing.join(", ") }) : "", rows.length ? counted : word("nothing"), more];
  at("told").textContent = told.filter(Boolean).join(" ");
}

function showAll() {
  const rows = shownRows();
  if (!rows.some((row) => row.id === view.figure)) view.figure = "";
  fillWords();
  fillChoices();
  showFound(at("find").value, goToPlace);
  const chosen = DATA.indicators.find((one) => one.code === view.indicator);
  const area = view.area ? nameOf("area", view.area) : word("all_areas");
  const all = view.area ? word("area_heading", { area }) : word("chart");
  at("chart-heading").textContent = chosen ? `${choose(chosen.name)}: ${area}` : all;
  at("about").textContent = chosen ? choose(chosen.about) : "";
  at("back").hidden = !chosen || !view.area;
  at("back").textContent = word("back", { area });
  at("rows").replaceChildren(...rows.map((row) => tableRow(row, readSentence)));
  showTold(rows);
  showOverview(rows);
  showChart();
  showMarks(view.indicator ? rows : []);
  showChoice();
}

// All indicators of an area stand in a table: many things in one chart would share no axis.
function showOverview(rows) {
  const isAll = !view.indicator && rows.length > 0;
  at("overview").hidden = !isAll;
  at("chart").hidden = at("chart-help").hidden = at("log").parentElement.hidden = isAll;
  if (isAll) drawOverview(rows, (code) => go({ indicator: code, area: view.area }), readSentence, (area) => go({ indicator: "", area }));
  else at("overview").replaceChildren();
}

function drawable(rows) {
  return rows.filter((row) => row.day !== null && (!view.log || (row.number > 0 && row.top > 0)));
}

function showChart() {
  const rows = view.indicator ? shownRows() : [], drawn = drawable(rows);
  const undated = rows.filter((row) => row.day === null).length, low = rows.length - undated - drawn.length;
  const held = at("chart").contains(document.activeElement);
  at("chart").replaceChildren(...(drawn.length ? [drawChart(drawn, Math.max(280, at("chart").clientWidth), goTo)] : []));
  const changed = rows.filter((row) => DATA.merger.areas.includes(row.area) && row.day !== null);
  const merged = new Set(changed.filter(isMerged).map((row) => row.area));
  const across = changed.some((row) => merged.has(row.area) && !isMerged(row));
  const units = rows.filter((row) => row.unit_within).length;
  const notes = [counted("of_units", units), across && word("merger", { day: choose(DATA.merger.day_text) }), counted("undated", undated), counted("not_positive", low), view.log && drawn.length && word("log_axis")];
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

// To a number of a table: its sentence stands above the table, so the page moves there.
function readSentence(id) {
  goTo(id);
  at("evidence").scrollIntoView({ block: "nearest" });
}

// To another indicator, another area, or both.
function go(place) {
  Object.assign(view, place, { figure: "" });
  missing = [];
  settle(place.area === "");
  showAll();
  at("chart-heading").focus(); // what was pressed may be gone
}

function goToPlace(place) {
  at("find").value = "";
  go(place);
}

function step(way) {
  const rows = shownRows(), n = rows.findIndex((row) => row.id === view.figure) + way;
  if (n >= 0 && n < rows.length) goTo(rows[n].id);
}

function change(name, value) {
  view[name] = value;
  missing = [];
  if (name === "area" && value && view.indicator && !rowsOf(view.indicator, value).length) view.indicator = "";
  if (name === "indicator") settle(true);
  if (name === "area") settle(false);
  showAll();
}

function download() {
  const file = new Blob([csvText(shownRows())], { type: "text/csv;charset=utf-8" });
  const link = make("a", { href: URL.createObjectURL(file), download: `${view.indicator || "all"}${view.area ? `_${plain(view.area).replace(/[^a-z0-9]+/g, "-")}` : ""}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

async function copyLink() {
  const isCopied = await copyText(at("link").value);
  if (!isCopied) at("link").select();
  showTold(shownRows(), word(isCopied ? "copied" : "copy_by_hand"));
}

function followAddress() {
  missing = readAddress();
  showAll();
}

at("find").addEventListener("input", () => showFound(at("find").value, goToPlace));
for (const name of ["indicator", "area", "status"]) at(name).addEventListener("change", (event) => change(name, event.target.value));
at("log").addEventListener("change", (event) => change("log", event.target.checked));
for (const button of document.querySelectorAll("[data-language]")) button.addEventListener("click", () => change("lang", button.dataset.language));
at("choice").addEventListener("submit", (event) => {
  event.preventDefault();
  at("found").querySelector("button:enabled")?.click(); // the Enter key takes the first answer
});
at("back").addEventListener("click", () => go({ indicator: "", area: view.area }));
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
