"""DotNetNuke: vinhlong.gov.vn and its departments, doc.moha.gov.vn, the old gso.gov.vn, services of quangninh.gov.vn.

In: pages with `dnn_ctr` ids. Out: the declaration, of the system's own ids and those of published scrapers, and tried
on the practice portal; no page of a real one was seen. News modules differ, so expect to add theirs. Addresses are
`Default.aspx?tabid=N&ID=M`, or `/tabid/N/ID/M/language/vi-VN/Default.aspx` for the same; "Lượt xem" (views) follows
the date.

Ids that end like an article's parts and are none: `dnnTITLE_lblTitle` is the title of a box, `dnnCURRENTDATE_lblDate`
today's date in the header, `HtmlModule_lblContent` any text that an editor put into a box or the foot.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

_OWN = ":not([id*=dnnTITLE]):not([id*=CURRENTDATE]):not([id*=HtmlModule])"


def _parts(*names: str) -> tuple[str, ...]:
    """Selectors of a module's controls with these names, but of none that every page has."""
    return tuple(f"[id$={name}]{_OWN}" for name in names)


PORTAL = Portal(
    name="dotnetnuke",
    version="2026-11",
    marks=("dnn_ctr", "DotNetNuke", "DNNPlatform", "dnnVariable"),
    title=(
        *_parts("_lblTitle", "_lblTieuDe", "_lblNewsTitle", "_lblHeadline", "_lbTitle"),
        ".newsDetail h1",
        ".newsDetail h3",
        "h1.title",
        "h3.title",
        ".title-detail",
        'meta[property="og:title"]',
        "title",
    ),
    date=(
        *_parts("_lblNewsDate", "_lblDate", "_lblPublishDate", "_lblPublishedDate", "_lblNgayDang", "_lblCreatedDate"),
        ".newsDetail .date",
        ".news_date",
        ".ngaydang",
    ),
    lead=(*_parts("_lblSummary", "_lblTomTat", "_lblTrichYeu", "_lblSapo"), ".newsDetail .summary", ".news_summary"),
    body=(
        *_parts("_lblContent", "_lblNoiDung", "_lblArticle", "_lblBody", "_lblNewsContent", "_lblDetail"),
        ".newsDetail .content",
        ".detailContent",
        ".newsDetail",
    ),
    author=_parts("_lblAuthor", "_lblTacGia"),
    listing=Listing(
        items="a[href*='Default.aspx' i], a[href*='ID=' i], a[href*='/ID/' i]",
        next_link=(
            ".rgPageNext, a[href*='currentpage/{n}/' i], a[href*='page={n}' i], a[href*='/page/{n}/' i], "
            "a[href*='/pg/{n}/' i], a[href*='ChangePage={n}' i]"
        ),
        drop="#dnn_RightPane, #dnn_BottomPane, #dnn_FooterPane, #dnn_HeaderPane",
        article=r"(?i)[?&](item|news|article)?id=\d+|/(item|news|article)?id/\d+|/(pid|title)/\d+",
        skip=r"(?i)dnnprintmode|SkinSrc|[?&/]ctl[=/]|/print/",
    ),
)
