"""No family: the usual names of parts, for a site that nothing else recognises.

In: any article page. Out: the declaration that is tried last; what it reads should be looked at before it is
trusted. "Tin tức" (news) pages share more class names than their systems do.
"""

from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="common",
    version="2024-01",
    marks=(),
    title=(
        "[itemprop=headline]", "h1.title", "h1.detail-title", "h1.entry-title", "h1.News_Detail_Title", "#news-title",
        "#txtTitle", "h1[itemprop=name]", "article h1", "main h1", "h3.header-title", "h1",
        'meta[property="og:title"]', "title",
    ),
    date=(
        "[itemprop=datePublished]", "time[datetime]", "[data-role=publishdate]", ".detail-time", ".News_Time_Post",
        "#txtDateString", ".publishDate", ".date", ".time",
    ),
    lead=(
        ".hometext", "h2.sapo", "h2.detail-sapo", "p.sapo", ".sapo", ".Sapo", "#divArticleDescription1",
        "#divArticleDescription", "#news-des", "p.lead",
    ),
    body=(
        "[itemprop=articleBody]", "#news-bodyhtml", ".detail-content", ".article__body", ".entry-content",
        "#divArticleDescription2", ".ArticleContent", ".article-content", ".article-body", ".content-detail",
        ".detail-body", ".news-content", ".post-content", "#news-detail", "#contentnews", "#show_content",
        "div.content",
    ),
    author=(".detail-author", ".article-author", ".Author"),
)  # fmt: skip
