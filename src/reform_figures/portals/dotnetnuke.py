"""DotNetNuke: quangninh.gov.vn, vinhlong.gov.vn, the old gso.gov.vn, doc.moha.gov.vn.

In: pages with `dnn_ctr` ids. Out: the declaration. Addresses are `Default.aspx?tabid=N&ID=M`; "Lượt xem" (views)
follows the date.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="dotnetnuke",
    version="2023-01",
    marks=("dnn_ctr", "DotNetNuke", "DNNPlatform", "dnnVariable"),
    title=("h1.News_Detail_Title", "[id$=lblTitle]", "[id$=lblHeadline]", "h1.title", ".Head", 'meta[property="og:title"]'),
    date=("[id$=lblDate]", "[id$=lblPublishDate]", "[id$=lblNgayDang]", ".News_Time_Post", ".publishDate"),
    lead=("[id$=lblSummary]", "[id$=lblSapo]", "[id$=lblDescription]", ".Sapo"),
    body=("[id$=lblContent]", "[id$=lblNoiDung]", "[id$=lblArticle]", ".News_Detail_Content", ".Normal"),
    author=("[id$=lblAuthor]", "[id$=lblTacGia]"),
    listing=Listing(
        items="a[id*=hplTitle], a[id*=lnkTitle], .News_Title a",
        next_link="a.rgPageNext, input.rgPageNext",
        article=r"[?&]ID=\d+|/ID/\d+",
    ),
)
