"""A whole run: WARC files in, tables in Parquet out, whoever does the work and however often it is interrupted.

In: names of WARC files and lists of them, an output folder, an engine. Out: a `Report`, and in the folder the tables,
the counts of each shard, and at last the manifest. A run that was killed is run again to go on: shards that are whole
are not read again. "Vào bằng ra" (in equals out): records = articles + skipped, in every shard and in the manifest.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from reform_figures import tables
from reform_figures.bulk.engines import Engine
from reform_figures.bulk.planning import (
    SHARD_PAGES,
    BulkError,
    Scan,
    Segment,
    cut_shards,
    file_digest,
    find_archives,
    scan_file,
)
from reform_figures.bulk.shards import Job, ShardCounts, code_digest, count_reason, extract_shard, read_counts
from reform_figures.collecting.sources import Source
from reform_figures.corrections import Correction


@dataclass(slots=True)
class Report:
    """What a run came to."""

    out: str
    shards: int = 0
    kept: int = 0
    """Shards that an earlier run had done."""
    records: int = 0
    pages: int = 0
    articles: int = 0
    figures: int = 0
    passed_over: int = 0
    skipped: Counter[str] | None = None
    """Records that gave no article, by reason."""


def extract_archives(
    inputs: Iterable[str],
    out: str,
    engine: Engine,
    sources: Iterable[Source],
    corrections: Iterable[Correction] = (),
    watch: Callable[[int, int], None] = lambda pages, of: None,
    shard_pages: int = SHARD_PAGES,
) -> Report:
    """Extract the figures of all pages in WARC files into `out`; `watch` is told of pages done and in all.

    A shard holds at least `shard_pages` pages: fewer than SHARD_PAGES only make sense where a run is to be looked at.

    Raises BulkError where the run cannot begin or go on, OSError for files that cannot be read or written.
    """
    job = Job(out, tuple(sources), tuple(corrections), code_digest())
    made_with = _made_with(job, shard_pages)
    scans = _plan(find_archives(inputs), out, engine, made_with, shard_pages)
    shards = cut_shards(scans, shard_pages)
    counts = {shard.number: done for shard in shards if (done := read_counts(out, shard))}
    report = Report(out, len(shards), len(counts))
    pages, done = sum(shard.pages for shard in shards), sum(c.pages for c in counts.values())
    watch(done, pages)
    todo = [shard for shard in shards if shard.number not in counts]
    for _, told in engine.run(partial(extract_shard, job), todo):
        counts[told.shard] = replace(told, files={})
        watch(done := done + told.pages, pages)
    _add_up(report, [counts[shard.number] for shard in shards])
    _write_manifest(report, scans, made_with)
    _remove_leftovers(out)
    return report


def _plan(paths: list[str], out: str, engine: Engine, made_with: dict, shard_pages: int) -> list[Scan]:
    """What the files hold: as an earlier run in the same folder wrote it down, else read out of them now.

    Raises BulkError where that run had other files, another version of the code, other sources or corrections.
    """
    path = tables.run_plan_path(out)
    if not path.exists():
        scans = _in_order(engine, partial(scan_file, shard_pages), paths)
        plan = {"made_with": made_with, "files": [asdict(scan) for scan in scans]}
        tables.write_text(path, json.dumps(plan, ensure_ascii=False, indent=1) + "\n")
        return scans
    try:
        plan = json.loads(path.read_text(encoding="utf-8"))
        scans = [Scan(**{**told, "segments": tuple(Segment(**s) for s in told["segments"])}) for told in plan["files"]]
        before = plan["made_with"]
    except (ValueError, TypeError, KeyError):
        raise BulkError(f"{path} is not the plan of a run; choose another folder with --out") from None
    changed = [what for what, digest in made_with.items() if before.get(what) != digest]
    if [scan.path for scan in scans] != paths:
        changed.append("list of files")
    elif [scan.sha256 for scan in scans] != _in_order(engine, file_digest, paths):
        changed.append("content of a file")
    if changed:
        raise BulkError(
            f"{out} holds a run that was begun with another {' and another '.join(changed)}; go on with those, or "
            "choose another folder with --out"
        )
    return scans


def _made_with(job: Job, shard_pages: int) -> dict[str, str | int]:
    """What decides, beside the files, what comes out."""
    return {
        "version of the code": job.code,
        "file of sources": _digest_of(job.sources),
        "file of corrections": _digest_of(job.corrections),
        "size of shards": shard_pages,
    }


def _digest_of(records: Sequence) -> str:
    return hashlib.sha256(json.dumps([asdict(r) for r in records], sort_keys=True).encode()).hexdigest()


def _in_order(engine: Engine, work: Callable, items: Sequence) -> list:
    results = dict(engine.run(work, items))
    return [results[number] for number in range(len(items))]


def _add_up(report: Report, counts: Iterable[ShardCounts]) -> None:
    report.skipped = Counter()
    for one in counts:
        for name in ("records", "pages", "articles", "figures", "passed_over"):
            setattr(report, name, getattr(report, name) + getattr(one, name))
        for reason, number in one.skipped.items():
            count_reason(report.skipped, reason, number)


def _write_manifest(report: Report, scans: list[Scan], made_with: dict) -> None:
    """What was read, with what, and what came of it: the same for the same files, on any engine."""
    manifest = {
        "made_with": made_with,
        "inputs": [
            {
                "path": scan.path,
                "bytes": scan.bytes,
                "sha256": scan.sha256,
                "records": sum(segment.records for segment in scan.segments),
                "pages": sum(segment.pages for segment in scan.segments),
            }
            for scan in scans
        ],
        "shards": report.shards,
        "records": report.records,
        "pages": report.pages,
        "articles": report.articles,
        "figures": report.figures,
        "passed_over": report.passed_over,
        "skipped": dict(sorted(report.skipped.items(), key=lambda item: (-item[1], item[0]))),
    }
    tables.write_text(tables.run_manifest_path(report.out), json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")


def _remove_leftovers(out: str) -> None:
    """Files that workers who were killed had begun."""
    for part in Path(out).rglob(f".*{tables.PART}"):
        part.unlink(missing_ok=True)
