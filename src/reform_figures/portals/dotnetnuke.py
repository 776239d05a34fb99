"""DotNetNuke: quangninh.gov.vn, vinhlong.gov.vn, the old gso.gov.vn, doc.moha.gov.vn.

In: pages with `dnn_ctr` ids. Out: the declaration, of the system's own ids; no page of it was seen, and news modules
differ, so expect to add theirs. Addresses are `Default.aspx?tabid=N&ID=M`; "Lượt xem" (views) follows the date.
"""

from reform_figures.portals.listing import Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="dotnetnuke",
    version="2023-01",
    marks=("dnn_ctr", "DotNetNuke", "DNNPlatform", "dnnVariable"),
    title=("[id$=_lblTitle]", "h1.title", 'meta[property="og:title"]', "[id$=_titleLabel]", "title"),
    date=("[id$=_lblDate]", "[id$=_lblPublishDate]"),
    lead=("[id$=_lblSummary]",),
    body=("[id$=_lblContent]", "[id$=_lblArticle]"),
    listing=Listing(
        items="a[href*='ID=']",
        next_link=".rgPageNext",
        article=r"[?&]ID=\d+|/ID/\d+",
    ),
)
