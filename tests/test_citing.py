"""Citing a number: whose headline, how exact a day, whose sentence; wherever a person reads them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import yaml
from figure_cases import read_case, write_data
from test_charts import ROOT

from reform_figures.checking import check_articles
from reform_figures.citing import cite_figure, data_version, headline_of
from reform_figures.disagreement import load_cases, show_side_by_side
from reform_figures.loading import DATA_VARIABLE, load_articles, load_series
from reform_figures.notebook import as_table, data_stamp, list_articles, show_findings, show_sentences
from reform_figures.records import Paragraph
from reform_figures.series import build_series
from reform_figures.wording import count_text, published_text

CUT = "# Xã bớt đầu mối\nGiảm [{}: commune_unit level admin_unit direction=down] xã."
LINK = "https://bao.vn/giam-xa.html"


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    """Three articles: a digest of one whose month alone is known, a digest without headline, and an article itself."""
    cases = [
        read_case(CUT.format(number), f"case-{n}", day, "Báo Xa")
        for n, (number, day) in enumerate([("561", "2022-07-31"), ("563", "2022-08-02"), ("560", "2022-09-03")])
    ]
    (digest, told), (untitled, more), (article, last) = cases  # fmt: skip
    line = Paragraph("source_line", "Nguồn: Báo Xa")
    digest = replace(digest, url="http://nhandan.practice.test/a.html", cited_url=LINK, cited_title="Giảm 561 xã",
                     published_precision="month", paragraphs=(*digest.paragraphs, line))  # fmt: skip
    untitled = replace(untitled, url="http://nhandan.practice.test/b.html", paragraphs=(*untitled.paragraphs, line))
    articles, figures = [digest, untitled, article], [*told, *more, *last]
    findings = check_articles(figures, articles)
    held = [(digest, told), (untitled, more), (article, last)]
    write_data(tmp_path, held, findings=findings, series=build_series(figures, articles, findings))
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    return tmp_path


def test_a_number_is_cited_by_the_published_article_with_no_more_of_its_day_than_is_known():
    rows = load_series().sort_values("known_since")
    english = [cite_figure(figure_id) for figure_id in rows["figure_id"]]
    version = data_version()
    assert english[0] == (f'Báo Xa, "Giảm 561 xã", July 2022, {LINK}; as restated in a digest of Reform figures, '
                          f"{version}, figure {rows['figure_id'].iloc[0]}")  # fmt: skip
    assert english[1].startswith("Báo Xa, 2 August 2022; as restated in a digest of Reform figures, ")
    assert english[2].startswith('Báo Xa, "Xã bớt đầu mối", 3 September 2022, http://case.test/case-2; as read by ')
    vietnamese = cite_figure(rows["figure_id"].iloc[0], "vi")
    assert vietnamese.startswith(f'Báo Xa, "Giảm 561 xã", tháng 7/2022, {LINK}; theo bài tóm lược của Reform figures, ')
    with pytest.raises(ValueError, match="unknown figure 'case-9:1-2'"):
        cite_figure("case-9:1-2")


def test_the_headline_of_a_digest_is_never_the_publishers():
    digest, _ = read_case(CUT.format(1))
    digest = replace(digest, url="http://nhandan.practice.test/a.html",
                     paragraphs=(*digest.paragraphs, Paragraph("source_line", "Nguồn: Báo Xa")))  # fmt: skip
    assert headline_of(digest) == ""
    assert headline_of(replace(digest, cited_title="Giảm xã")) == "Giảm xã"
    assert headline_of(replace(digest, url="https://bao.vn/a")) == "Xã bớt đầu mối"


def test_every_row_of_the_series_has_what_a_citation_needs():
    rows = load_series().sort_values("known_since")
    assert list(rows["sentence"]) == ["Giảm 561 xã.", "Giảm 563 xã.", "Giảm 560 xã."]
    assert list(rows["read_from"]) == ["digest", "digest", "article"]
    assert list(rows["cited_title"]) == ["Giảm 561 xã", "", ""]
    assert list(rows["known_since_precision"]) == ["month", "day", "day"]
    assert list(rows["link"]) == [LINK, "", "http://case.test/case-2"]
    known = load_series(as_of="2022-07-31")  # nothing is known before the month is over
    assert list(known["sentence"]) == ["Giảm 561 xã."]
    assert load_series(as_of="2022-07-30").empty


def test_a_day_that_nobody_knows_is_shown_nowhere(capsys):
    show_sentences(load_series().sort_values("known_since"))
    shown = [capsys.readouterr().out, repr(as_table(load_series())), repr(show_side_by_side(load_cases())),
             repr(list_articles(load_articles())), data_stamp()]  # fmt: skip
    for text in shown:
        assert "July 2022" in text
        assert "31" not in text.replace(data_version(), "")
    assert "Báo Xa, July 2022: Giảm 561 xã\n  restated in the digest: Xã bớt đầu mối\n" in shown[0]
    assert "Báo Xa, 2 August 2022: headline not known\n  restated in the digest: Xã bớt đầu mối\n" in shown[0]
    assert "Báo Xa, 3 September 2022: Xã bớt đầu mối\n  http://case.test/case-2" in shown[0]


def test_articles_are_listed_under_the_headline_of_the_publisher():
    listed = list_articles(load_articles()).frame
    assert [tuple(row) for row in listed.itertuples(index=False)] == [
        ("July 2022", "Báo Xa", "Giảm 561 xã", "Xã bớt đầu mối"),
        ("2 August 2022", "Báo Xa", "", "Xã bớt đầu mối"),
        ("3 September 2022", "Báo Xa", "Xã bớt đầu mối", ""),
    ]


@pytest.mark.parametrize(
    ("day", "precision", "english", "vietnamese"),
    [
        ("2024-07-31", "month", "July 2024", "tháng 7/2024"),
        ("2024-07-31", "day", "31 July 2024", "31/7/2024"),
        (None, None, "", ""),
        ("", "", "", ""),
    ],
)
def test_a_day_of_publication_in_words(day, precision, english, vietnamese):
    assert published_text(day, precision) == english
    assert published_text(day, precision, "vi") == vietnamese


def test_the_stamp_tells_version_and_data_and_changes_with_them(data):
    before = data_stamp()
    assert before.startswith("3 figures from 3 of 3 articles, published from July 2022 to 3 September 2022. ")
    assert re.search(r"Reform figures, version \d+\.\d+\.\d+, data [0-9a-f]{12}\.$", before)
    path = data / "processed" / "series.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",560,", ",559,"), encoding="utf-8")
    assert data_version() not in before
    path.unlink()
    with pytest.raises(FileNotFoundError, match=r"series.csv is not there yet; run scripts/build_series.py first"):
        data_version()


def test_one_is_no_plural():
    assert [count_text(n, "article") for n in (0, 1, 2, 1200)] == [
        "0 articles", "1 article", "2 articles", "1,200 articles",
    ]  # fmt: skip


def test_no_check_is_not_told_as_nothing_wrong(capsys):
    from reform_figures.loading import load_findings

    show_findings(load_findings().head(0))
    told = capsys.readouterr().out
    assert told == "No check was found that applies to these figures, which does not say that they are right.\n"


def test_the_citation_file_says_released_only_where_the_changelog_does():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    told = set(re.findall(rf"^### {re.escape(citation['version'])} \((.+)\)$", changelog, re.M))
    assert len(told) == 1, "the newest data and the newest code of the changelog are those of CITATION.cff"
    assert told == {str(citation.get("date-released", "unreleased"))}
