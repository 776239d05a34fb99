// The marks of the chart and their key: shape and colour say whose, filling the status, arrows and rings the hedge.
// "Ít nhất 90%" (at least 90 %) of a plan is a hollow diamond with an arrow upwards.

const GROUPS = {
  VN: { colour: "#0b3c6f", shape: "circle" },
  central: { colour: "#b34700", shape: "square" },
  local: { colour: "#2a7f8e", shape: "triangle" },
  single: { colour: "#8c2d6b", shape: "cross" },
};
const PART_COLOUR = "#767676";

function groupOf(row) {
  if (row.area === "VN") return "VN";
  if (row.area === "VN-local") return "local";
  return row.area === "VN-central" || row.area === "MOHA" || row.area.startsWith("ORG:") ? "central" : "single";
}

function isPart(row) {
  return Boolean(row.unit_within) || (row.verdict === "different_scope" && row.status === "actual");
}

function shapePath(shape, size) {
  const s = size;
  if (shape === "circle") return `M${-s} 0a${s} ${s} 0 1 0 ${2 * s} 0a${s} ${s} 0 1 0 ${-2 * s} 0Z`;
  if (shape === "square") return `M${-s} ${-s}H${s}V${s}H${-s}Z`;
  if (shape === "triangle") return `M0 ${-1.2 * s}L${1.1 * s} ${0.8 * s}H${-1.1 * s}Z`;
  if (shape === "diamond") return `M0 ${-1.3 * s}L${1.3 * s} 0L0 ${1.3 * s}L${-1.3 * s} 0Z`;
  const a = s / 2.6;
  return `M${-a} ${-s}H${a}V${-a}H${s}V${a}H${a}V${s}H${-a}V${a}H${-s}V${-a}H${-a}Z`;
}

// The mark of a row at 0,0: filled where done, hollow where planned or expected, with its hedge.
function markOf(row) {
  const look = GROUPS[groupOf(row)];
  const colour = isPart(row) ? PART_COLOUR : look.colour;
  const shape = row.status === "target" ? "diamond" : row.status === "forecast" ? "circle" : look.shape;
  const parts = [];
  if (row.bound === "gt" || row.bound === "ge") parts.push(arrow(-1, colour));
  if (row.bound === "lt" || row.bound === "le") parts.push(arrow(1, colour));
  if (row.bound === "approx") parts.push(draw("circle", { r: 10, fill: "none", stroke: colour, "stroke-width": 1.2, class: "approx" }));
  const fill = row.status === "actual" ? colour : "#ffffff";
  parts.push(draw("path", { d: shapePath(shape, isPart(row) ? 3.6 : 5.5), fill, stroke: colour, "stroke-width": 1.8, class: "shape" }));
  return parts;
}

function arrow(way, colour) {
  const tip = 19 * way, foot = 13 * way;
  return draw("path", { d: `M0 0V${foot}M-4 ${foot}H4L0 ${tip}Z`, fill: colour, stroke: colour, "stroke-width": 1.4, class: "bound" });
}

// The key to the marks that the rows really have.
function showMarks(rows) {
  const one = (row, text) => {
    const svg = draw("svg", { viewBox: "-13 -20 26 40", "aria-hidden": "true" }, ...markOf(row));
    return make("li", {}, svg, make("span", {}, text));
  };
  const plain = { area: "VN", status: "actual", bound: "eq", verdict: "only" };
  const areas = { VN: "VN", central: "VN-central", local: "VN-local", single: "VN-single" };
  const has = (test) => rows.some(test);
  const told = Object.keys(areas).filter((group) => has((row) => groupOf(row) === group)).map((group) => one({ ...plain, area: areas[group] }, word(`group_${group}`)));
  if (has((r) => r.status === "target")) told.push(one({ ...plain, status: "target" }, word("target_mark")));
  if (has((r) => r.status === "forecast")) told.push(one({ ...plain, status: "forecast" }, word("forecast_mark")));
  if (has((r) => /^g/.test(r.bound))) told.push(one({ ...plain, bound: "gt" }, word("more_than_mark")));
  if (has((r) => /^l/.test(r.bound))) told.push(one({ ...plain, bound: "lt" }, word("less_than_mark")));
  if (has((r) => r.bound === "approx")) told.push(one({ ...plain, bound: "approx" }, word("approx_mark")));
  if (has(isPart)) told.push(one({ ...plain, verdict: "different_scope" }, word("part_mark")));
  if (has((r) => r.kind === "in")) told.push(make("li", {}, word("flow_mark")));
  if (has((r) => r.max !== null)) told.push(make("li", {}, word("range_mark")));
  if (changesIn(rows).length) told.push(make("li", {}, word("change_mark")));
  if (has((r) => r.verdict === "conflict")) told.push(make("li", {}, word("conflict_mark")));
  document.getElementById("marks").replaceChildren(...told);
  document.getElementById("key").hidden = !told.length;
}
