"""Every contradiction that the checks find in published articles has been looked at by a person, and none is stale."""

from __future__ import annotations

import csv
from pathlib import Path

from reform_figures import tables
from reform_figures.published import is_published

ROOT = Path(__file__).resolve().parents[1]
REVIEWED_KINDS = ("reports_conflict", "total_falls", "out_of_scale")


def test_every_contradiction_has_its_explanation_and_no_explanation_is_stale():
    published = {
        article.article_id for article in tables.read_table(ROOT / "data", "articles") if is_published(article)
    }
    to_review = {
        finding.finding_id: finding.verdict
        for finding in tables.read_table(ROOT / "data", "findings")
        if finding.verdict == "contradicts" or finding.kind in REVIEWED_KINDS
        if all(figure.rpartition(":")[0] in published for figure in finding.figures.split())
    }
    with (ROOT / "findings_reviewed.csv").open(encoding="utf-8", newline="") as rows:
        reviews = list(csv.DictReader(rows))
    reviewed = {row["finding_id"]: row["verdict"] for row in reviews}
    assert reviewed == to_review, "findings_reviewed.csv has to name exactly the findings to be reviewed"
    assert len(reviews) == len(reviewed)
    assert all(len(row["explanation"].split()) > 5 for row in reviews)
