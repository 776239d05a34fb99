"""The change letter: what changed between two releases, in plain words, as Markdown.

In: a `Comparison`. Out: one text. "Vì sao" (why) stands beside every change, as far as it can be told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from html import escape

from reform_figures.names import name_table
from reform_figures.releases.causes import CAUSES
from reform_figures.releases.comparing import Change, Comparison
from reform_figures.releases.loading import Row

KINDS = ("appeared", "vanished", "changed")
MOST_ARTICLES = 30
"""Rows of a table of articles; the rest is counted in one more row."""


def change_letter(comparison: Comparison, *, examples: int = 3) -> str:
    """The letter; `examples` is how many figures are shown with their sentence for each kind of change and cause."""
    before, after = comparison.evidence.before, comparison.evidence.after
    parts = [f"# What changed from {_plain(before.name)} to {_plain(after.name)}", *_summary(comparison)]
    parts += _causes(comparison)
    for kind in KINDS:
        changes = [change for change in comparison.figures if change.kind == kind]
        if changes:
            parts += _figures(kind, changes, comparison, examples)
    parts += [*_observations(comparison), *_verdicts(comparison), *_indicators(comparison)]
    return "\n\n".join(parts) + "\n"


def _summary(comparison: Comparison) -> list[str]:
    """What became of the figures and the articles, and the sum that shows that none was forgotten."""
    before, after = comparison.evidence.before, comparison.evidence.after
    appeared, vanished, changed, moved, same = map(comparison.count, (*KINDS, "moved", "same"))
    articles = (
        f"Articles: {len(before.articles):,} before, {len(before.articles.keys() - after.articles.keys()):,} gone, "
        f"{len(after.articles.keys() - before.articles.keys()):,} new, {len(after.articles):,} after."
    )
    sums = (
        f"Counts: {same:,} + {moved:,} + {changed:,} + {vanished:,} = {len(before.figures):,} before; "
        f"{same:,} + {moved:,} + {changed:,} + {appeared:,} = {len(after.figures):,} after."
    )
    return [f"{_became(comparison)} {articles}", sums]


def _became(comparison: Comparison) -> str:
    """The sentence on figures: what became of those before, and how many came."""
    words = {"same": "stand as they were", "moved": "only moved with their text", "changed": "changed",
             "vanished": "vanished"}  # fmt: skip
    told = [f"{comparison.count(kind):,} {said}" for kind, said in words.items() if comparison.count(kind)]
    before, after = (len(release.figures) for release in (comparison.evidence.before, comparison.evidence.after))
    appeared = comparison.count("appeared")
    if comparison.count("same") == before == after:
        return f"All {_n(before, 'figure')} are the same in both releases."
    if not told:
        return f"The earlier release had no figures; {appeared:,} appeared."
    first = f"Of the {_n(before, 'figure')} of the earlier release, {_listed(told)}"
    return f"{first}; {appeared:,} appeared, which makes {after:,}."


def _causes(comparison: Comparison) -> list[str]:
    counts = Counter((change.cause, change.kind) for change in comparison.figures if change.cause)
    told = [cause for cause in CAUSES if any(counts[cause, kind] for kind in KINDS)]
    if not told:
        return []
    rows = [(CAUSES[cause], *(counts[cause, kind] for kind in KINDS)) for cause in told]
    rows.append(("all", *(comparison.count(kind) for kind in KINDS)))
    parts = ["## Why", _table(("cause", *KINDS), rows)]
    if vocabulary := comparison.evidence.vocabulary:
        parts.append(f"Vocabulary tables that changed in between: {', '.join(f'`{name}`' for name in vocabulary)}.")
    return parts


def _figures(kind: str, changes: list[Change], comparison: Comparison, examples: int) -> list[str]:
    parts = [f"## Figures that {kind} ({len(changes):,})"]
    if kind == "changed":
        fields = Counter(name for change in changes for name in change.fields)
        parts.append(_table(("field", "figures"), _ranked(fields)) + "\n\nA figure counts at each field that changed.")
    subjects = Counter(change.row["subject"] for change in changes)
    parts += [
        _table(("subject", "figures"), [(_subject(code), count) for code, count in _ranked(subjects)]),
        _table(("article", "figures"), _articles(changes, comparison)),
    ]
    by_cause = defaultdict(list)
    for change in changes:
        by_cause[change.cause].append(change)
    for cause in CAUSES:
        if held := by_cause.get(cause):
            shown = held[:examples]
            head = f"**{CAUSES[cause].capitalize()}** ({len(held):,}; {len(shown):,} shown):"
            parts.append("\n".join([head, "", *(f"- {_example(change)}" for change in shown)]))
    return parts


def _articles(changes: list[Change], comparison: Comparison) -> list[tuple[str, int]]:
    ranked = _ranked(Counter(change.row["article_id"] for change in changes))
    rows = [(_article(article_id, comparison), count) for article_id, count in ranked[:MOST_ARTICLES]]
    if rest := ranked[MOST_ARTICLES:]:
        rows.append((f"{len(rest):,} more articles", sum(count for _, count in rest)))
    return rows


def _article(article_id: str, comparison: Comparison) -> str:
    releases = (comparison.evidence.after, comparison.evidence.before)
    told = next((r.articles[article_id] for r in releases if article_id in r.articles), {})
    # releases before 0.1.0 tell no precision, so that a day is all that can be said
    day = (told.get("published_at") or "")[: 7 if told.get("published_precision") == "month" else 10]
    return ", ".join(filter(None, (told.get("publisher"), told.get("title"), day))) or article_id


def _example(change: Change) -> str:
    told = "".join(
        f" {name}: {_plain(change.before[name] or 'nothing')} → {_plain(change.after[name] or 'nothing')};"
        for name in change.fields
    )
    return f"{_marked(change.row)} —{told} {_plain(change.words)}. (`{change.row['figure_id']}`)"


def _marked(row: Row) -> str:
    """The sentence with the numeral in bold."""
    at = int(row["start"]) - int(row["sentence_start"])
    end = at + len(row["text"])
    sentence = row["sentence"]
    return f"“{_plain(sentence[:at])}**{_plain(row['text'])}**{_plain(sentence[end:])}”"


def _observations(comparison: Comparison) -> list[str]:
    counts = comparison.observations
    before, after = (len(release.series) for release in (comparison.evidence.before, comparison.evidence.after))
    kinds = Counter()
    for (kind, _), count in counts.items():
        kinds[kind] += count
    told = (
        f"{before:,} observations before - {kinds['vanished']:,} vanished + {kinds['appeared']:,} appeared = {after:,} "
        f"after; of those in both, {kinds['changed']:,} changed and {kinds['same']:,} are the same."
    )
    rows = [(*key, count) for key, count in sorted(counts.items()) if key[0] != "same"]
    return ["## Observations of the series", told, *([_table(("what", "why", "observations"), rows)] if rows else [])]


def _verdicts(comparison: Comparison) -> list[str]:
    moved = [(*pair, count) for pair, count in sorted(comparison.verdicts.items()) if pair[0] != pair[1]]
    checks = [
        (kind, old or "(not checked)", new or "(not checked)", count)
        for (kind, old, new), count in sorted(comparison.findings.items(), key=str)
        if old != new
    ]
    kept = sum(count for (_, old, new), count in comparison.findings.items() if old == new)
    parts = ["## Verdicts"]
    parts += [_table(("between articles: before", "after", "observations"), moved)] if moved else []
    parts += [_table(("check", "before", "after", "checks"), checks)] if checks else []
    before, after = (len(release.findings) for release in (comparison.evidence.before, comparison.evidence.after))
    kept_words = f"{_n(kept, 'check')} with the same verdict; {before:,} before, {after:,} after."
    return [*parts, kept_words if moved or checks else f"No verdict changed. {kept_words}"]


def _indicators(comparison: Comparison) -> list[str]:
    before, after = comparison.indicators
    rows = [("gained", name, after[name]) for name in sorted(after.keys() - before.keys())]
    rows += [("lost", name, before[name]) for name in sorted(before.keys() - after.keys())]
    gained = len(after.keys() - before.keys())
    told = (
        f"{len(before):,} indicators before - {len(rows) - gained:,} lost + {gained:,} gained = {len(after):,} after."
    )
    named = [(what, f"`{name}`", _subject(name.split(".")[0]), count) for what, name, count in rows]
    head = ("what", "indicator", "subject", "observations")
    return ["## Indicators", told, *([_table(head, named)] if rows else [])]


def _subject(code: str) -> str:
    """English name of a subject; the code itself where it is of another vocabulary than today's."""
    return name_table("subject").get(code, {}).get("en", code)


def _ranked(counts: Counter) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _listed(parts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _n(count: int, word: str) -> str:
    return f"{count:,} {word}" + ("" if count == 1 else "s")


def _plain(text: str) -> str:
    """A text of strangers as Markdown that shows it as it is, on one line."""
    quiet = escape(" ".join(str(text).split(" ")).replace("\n", " "), quote=False)
    return "".join("\\" + c if c in "\\*[]|" else c for c in quiet)


def _table(head: tuple[str, ...], rows: Iterable[tuple]) -> str:
    lines = [head, ("---",) * len(head)]
    lines += [
        tuple(f"{c:,}" if isinstance(c, int) else c if c.startswith("`") else _plain(c) for c in row) for row in rows
    ]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
