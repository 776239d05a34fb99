// A point with its keys and its label, and what the page tells of it: sentence, article, checks.

function drawPoint({ row, x, y, top, from }) {
  const look = isPart(row) ? PART_COLOUR : GROUPS[groupOf(row)].colour;
  const point = draw("g", { class: "point", role: "radio", "aria-checked": "false", tabindex: "-1", "aria-label": pointText(row), "data-figure": row.id });
  if (row.kind === "in" && from !== null) point.append(draw("line", { x1: from, x2: x, y1: y, y2: y, stroke: look, "stroke-width": 3, opacity: 0.45, class: "during" }));
  if (top !== y) point.append(draw("line", { x1: x, x2: x, y1: y, y2: top, stroke: look, "stroke-width": 3, class: "range" }));
  const mark = draw("g", { transform: `translate(${x} ${y})` });
  mark.append(draw("circle", { r: 13, class: "halo" }), ...markOf(row));
  point.append(mark);
  return point;
}

// What a screen reader says at a point: number, whose, when, status, who told it.
function pointText(row) {
  const status = row.status === "actual" ? "" : nameOf("status", row.status);
  const verdict = row.verdict === "only" ? "" : nameOf("verdict", row.verdict);
  const when = row.period || row.state ? whenText(row) : "";
  return [choose(row.amount), whose(row), when, status, row.from.publisher, verdict].filter(Boolean).join(", ");
}

function whose(row) {
  const tier = row.tier && row.tier !== "central" ? ` (${nameOf("tier", row.tier)})` : "";
  const area = nameOf("area", row.area), unit = row.unit_within === UNNAMED ? word("some_unit") : row.unit_within;
  return (unit ? word("within", { unit, area }) : area) + tier;
}

// The period in words, and which side of a change it was: "December 2019, before the change", of a plan "by 2026".
function whenText(row) {
  const told = isAhead(row) ? choose(DATA.deadlines[row.period]) : periodText(row.period);
  return [told || "-", row.state && word(row.state)].filter(Boolean).join(", ");
}

// How the number belongs to its period; what was before a change is not of the period's end, nor is a plan.
function kindText(row) {
  const isTold = row.kind && row.state !== "before" && !isAhead(row);
  return isTold ? `(${nameOf("period_kind", row.kind)})` : "";
}

// Labels of the first few points, each where it covers nothing; the choice itself is told beneath the chart.
function drawLabels(placed, left, width) {
  const labels = draw("g", { "aria-hidden": "true" });
  const taken = placed.map((p) => [p.x - 7, p.y - (/^g/.test(p.row.bound) ? 20 : 7), p.x + 7, p.y + (/^l/.test(p.row.bound) ? 20 : 7)]);
  if (placed.length > FEW_LABELS) return labels;
  const free = (box) => box[0] > left && box[2] < width && box[1] > 0 && !taken.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3]);
  const told = new Set();
  for (const p of placed) {
    const text = [choose(p.row.amount), p.row.state && word(p.row.state)].filter(Boolean).join(", "), wide = text.length * 6.6;
    if (told.has(`${text}|${Math.round(p.x)}`)) continue;
    told.add(`${text}|${Math.round(p.x)}`);
    const places = [[-wide / 2, -10], [-wide / 2, 22], [11, 4], [-11 - wide, 4], [-wide / 2, -24], [-wide, -10], [-wide, 22], [2, -10]];
    const at = places.map(([dx, dy]) => [p.x + dx, p.y + dy - 11, p.x + dx + wide, p.y + dy + 2]).find(free);
    if (!at) continue;
    taken.push(at);
    labels.append(draw("text", { x: at[0], y: at[3] - 2, class: "label" }, text));
  }
  return labels;
}

