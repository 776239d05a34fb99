"""Small portals written on ASP.NET WebForms, each with class names of its own.

In: pages with `__VIEWSTATE` that are neither SharePoint nor DotNetNuke. Out: the declaration, tried on pages of a
real server with templates in this manner. The date line is "17:00 10/08/2022 | Lượt xem : 719" (views: 719). A
missing article is a page with status 200 that says "Không tìm thấy tin bài" (article not found).

Names of controls end alike wherever the page puts them (`ctl00_ContentPlaceHolder1_lblTieuDe`,
`BodyContent_ctl00_ctl01_newsTitle` at ubdt.gov.vn in 2020), so the ends are looked for, then usual class names.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="webforms",
    version="2026-11",
    marks=("__VIEWSTATE", "ArticleDetail", "aspNetHidden", "__EVENTVALIDATION"),
    title=(
        ".ArticleDetail .Title",
        "[id$=lblTieuDe], [id$=lbTieuDe], [id$=lblTitle], [id$=lbTitle], [id$=newsTitle], [id$=ltrTitle]",
        ".news-detail h1, .detail h1, .chitiet h1, .tin-chitiet h1",
        "h1.title, h1.Title, h2.title-detail, .news-title h1, .tieude h1",
        "h1",
        ".TieuDe, .tieude, .titlenews, .title_news, .news_title",
        'meta[property="og:title"]',
    ),
    date=(
        ".ArticleDetail .Time",
        "[id$=lblNgayDang], [id$=lblNgay], [id$=lblDate], [id$=lbDate], [id$=lblThoiGian], [id$=lblTime]",
        ".NgayDang, .ngaydang, .ngay-dang, .post-date, .news-date, .datetime, .date, .time",
    ),
    lead=(
        ".ArticleDetail .Sapo",
        "[id$=lblTomTat], [id$=lblMoTa], [id$=lblSapo], [id$=lblSummary], [id$=lblTrichYeu], [id$=newsContent]",
        ".Sapo, .sapo, .TomTat, .tomtat, .mota, .summary, .intro",
    ),
    body=(
        ".ArticleDetail .ArticleContent",
        ".ArticleContent",
        "[id$=lblNoiDung], [id$=lblContent], [id$=ltrNoiDung], [id$=divNoiDung], #divNewsDetails, [id$=NoiDung]",
        ".NoiDung, .noidung, .noi-dung, .news-content, .content-detail, .detail-content, .article-content, .bodytext",
    ),
    author=(
        ".ArticleDetail .Author",
        "[id$=lblTacGia], [id$=lblAuthor], .TacGia, .tacgia, .tac-gia",
        "[id$=lblNguon], [id$=lblNguonThongTin]",
    ),
    furniture=(".TinKhac, .tin-khac, .tinlienquan, .tin-lien-quan",),
    listing=Listing(
        items=(
            "a.Title, .ListNews .item a.Title, [id*=GridView] td a[href*='aspx?'], [id*=grv] td a[href*='aspx?'], "
            "[id*=Repeater] a[href*='aspx?'], [id*=rpt] a[href*='aspx?'], [id*=DataList] a[href*='aspx?'], "
            "[id*=ListView] a[href*='aspx?'], .ListNews a[href*='aspx?'], .list-news a[href*='aspx?'], "
            "[class*=news] h3, [class*=news] h2, [class*=tin] h3, a[id*=Title][href*='aspx?'], "
            "a[id*=TieuDe][href*='aspx?']"
        ),
        postback=True,
        drop=".TinKhac, .tin-khac, .most-view, .tin-doc-nhieu, [id*=TinMoi], [id*=XemNhieu]",
        article=r"(?i)\.aspx\?(?:.*&)?\w*id=\w+",
        skip=r"(?i)javascript:|/_vti_bin/|login\.aspx|in(?:tin)?\.aspx|print",
    ),
)
