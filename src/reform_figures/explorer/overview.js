// The way in by area: all that is told of one province, ministry or the whole country, indicator by indicator.
// Of "Vĩnh Phúc" (a province until 2025) it lists each indicator with its latest number, and what it is a part of now.

// The row that stands for an indicator of an area: of the whole area, reached, the main number, of the latest time; of one
// time a state rather than what was counted until then. What was before a change is never it: null where no other is told.
function latestOf(rows) {
  const isMain = (row) => row.state === "after" || (row.verdict !== "several" && row.verdict !== "different_scope");
  const day = (row) => (row.day === null ? -Infinity : row.day);
  const rank = (row) => [!row.unit_within, row.status === "actual", isMain(row), day(row), row.kind === "at", row.from.day];
  const later = (a, b) => {
    if (a === null) return b;
    const one = rank(a), other = rank(b), n = one.findIndex((part, place) => part !== other[place]);
    return n >= 0 && one[n] > other[n] ? a : b;
  };
  return rows.filter((row) => row.state !== "before").reduce(later, null);
}

// What became of an area's territory in June 2025, with a button for each area that it leads to.
function territory(area, onArea) {
  const into = DATA.merger.into[area], held = Object.keys(DATA.merger.into).filter((code) => DATA.merger.into[code] === area);
  const named = (codes) => sortAreas(codes).map((code) => nameOf("area", code)).join(", ");
  const told = into ? becameText(area) : held.length ? word("grew", { areas: named(held), day: choose(DATA.merger.day_text) }) : "";
  const ways = (into ? [into] : held).filter((code) => rowsOf("", code).length).map((code) => {
    const button = make("button", { type: "button" }, `${nameOf("area", code)} (${rowsOf("", code).length})`);
    button.addEventListener("click", () => onArea(code));
    return button;
  });
  return told ? [make("p", {}, told), make("p", { class: "steps" }, ...ways)] : [];
}

function drawOverview(rows, onIndicator, onFigure, onArea) {
  const themes = new Map();
  for (const one of DATA.indicators) {
    const own = rows.filter((row) => row.code === one.code);
    if (own.length) themes.set(choose(one.theme), [...(themes.get(choose(one.theme)) || []), { one, own }]);
  }
  const heads = make("thead", {}, make("tr", {}, ...["indicator", "latest", "period"].map((code) => make("th", { scope: "col" }, word(code)))));
  const bodies = [...themes].map(([theme, ones]) => {
    ones.sort((a, b) => choose(a.one.name).localeCompare(choose(b.one.name), view.lang));
    const head = make("tr", {}, make("th", { scope: "rowgroup", colspan: "3", class: "theme" }, theme));
    return make("tbody", {}, head, ...ones.map(({ one, own }) => overviewRow(one, own, onIndicator, onFigure)));
  });
  const table = make("table", {}, heads, ...bodies);
  const box = make("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "chart-heading" }, table);
  document.getElementById("overview").replaceChildren(...territory(view.area, onArea), box);
}

function overviewRow(one, own, onIndicator, onFigure) {
  const latest = latestOf(own);
  const name = make("button", { type: "button", class: "link" }, choose(one.name));
  name.addEventListener("click", () => onIndicator(one.code));
  const cells = [[name, " ", make("span", { class: "faint" }, `(${own.length})`)], ...(latest ? latestCells(latest, onFigure) : [["-"], ["-"]])];
  return make("tr", {}, ...cells.map((cell) => make("td", {}, ...cell)));
}

function latestCells(latest, onFigure) {
  const number = make("button", { type: "button", "data-figure": latest.id }, choose(latest.amount));
  number.addEventListener("click", () => onFigure(latest.id));
  const status = latest.status === "actual" ? "" : nameOf("status", latest.status);
  const unit = latest.unit_within ? [" ", make("span", { class: "faint" }, whose(latest))] : [];
  const during = latest.kind === "in" ? kindText(latest) : "";
  return [[number, ...unit], [[[whenText(latest), during].filter(Boolean).join(" "), status].filter(Boolean).join(", ")]];
}
