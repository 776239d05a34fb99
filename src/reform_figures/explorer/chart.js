// The chart: SVG drawn from rows; lines only through one running state of one whole.
// "Từ 635 xuống còn 559" (from 635 to 559) of one December is an arrow between two points, no line over time.

const HEIGHT = 340;
const TOP = 26;
const BOTTOM = 34;
const FEW_LABELS = 24;

function make(name, attributes = {}, ...children) {
  return put(document.createElement(name), attributes, children);
}

function draw(name, attributes = {}, ...children) {
  return put(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function put(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children); // texts become text nodes: nothing scraped is ever read as markup
  return element;
}

// Round steps that divide a span into about `count` parts.
function niceStep(span, count) {
  const raw = span / count, power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 2.5, 5, 10].map((n) => n * power).find((step) => step >= raw * 0.999);
}

function valueScale(rows) {
  const values = rows.flatMap((row) => [row.number, row.top]);
  const high = Math.max(...values), low = Math.min(...values);
  const room = HEIGHT - TOP - BOTTOM;
  if (view.log) {
    const first = Math.floor(Math.log10(low)), last = Math.max(Math.ceil(Math.log10(high)), first + 1);
    const ticks = Array.from({ length: last - first + 1 }, (_, n) => 10 ** (first + n));
    const steps = last - first < 3 ? ticks.flatMap((t) => [t, 2 * t, 5 * t]).filter((t) => t <= 10 ** last) : ticks;
    return { ticks: steps, y: (v) => TOP + room * (1 - (Math.log10(v) - first) / (last - first)) };
  }
  const bottom = Math.min(0, low);
  const percent = rows.every((row) => DATA.indicators[row.indicator].percent) && high <= 100 && high > 20;
  const step = percent ? 20 : niceStep(Math.max(high - bottom, 1e-9) || 1, 5);
  const top = percent ? 100 : Math.ceil(high / step - 1e-9) * step || 1;
  const floor = Math.floor(bottom / step + 1e-9) * step;
  const ticks = Array.from({ length: Math.round((top - floor) / step) + 1 }, (_, n) => floor + n * step);
  return { ticks, y: (v) => TOP + (room * (top - v)) / (top - floor) };
}

function tickText(value, rows) {
  const power = value >= 1e9 ? 9 : value >= 1e6 ? 6 : 0;
  const number = new Intl.NumberFormat(view.lang === "vi" ? "vi-VN" : "en-GB", { maximumFractionDigits: 6 });
  const text = number.format(Number((value / 10 ** power).toPrecision(12)));
  if (power) return `${text} ${word(`scale_${power}`)}`;
  return DATA.indicators[rows[0].indicator].percent ? `${text}%` : text;
}

function timeScale(rows, left, right) {
  const ends = rows.map((row) => row.day), starts = rows.filter((row) => row.kind === "in").map((row) => row.since);
  const year = (day) => new Date(day * 86400000).getUTCFullYear();
  const first = year(Math.min(...ends, ...starts)), last = year(Math.max(...ends)) + 1;
  const january = (n) => Date.UTC(n, 0, 1) / 86400000;
  const x = (day) => left + ((right - left) * (day - january(first))) / (january(last) - january(first));
  const every = Math.max(1, Math.ceil(((last - first) * 42) / (right - left)));
  const years = Array.from({ length: last - first }, (_, n) => first + n);
  return { x, years: years.map((n) => ({ n, at: x(january(n)), middle: x((january(n) + january(n + 1)) / 2), named: (n - first) % every === 0 })), end: right };
}

