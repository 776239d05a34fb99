"""WordPress, classic and block themes: nso.gov.vn, departments, associations.

In: pages with `<link rel="https://api.w.org/">`. Out: the declaration, tried on pages of a real 6.1. The day reads
"3 Tháng Hai, 2023" (3 February 2023) in some themes; the attribute of `time` is always ISO 8601 with the zone.

The author shown is the login, never the byline; that is the last right-aligned line of the text. Block themes
have `entry-content` and no `entry-title`, and their lists turn by `?query-0-page=2` or `/page/2/`, as the theme
says: so the pager's link is followed. On listings titles are h2, so only an h1 is an article's.
"""

from reform_figures.portals.listing import Api, Listing
from reform_figures.portals.portal import Portal

PORTAL = Portal(
    name="wordpress",
    version="2026-11",
    marks=("https://api.w.org/", 'content="WordPress', "wp-block-post-content", "wp-content/themes/", "wp-includes/"),
    title=("h1.entry-title", "h1.wp-block-post-title", "h1.post-title", "h1.tdb-title-text", "body.single h1"),
    date=(
        ".entry-footer time.entry-date.published",
        ".entry-header time.entry-date",
        ".wp-block-post-date time",
        "time.entry-date",
        "body.single time[datetime]",
        'meta[property="article:published_time"]',
    ),
    lead=(".entry-content > p.sapo", ".entry-content > h2.sapo"),
    body=(".wp-block-post-content", "div.entry-content", ".td-post-content", ".tdb_single_content"),
    furniture=(
        ".sharedaddy",
        ".jp-relatedposts",
        ".yarpp",
        ".post-navigation",
        ".addtoany_share_save_container",
        ".wp-block-latest-posts",
    ),
    listing=Listing(
        items="h2.entry-title, h2.wp-block-post-title, h3.entry-title",
        next_link=(
            "a.next.page-numbers, a.wp-block-query-pagination-next, .nav-previous a, .nav-links a.next, "
            'a[href*="query-0-page={n}"], a[href*="/page/{n}/"], a[href*="paged={n}"], link[rel=next]'
        ),
        next_page=("page/{n}/", "?paged={n}", "?query-0-page={n}", "?query-1-page={n}"),
        skip=r"/wp-admin/|/wp-login|/feed/|/author/|#respond",
        feeds=("feed/",),
        api=tuple(
            Api(address=address, article="{link}", title="title.rendered", date="date", whole_portal=True)
            for address in (
                "wp-json/wp/v2/posts?per_page=100&page={n}&_fields=link,date,title",
                "?rest_route=/wp/v2/posts&per_page=100&page={n}&_fields=link,date,title",  # plain permalinks
            )
        ),
    ),
)
