"""A hundred posts as an agency makes them by hand: eighty that say which listing they are, twenty that do not."""

from dataclasses import dataclass, field
from decimal import Decimal

from apps.listings.models import Listing
from tests.factories import ListingFactory, PermitFactory, PlaceFactory, UnitFactory

CLEAR, PHP = 80, "return array_map('adopt_make', json_decode(<<<'JSON'\n%s\nJSON, true));"
MAKE = """
function adopt_make($post) {
    $id = wp_insert_post(wp_slash(['post_type' => $post['type'], 'post_title' => $post['title'],
        'post_content' => $post['content'], 'post_status' => $post['status'], 'post_author' => 1]), true);
    foreach ($post['meta'] as $key => $value) update_post_meta($id, $key, $value);
    return $id;
}
"""


@dataclass
class Post:
    title: str
    content: str = ""
    status: str = "publish"
    meta: dict = field(default_factory=dict)
    listing: Listing | None = None


def clear_posts(by, *, with_fields: bool) -> list[Post]:
    """Eighty posts in five manners of writing."""
    towers = [PlaceFactory(name=f"Marina Gate {n}") for n in range(1, 9)]
    return [_clear(number, towers[number % 8], by, with_fields) for number in range(CLEAR)]


def _clear(number, tower, by, with_fields) -> Post:
    price, beds, door = Decimal(1_000_000 + 25_000 * number), number % 4, str(1000 + number)
    unit = UnitFactory(place=tower, unit_number=door, bedrooms_total=beds)
    listing = ListingFactory(
        created_by=by, list_agent=by, unit=unit, list_price=price, listing_id=f"DXB-{1000 + number}", title="Ours"
    )
    PermitFactory(listing=listing, number=f"7123450{number:04d}")
    size = f"{beds}BR" if beds else "Studio"
    manners = [
        Post(f"{size} in {tower.name}, unit {door} - AED {price:,.0f}", "<p>Call us.</p>"),
        Post("Beautiful home with a view", f"<p>Trakheesi permit: 7123450{number:04d}</p>"),
        Post(f"{size}, {tower.name}", f"<!-- wp:paragraph --><p>Ref: DXB-{1000 + number}</p><!-- /wp:paragraph -->"),
        Post(f"{tower.name}, {door}", f"dxb {1000 + number} | asking {price / 1_000_000}M"),
        Post("Marnia Gaet, hot deal", f"<p>unit {door}, ref DXB/{1000 + number}, AED {price:,.0f}</p>", "draft"),
    ]
    post = manners[number % 5]
    if with_fields and number % 5 == 1:
        post = Post("Beautiful home", meta={"crm_reference": listing.listing_id, "crm_price": str(price)})
    post.listing = listing
    return post


def unclear_posts(clear: list[Post], by) -> list[Post]:
    """Twenty: not here, exchanged, twins, written twice, mistyped, of another door, and no property at all."""
    tower = PlaceFactory(name="Princess Tower")
    twins = [_in(tower, by, f"DXB-30{n:02d}", str(3000 + n), 2_000_000) for n in range(2)]
    swapped = [_in(tower, by, f"DXB-40{n:02d}", str(4000 + n), 3_000_000 + 400_000 * n) for n in range(2)]
    typo = _in(tower, by, "DXB-5012", "5012", 4_000_000)
    return [
        *(Post(f"{n + 3}BR villa in Arabian Ranches {n}", f"AED {6_300_000 + n:,}") for n in range(6)),
        *(Post("2BR in Princess Tower - AED 2,000,000") for _ in twins),
        *(
            Post(
                f"2BR in Princess Tower, unit {one.unit.unit_number} - AED {one.list_price:,.0f}",
                f"Ref {other.listing_id}",
            )
            for one, other in zip(swapped, reversed(swapped), strict=True)
        ),
        *(Post(clear[n].title, clear[n].content, "draft", clear[n].meta) for n in (0, 2, 5)),
        Post("2BR in Princess Tower, unit 5021 - AED 4,100,000", f"Ref {typo.listing_id}"),
        Post("2BR in Marina Gate 1, unit 9999 - AED 1,000,000"),
        *(Post(title, "<p>Come and see us.</p>") for title in ("Why Dubai", "Eid opening hours", "Meet the team")),
        *(Post(f"For rent: {one.title}", one.content.replace("AED", "was AED") + " for rent") for one in clear[12:14]),
    ]


def _in(tower, by, reference, door, price) -> Listing:
    unit = UnitFactory(place=tower, unit_number=door, bedrooms_total=2)
    return ListingFactory(created_by=by, list_agent=by, unit=unit, listing_id=reference, list_price=Decimal(price))


def make(wordpress, posts: list[Post], post_type: str) -> list[int]:
    """Put them on the site as somebody at its keyboard would; their numbers."""
    import json

    rows = [
        {"type": post_type, "title": one.title, "content": one.content, "status": one.status, "meta": one.meta}
        for one in posts
    ]
    return wordpress.php(MAKE + PHP % json.dumps(rows))


def everything_on(wordpress) -> list:
    """All of the site that a hand could tell: each post with its dates and revisions, and what hangs on it."""
    posts = wordpress.sql(
        "SELECT ID, post_type, post_status, post_name, post_parent, post_modified_gmt, "
        "SHA2(CONCAT(post_title, post_content), 256) "
        "FROM wp_posts ORDER BY ID"
    )
    meta = wordpress.sql("SELECT post_id, meta_key, SHA2(meta_value, 256) FROM wp_postmeta ORDER BY meta_id")
    terms = wordpress.sql("SELECT object_id, term_taxonomy_id FROM wp_term_relationships ORDER BY 1, 2")
    return [posts, meta, terms]