// The chart of rows that have a period; `onChoose` is told the row that somebody goes to.
function drawChart(rows, width, onChoose) {
  const scale = valueScale(rows);
  const texts = scale.ticks.map((tick) => tickText(tick, rows));
  const left = Math.min(width / 3, 14 + 6.8 * Math.max(...texts.map((text) => text.length)));
  const changes = changesIn(rows);
  const time = timeScale(rows, left, width - (changes.length ? 44 : 14));
  const svg = draw("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, role: "radiogroup", "aria-labelledby": "chart-heading", "aria-describedby": "chart-help" });
  svg.append(drawAxes(scale, texts, time, left));
  const placed = rows.map((row) => ({ row, x: time.x(row.day), y: scale.y(row.number), top: scale.y(row.top), from: time.x(row.since) }));
  svg.append(drawLinks(placed), drawChanges(placed, changes));
  const points = placed.map((point) => drawPoint(point));
  svg.append(...points);
  svg.append(drawLabels(placed, left, width));
  listen(svg, placed, points, onChoose);
  return svg;
}

function drawAxes(scale, texts, time, left) {
  const axes = draw("g", { "aria-hidden": "true" });
  scale.ticks.forEach((tick, n) => {
    const y = scale.y(tick);
    axes.append(draw("line", { x1: left, x2: time.end, y1: y, y2: y, class: tick === 0 ? "axis" : "grid" }));
    axes.append(draw("text", { x: left - 6, y: y + 4, "text-anchor": "end", class: "tick" }, texts[n]));
  });
  const foot = HEIGHT - BOTTOM;
  for (const year of time.years) {
    axes.append(draw("line", { x1: year.at, x2: year.at, y1: foot, y2: foot + 5, class: "axis" }));
    if (year.named) axes.append(draw("text", { x: year.middle, y: foot + 20, "text-anchor": "middle", class: "tick" }, String(year.n)));
  }
  return axes;
}

// Lines join what is one running state of one whole, up to where articles disagree; dots link reports that do.
function drawLinks(placed) {
  const links = draw("g", { "aria-hidden": "true" });
  for (const run of groups(placed, lineKey).flatMap(runs)) {
    if (run.length < 2) continue;
    const d = run.map((p, n) => `${n ? "L" : "M"}${p.x} ${p.y}`).join("");
    links.append(draw("path", { d, class: "line", stroke: GROUPS[groupOf(run[0].row)].colour }));
  }
  for (const points of groups(placed, conflictKey)) {
    const ys = points.map((p) => p.y), x = points[0].x;
    if (points.length > 1) links.append(draw("line", { x1: x, x2: x, y1: Math.min(...ys), y2: Math.max(...ys), class: "conflict" }));
  }
  return links;
}

function groups(placed, key) {
  const found = new Map();
  for (const point of placed) {
    const name = key(point.row);
    if (name !== null) found.set(name, [...(found.get(name) || []), point]);
  }
  return [...found.values()];
}

function runs(points) {
  return points.reduce((all, p) => (p.row.verdict === "conflict" ? [...all, []] : [...all.slice(0, -1), [...all.at(-1), p]]), [[]]);
}

// Single areas get a line where one of them is looked at by itself: many lines across each other tell nothing. None runs
// over the day of a province's merger: before and after it, different territories are counted.
function lineKey(row) {
  const alone = view.area || NATIONAL.includes(row.area);
  const joined = alone && row.status === "actual" && row.kind !== "in" && row.verdict !== "different_scope" && !row.apart;
  return joined ? JSON.stringify([row.area, row.unit_within, row.tier, row.kind, row.base, isMerged(row)]) : null;
}

// The states before and after a change that one article tells of, as pairs of rows, but for those that a line joins: what
// is told of two times in their order needs no more than that.
function changesIn(rows) {
  const pairs = rows.filter((row) => row.state === "before").map((row) => [row, rows.find((one) => one.article === row.article && one.span === row.other)]);
  const joined = (before, after) => before.day < after.day && lineKey(before) !== null && lineKey(before) === lineKey(after);
  return pairs.filter(([before, after]) => after && !joined(before, after));
}

// An arrow from what was to what became of it: "từ 635 xuống còn 559" (from 635 to 559); bent where both are of one time.
function drawChanges(placed, changes) {
  const arrows = draw("g", { "aria-hidden": "true" });
  for (const [before, after] of changes) {
    const [one, other] = [before, after].map((row) => placed.find((p) => p.row === row));
    if (other.x - one.x > 40) {
      arrows.append(draw("path", { d: straightArrow(one, other), class: "change" }));
      continue;
    }
    const x = other.x + 14, bend = x + 24;
    const head = `M${x + 6} ${other.y - 5}L${x} ${other.y}L${x + 6} ${other.y + 5}`;
    arrows.append(draw("path", { d: `M${x} ${one.y}C${bend} ${one.y} ${bend} ${other.y} ${x} ${other.y}${head}`, class: "change" }));
  }
  return arrows;
}

function straightArrow(one, other) {
  const along = Math.atan2(other.y - one.y, other.x - one.x);
  const at = (point, distance, turn = 0) => `${point.x + distance * Math.cos(along + turn)} ${point.y + distance * Math.sin(along + turn)}`;
  const tip = { x: other.x - 12 * Math.cos(along), y: other.y - 12 * Math.sin(along) };
  return `M${at(one, 12)}L${at(tip, 0)}M${at(tip, -8, 0.6)}L${at(tip, 0)}L${at(tip, -8, -0.6)}`;
}

function conflictKey(row) {
  return row.verdict === "conflict" ? JSON.stringify([row.area, row.unit_within, row.tier, row.period, row.base, row.status]) : null;
}
