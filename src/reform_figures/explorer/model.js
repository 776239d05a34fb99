"use strict";
// The data, what is chosen of them, the address that shares the choice, and the file to take away.
// "Hơn 3,9 triệu tài khoản" is a row with value "3900000", bound "gt" and the place of "3,9 triệu" in its sentence.

const DATA = JSON.parse(document.getElementById("data").textContent);
const LANGUAGES = ["en", "vi"];
const STATUSES = ["actual", "target", "forecast"];
const NATIONAL = ["VN", "VN-central", "VN-local"];
const UNNAMED = "?"; // a district or commune whose name could not be read
const ROWS = DATA.rows.map((cells) => {
  const row = Object.fromEntries(DATA.columns.map((name, n) => [name, cells[n]]));
  row.from = DATA.articles[row.article];
  row.code = DATA.indicators[row.indicator].code;
  row.id = figureOf(row.from, row.span);
  row.number = Number(row.value);
  row.top = row.max === null ? row.number : Number(row.max);
  row.day = dayNumber(row.held);
  row.since = dayNumber(row.start);
  return row;
});
const view = { indicator: "", area: "", status: "", figure: "", lang: "en", log: false };

function figureOf(article, span) {
  return `${article.id}:${span}`;
}

function dayNumber(text) {
  return text ? Date.parse(text) / 86400000 : null;
}

function choose(pair) {
  return (pair || ["", ""])[LANGUAGES.indexOf(view.lang)];
}

// The words of a code of the page, with {places} filled.
function word(code, places = {}) {
  return choose(DATA.words[code]).replace(/\{(\w+)\}/g, (whole, name) => (name in places ? places[name] : whole));
}

// Words about so many of the rows shown, "" for none of them.
function counted(code, count) {
  return count ? word(count === 1 ? `${code}_one` : code, { count }) : "";
}

function nameOf(kind, code) {
  return code && Object.hasOwn(DATA.names[kind], code) ? choose(DATA.names[kind][code]) : code || "";
}

function periodText(code) {
  return code && Object.hasOwn(DATA.periods, code) ? choose(DATA.periods[code]) : code || "";
}

// "" is every indicator, and every area.
function rowsOf(indicator, area) {
  return ROWS.filter((row) => (!indicator || row.code === indicator) && (!area || row.area === area));
}

function countBy(rows, key) {
  const counts = new Map();
  for (const row of rows) counts.set(row[key], (counts.get(row[key]) || 0) + 1);
  return counts;
}

// The rows chosen, in order of time, then of publication; those without a period last.
function shownRows() {
  const late = (row) => (row.day === null ? Infinity : row.day);
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return rowsOf(view.indicator, view.area).filter((row) => !view.status || row.status === view.status).sort((a, b) =>
    compare(late(a), late(b)) || compare(a.from.day, b.from.day) || compare(a.number, b.number) || compare(a.id, b.id));
}

function sortAreas(codes) {
  const rank = (code) => (NATIONAL.includes(code) ? NATIONAL.indexOf(code) : NATIONAL.length);
  return [...codes].sort((a, b) => rank(a) - rank(b) || nameOf("area", a).localeCompare(nameOf("area", b), "vi"));
}

// What was told before the merger counts the old territory, whatever its period: "đến năm 2026" (by 2026).
function isMerged(row) {
  const later = row.end !== null && row.end >= DATA.merger.day;
  return DATA.merger.areas.includes(row.area) && later && !(row.from.day && row.from.day < DATA.merger.day);
}

// What was told of a time before it was over.
function isEarly(row) {
  return row.status === "actual" && row.end !== null && row.from.day !== "" && row.from.day < row.end;
}

// Something planned or expected, which the period it is told of has not shown yet.
function isAhead(row) {
  return row.status !== "actual" && row.kind === "at" && row.period !== null;
}

// Keep an area and a status only where there are rows of them; begin with the whole country.
function settle(wholeCountry) {
  const has = (area) => rowsOf(view.indicator, area).length > 0;
  if (wholeCountry && view.indicator && !has(view.area)) view.area = "";
  if (wholeCountry && view.indicator && !view.area && has("VN")) view.area = "VN";
  if (!view.indicator && !view.area) view.indicator = DATA.first;
  if (view.status && !rowsOf(view.indicator, view.area).some((row) => row.status === view.status)) view.status = "";
}

// Read the address; returns what it asks for and the data do not have. An empty indicator is all of an area.
function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const missing = [];
  const take = (name, known, fallback) => {
    const told = asked.get(name);
    if (told && !known(told)) missing.push(told.slice(0, 80));
    return told && known(told) ? told : fallback;
  };
  view.lang = take("lang", (code) => LANGUAGES.includes(code), view.lang);
  view.figure = take("figure", (id) => ROWS.some((row) => row.id === id), "");
  const figure = ROWS.find((row) => row.id === view.figure);
  const isIndicator = (code) => DATA.indicators.some((one) => one.code === code);
  const all = asked.get("indicator") === "";
  view.indicator = all ? "" : take("indicator", isIndicator, figure ? figure.code : DATA.first);
  view.area = take("area", (code) => rowsOf(view.indicator, code).length > 0, "");
  view.status = take("status", (code) => STATUSES.includes(code), "");
  view.log = asked.get("log") === "1";
  settle(!asked.has("area") && !figure);
  return missing;
}

// The address that shows the same view to somebody else; indicator and area are always told, "" is all of them.
function address() {
  const told = new URLSearchParams({ indicator: view.indicator, area: view.area });
  if (view.status) told.set("status", view.status);
  if (view.log) told.set("log", "1");
  if (view.lang !== "en") told.set("lang", view.lang);
  if (view.figure) told.set("figure", view.figure);
  return `#${told}`;
}

// The columns of `load_series()`; names of subjects and areas in the language of the view.
function csvCells(row) {
  const { fields, subject_name } = DATA.indicators[row.indicator], { publisher, link, read } = row.from;
  const { area, tier, period, base, status, value, of, bound, hedge, reports, verdict, state, unit_within } = row;
  const told = {
    ...{ area, tier, period, base, status, value, of, bound, hedge, reports, verdict, state, unit_within },
    ...{ ...fields, publisher, link, ...read },
    ...{ indicator: row.code, period_start: row.start, period_end: row.end, period_kind: row.kind, value_max: row.max },
    ...{ known_since: row.from.day, known_since_precision: row.from.precision, figure_id: row.id, article_id: row.from.id },
    ...{ other_state: row.other && figureOf(row.from, row.other), sentence: DATA.sentences[row.sentence] },
    ...{ subject_name: choose(subject_name), area_name: nameOf("area", row.area) },
  };
  return DATA.file_columns.map((name) => told[name]);
}

// Whether the browser let us: a page inside another may not.
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

// A cell that a spreadsheet would take for a formula gets an apostrophe before it; plain numbers stay numbers.
function csvCell(value) {
  let text = value === null || value === undefined ? "" : String(value);
  if (/^[\s\u0000]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)) text = `'${text}`;
  return /[",\r\n;\t]/.test(text) || /^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// The mark at the beginning tells spreadsheets that it is UTF-8: without it Vietnamese letters break.
function csvText(rows) {
  const lines = [DATA.file_columns, ...rows.map(csvCells)];
  return "\uFEFF" + lines.map((cells) => cells.map(csvCell).join(",")).join("\r\n") + "\r\n";
}
