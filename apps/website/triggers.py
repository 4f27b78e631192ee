"""Database triggers that make placements due, whoever saves: a screen, an import, the admin, a bulk update, raw SQL.

Units, places, photos, mandates, permits and agents touch their listings by triggers of their own
(listings/triggers.py), so that one trigger on listings hears of everything. It works on statements, not rows: an import
of 7,000 rows pays once. They are written in SQL, because listings do not know that there are websites.
"""

import pgtrigger

ON_MARKET = "('Coming Soon', 'Active', 'Active Under Contract', 'Pending')"

# A save of a listing makes its placements due; one that is not on the market any more comes off first. A site that
# follows its filter gets a row for each listing that comes on the market; the sweep drops those that do not belong.
LISTING_SAVED = f"""
CREATE FUNCTION website_listing_saved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE website_placement AS p
       SET due_at = least(p.due_at, now()),
           priority = CASE WHEN n.standard_status IN {ON_MARKET} THEN 1 ELSE 0 END
      FROM saved AS n
     WHERE p.listing_id = n.id
       AND (p.due_at IS NULL OR p.due_at > now() OR (p.priority = 1 AND n.standard_status NOT IN {ON_MARKET}));
    INSERT INTO website_placement (site_id, listing_id, due_at)
    SELECT s.id, n.id, now()
      FROM website_site AS s CROSS JOIN saved AS n
     WHERE s.is_active AND s.follows_filter AND n.standard_status IN {ON_MARKET}
    ON CONFLICT (listing_id, site_id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER website_listing_inserted AFTER INSERT ON listings_listing
    REFERENCING NEW TABLE AS saved FOR EACH STATEMENT EXECUTE FUNCTION website_listing_saved();
CREATE TRIGGER website_listing_updated AFTER UPDATE ON listings_listing
    REFERENCING NEW TABLE AS saved FOR EACH STATEMENT EXECUTE FUNCTION website_listing_saved();
"""
LISTING_SAVED_BACK = """
DROP TRIGGER website_listing_inserted ON listings_listing;
DROP TRIGGER website_listing_updated ON listings_listing;
DROP FUNCTION website_listing_saved();
"""

# What a site or its profile says decides what is sent, so a change of either makes all that is there due.
SITE_SAVED = """
CREATE FUNCTION website_site_saved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE website_placement SET due_at = least(due_at, now())
     WHERE site_id = NEW.id AND (due_at IS NULL OR due_at > now());
    RETURN NULL;
END $$;
CREATE TRIGGER website_site_saved AFTER UPDATE ON website_site FOR EACH ROW
    WHEN ((OLD.profile_id, OLD.filter, OLD.follows_filter, OLD.is_active, OLD.text_limit, OLD.photo_limit, OLD.language)
          IS DISTINCT FROM (NEW.profile_id, NEW.filter, NEW.follows_filter, NEW.is_active, NEW.text_limit,
                            NEW.photo_limit, NEW.language))
    EXECUTE FUNCTION website_site_saved();
CREATE FUNCTION website_profile_saved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE website_placement SET due_at = least(due_at, now())
     WHERE site_id IN (SELECT id FROM website_site WHERE profile_id = NEW.id)
       AND (due_at IS NULL OR due_at > now());
    RETURN NULL;
END $$;
CREATE TRIGGER website_profile_saved AFTER UPDATE OF spec ON website_profile FOR EACH ROW
    WHEN (OLD.spec IS DISTINCT FROM NEW.spec) EXECUTE FUNCTION website_profile_saved();
"""
SITE_SAVED_BACK = """
DROP TRIGGER website_site_saved ON website_site;
DROP FUNCTION website_site_saved();
DROP TRIGGER website_profile_saved ON website_profile;
DROP FUNCTION website_profile_saved();
"""


def never_due_while_linked():
    """A post made by hand that is linked and not followed yet: whatever is saved here, nothing is sent there."""
    return pgtrigger.Trigger(
        name="never_due_while_linked",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Condition("NEW.state = 'linked' AND NEW.due_at IS NOT NULL"),
        func="NEW.due_at = NULL; RETURN NEW;",
    )