// Click or touch goes to the nearest point; again at the same place, to the next one lying there.
function listen(svg, placed, points, onChoose) {
  svg.addEventListener("click", (event) => {
    const box = svg.getBoundingClientRect(), factor = svg.viewBox.baseVal.width / box.width;
    const x = (event.clientX - box.left) * factor, y = (event.clientY - box.top) * factor;
    const near = placed.map((p, n) => ({ n, far: Math.hypot(p.x - x, p.y - y) })).filter((p) => p.far < 24).sort((a, b) => a.far - b.far || a.n - b.n);
    if (!near.length) return;
    const same = near.filter((p) => p.far < near[0].far + 2).map((p) => p.n);
    const chosen = same.findIndex((n) => placed[n].row.id === view.figure);
    go(same[(chosen + 1) % same.length]);
  });
  svg.addEventListener("keydown", (event) => {
    const now = points.indexOf(document.activeElement), last = points.length - 1;
    const to = { ArrowRight: now + 1, ArrowDown: now + 1, ArrowLeft: now - 1, ArrowUp: now - 1, Home: 0, End: last, Enter: now, " ": now }[event.key];
    if (to === undefined || now < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(Math.max(0, Math.min(last, to)));
  });
  function go(n) {
    onChoose(placed[n].row.id);
    points[n].focus();
  }
}

function showDetail(row) {
  const detail = document.getElementById("detail");
  if (!row) return detail.replaceChildren(make("p", {}, word("choose_point")));
  const sentence = DATA.sentences[row.sentence], end = row.at + row.length;
  const quote = make("blockquote", { lang: "vi" }, sentence.slice(0, row.at), make("mark", {}, sentence.slice(row.at, end)), sentence.slice(end));
  detail.replaceChildren(quote, wordingOf(row.from), make("dl", {}, ...details(row).flatMap(([code, ...told]) => [make("dt", {}, word(code)), make("dd", {}, ...told)])));
}

// The day of publication, or the month where no more is known: "July 2024 (day unknown)".
function publishedText(article) {
  const told = choose(article.day_text), unknown = word("day_unknown");
  return told && article.precision === "month" ? `${told} (${unknown})` : told || unknown;
}

function isDigest(article) {
  return article.read.read_from === "digest";
}

// Whose words the sentence is: a digest restates the article in ours.
function wordingOf(article) {
  const linked = /^https?:/i.test(article.link) ? "our_sentence" : "our_sentence_no_address";
  return make("p", { class: "faint wording" }, word(isDigest(article) ? linked : "their_sentence"));
}

function details(row) {
  const when = [whenText(row), kindText(row)].filter(Boolean).join(" ") + (isEarly(row) ? `; ${word("told_early")}` : "");
  const rows = [
    ["number", make("strong", {}, choose(row.amount))],
    ["area", whose(row)],
    ["period", when],
    ["status", nameOf("status", row.status)],
    ["source", make("span", { lang: "vi" }, row.from.publisher)],
    ["published", publishedText(row.from)],
    ["article_title", row.from.headline ? make("span", { lang: "vi" }, row.from.headline) : word("no_headline")],
    ...(isDigest(row.from) ? [["digest_title", make("span", { lang: "vi" }, row.from.read.title)]] : []),
    ["address", addressOf(row.from.link)],
    ["citation", ...citationOf(row)],
    ["agreement", nameOf("verdict", row.verdict), ...othersOf(row)],
    ["checks", checksOf(row)],
  ];
  if (row.base) rows.splice(3, 0, ["base", periodText(row.base)]);
  return rows;
}

// What other articles report of the same thing: each leads to its own sentence.
function othersOf(row) {
  const same = ["code", "area", "unit_within", "tier", "period", "kind", "base", "status"];
  const others = ROWS.filter((other) => other.article !== row.article && same.every((name) => other[name] === row[name]));
  if (!others.length) return [];
  return [make("ul", {}, ...others.map((other) => {
    const button = make("button", { type: "button" }, `${choose(other.amount)}: ${other.from.publisher}, ${publishedText(other.from)}`);
    button.addEventListener("click", () => {
      goTo(other.id);
      document.getElementById("sentence-heading").focus(); // the button is gone with the sentence before
    });
    return make("li", {}, button);
  }))];
}

// The line that cites the number, as `cite_figure` writes it, with a button to take it away.
function citationOf(row) {
  const text = choose(row.from.cite).join(row.id);
  const line = make("span", { id: "citation" }, text), told = make("span", { role: "status", class: "faint" });
  const button = make("button", { type: "button", id: "copy-citation" }, word("copy_citation"));
  button.addEventListener("click", async () => {
    const isCopied = await copyText(text);
    if (!isCopied) getSelection().selectAllChildren(line);
    told.textContent = ` ${word(isCopied ? "citation_copied" : "citation_by_hand")}`;
  });
  return [line, " ", button, told];
}

function addressOf(link) {
  if (!/^https?:\/\//i.test(link)) return word("no_address");
  return make("a", { href: link, rel: "noopener noreferrer" }, link);
}

function checksOf(row) {
  if (!row.checks.length) return word("no_checks");
  const lines = row.checks.map((n) => {
    const [verdict, words] = DATA.checks[n];
    return make("li", {}, make("strong", {}, verdict in DATA.words ? word(verdict) : verdict), ": ", choose(words));
  });
  return make("ul", {}, ...lines);
}

function tableRow(row, onChoose) {
  const button = make("button", { type: "button", "data-figure": row.id }, choose(row.amount));
  button.addEventListener("click", () => onChoose(row.id));
  const indicator = view.indicator ? [] : [choose(DATA.indicators[row.indicator].name)];
  const cells = [...indicator, whenText(row), button, whose(row), nameOf("status", row.status), make("span", { lang: "vi" }, row.from.publisher), publishedText(row.from), nameOf("verdict", row.verdict)];
  return make("tr", { "data-figure": row.id }, ...cells.map((cell) => make("td", {}, cell)));
}
