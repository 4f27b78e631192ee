"""What visitors see of a property."""

import base64
import re

PROPERTIES = "/wp-json/wp/v2/crm-properties"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC"
)
META = {
    "crm_listing_id": "1",
    "crm_price": 2450000,
    "crm_currency": "AED",
    "crm_bedrooms": 2,
    "crm_bathrooms": 3,
    "crm_area": 1412,
    "crm_area_units": "Square Feet",
    "crm_reference": "MG-2304",
    "crm_permit": "7112345",
    "crm_community": "Dubai Marina",
    "crm_city": "Dubai",
    "crm_amenities": ["Pool", "Gym"],
    "crm_agent_name": "Layla Haddad",
}


def upload(site, name):
    sent = {"Content-Type": "image/png", "Content-Disposition": f'attachment; filename="{name}.png"'}
    return site.call("POST", "/wp-json/wp/v2/media", PIXEL, user=site.admin, headers=sent).json()["id"]


def publish(site, **meta):
    body = {"title": "Marina Gate", "content": "<p>Sea view.</p>", "status": "publish", "meta": {**META, **meta}}
    return site.call("POST", PROPERTIES, body, user=site.admin).json()


def page_of(site, made):
    return site.call("GET", made["link"].removeprefix(site.url)).text


def test_the_page_shows_price_rooms_area_facts_and_text(wordpress):
    page = page_of(wordpress, publish(wordpress))
    for shown in ("AED 2,450,000", "2 bedrooms", "3 bathrooms", "1,412 sq ft", "MG-2304", "7112345", "Sea view."):
        assert shown in page
    assert page.count('class="crm-property"') == 1
    assert "Dubai Marina, Dubai" in page


def test_the_day_from_which_it_is_free_is_that_day_in_whatever_zone_the_site_lives(wordpress):
    made = publish(wordpress, crm_available_from="2026-12-01")
    assert "December 1, 2026" in page_of(wordpress, made)
    for zone in ("Asia/Dubai", "America/New_York"):  # other plugins set PHP's own
        facts = f"date_default_timezone_set('{zone}'); return RealEstateCRM\\Companion\\facts({made['id']});"
        assert wordpress.php(facts)["Available from"] == "December 1, 2026"
    assert "Available from" not in page_of(wordpress, publish(wordpress, crm_listing_id="2", crm_available_from="soon"))


def test_photos_come_in_their_order(wordpress):
    photos = [upload(wordpress, name) for name in ("one", "two", "three")]
    page = page_of(wordpress, publish(wordpress, crm_photos=[photos[2], photos[0], photos[1]]))
    shown = re.findall(r'<a href="[^"]+/(\w+)\.png"><img', page)
    assert shown == ["three", "one", "two"]


def test_a_studio_says_so_and_an_unknown_number_says_nothing(wordpress):
    studio = page_of(wordpress, publish(wordpress, crm_bedrooms=0))
    unknown = page_of(wordpress, publish(wordpress, crm_listing_id="2", crm_bedrooms=None, crm_price=None))
    assert "Studio" in studio
    assert "bedroom" not in unknown
    assert "Price on request" in unknown


def test_rent_says_for_how_long(wordpress):
    page = page_of(wordpress, publish(wordpress, crm_price=95000, crm_price_period="Annually"))
    assert "AED 95,000 a year" in page


def test_what_the_crm_sends_is_text_and_never_markup(wordpress):
    page = page_of(
        wordpress, publish(wordpress, crm_community="<script>alert(1)</script>x", crm_tour="javascript:alert(1)")
    )
    assert "alert(1)" not in page


def test_the_block_and_the_shortcode_show_it_on_any_page(wordpress):
    post = publish(wordpress)["id"]
    body = {
        "title": "Home",
        "status": "publish",
        "content": f'<!-- wp:realestatecrm/property {{"post":{post}}} /-->[crm_enquiry post="{post}"]',
    }
    made = wordpress.call("POST", "/wp-json/wp/v2/pages", body, user=wordpress.admin).json()
    page = page_of(wordpress, made)
    assert "AED 2,450,000" in page
    assert page.count(f'name="crm_enquiry[post]" value="{post}"') == 2  # the block's own form, and the shortcode's


def test_a_theme_of_blocks_shows_it_around_the_text(wordpress):
    theme = wordpress.content / "themes" / "blocks"
    (theme / "templates").mkdir(parents=True, exist_ok=True)
    (theme / "style.css").write_text("/* Theme Name: Blocks */")
    for name in ("index", "single"):
        (theme / "templates" / f"{name}.html").write_text("<!-- wp:post-title /--><!-- wp:post-content /-->")
    made = publish(wordpress)
    wordpress.php("switch_theme('blocks'); return 1;")
    page = page_of(wordpress, made)
    assert 'class="wp-block-post-title"' in page
    assert page.count("AED 2,450,000") == 1


def test_the_list_shows_figures_once_for_each(wordpress):
    publish(wordpress)
    publish(wordpress, crm_listing_id="2", crm_price=95000, crm_price_period="Annually")
    page = wordpress.call("GET", "/listings/").text
    assert (page.count("AED 2,450,000"), page.count("AED 95,000 a year"), page.count("2 bedrooms")) == (1, 1, 2)


def test_a_page_has_one_main_part_and_photos_that_say_what_they_are(wordpress):
    photos = [upload(wordpress, name) for name in ("one", "two")]
    described = {"alt_text": "The living room"}
    wordpress.call("POST", f"/wp-json/wp/v2/media/{photos[0]}", described, user=wordpress.admin)
    page = page_of(wordpress, publish(wordpress, crm_photos=photos))
    assert page.count("<main") == 1
    assert re.findall(r'alt="([^"]*)"', page) == ["The living room", "Photo 2 of 2"]


def test_a_property_with_a_password_shows_nothing_without_it(wordpress):
    made = publish(wordpress)
    wordpress.call("POST", f"{PROPERTIES}/{made['id']}", {"password": "sea"}, user=wordpress.admin)
    assert "2,450,000" not in page_of(wordpress, made)
    assert "2,450,000" not in wordpress.call("GET", "/listings/").text


def test_two_forms_on_a_page_have_names_of_their_own(wordpress):
    first, second = publish(wordpress), publish(wordpress, crm_listing_id="2")
    body = {
        "title": "Home",
        "status": "publish",
        "content": f'[crm_enquiry post="{first["id"]}"][crm_enquiry post="{second["id"]}"]',
    }
    page = page_of(wordpress, wordpress.call("POST", "/wp-json/wp/v2/pages", body, user=wordpress.admin).json())
    names = re.findall(r' id="(crm-enquiry[^"]*)"', page)
    assert len(names) == len(set(names)) > 8


def test_a_withdrawn_property_is_gone(wordpress):
    made = publish(wordpress)
    wordpress.call("DELETE", f"{PROPERTIES}/{made['id']}", user=wordpress.admin)
    assert wordpress.call("GET", made["link"].removeprefix(wordpress.url)).status == 404
