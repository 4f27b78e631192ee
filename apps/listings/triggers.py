"""Database triggers that keep the columns by which lists read, filter, sort and search one table.

They are triggers and not code in actions because bulk updates, imports, the admin and raw SQL must keep them too.
"""

import pgtrigger

BEFORE, AFTER = pgtrigger.Before, pgtrigger.After
INSERT, UPDATE, DELETE = pgtrigger.Insert, pgtrigger.Update, pgtrigger.Delete


def fill_place_path():
    """A place's path is its parent's path and itself; a place inside itself is refused."""
    return pgtrigger.Trigger(
        name="fill_place_path",
        when=BEFORE,
        operation=INSERT | pgtrigger.UpdateOf("parent_id"),
        declare=[("above", "bigint[]")],
        func="""
            SELECT path INTO above FROM listings_place WHERE id = NEW.parent_id;
            IF NEW.id = ANY(above) THEN
                RAISE EXCEPTION 'A place cannot lie inside itself.' USING ERRCODE = 'check_violation';
            END IF;
            NEW.path = coalesce(above, '{}') || NEW.id;
            RETURN NEW;
        """,
    )


def refresh_below_place():
    """A place that was moved or renamed hands its path and name on to the places and listings below it."""
    return pgtrigger.Trigger(
        name="refresh_below_place",
        when=AFTER,
        operation=pgtrigger.UpdateOf("parent_id", "name", "name_ar", "latitude", "longitude"),
        func="""
            IF NEW.path <> OLD.path THEN
                UPDATE listings_place SET parent_id = parent_id WHERE parent_id = NEW.id;
            END IF;
            UPDATE listings_listing SET unit_id = unit_id
             WHERE unit_id IN (SELECT id FROM listings_unit WHERE place_id = NEW.id)
                OR (NEW.name <> OLD.name AND place_path @> ARRAY[NEW.id]);
            RETURN NEW;
        """,
    )


def learn_place_words():
    """Words of place names are known words: a misspelt search word is mended by the nearest of them."""
    return pgtrigger.Trigger(
        name="learn_place_words",
        when=AFTER,
        operation=INSERT | pgtrigger.UpdateOf("name", "name_ar"),
        func="""
            INSERT INTO listings_searchword (word, uses)
            SELECT DISTINCT left(word, 60), 1
              FROM regexp_split_to_table(crm_search_words(NEW.name || ' ' || NEW.name_ar), ' ') AS word
             WHERE length(word) >= 3
            ON CONFLICT (word) DO NOTHING;
            RETURN NEW;
        """,
    )


def fill_list_columns():
    """What the list shows of a unit and its place, and the words by which a listing is found."""
    return pgtrigger.Trigger(
        name="fill_list_columns",
        when=BEFORE,
        operation=INSERT | pgtrigger.UpdateOf("unit_id", "listing_id", "title", "public_remarks"),
        declare=[("bricks", "listings_unit"), ("here", "listings_place"), ("names", "text")],
        func="""
            SELECT * INTO bricks FROM listings_unit WHERE id = NEW.unit_id;
            SELECT * INTO here FROM listings_place WHERE id = bricks.place_id;
            NEW.place_path = coalesce(here.path, '{}');
            NEW.place_name = coalesce(here.name, '');
            SELECT coalesce(string_agg(name || ' ' || name_ar, ' '), '') INTO names
              FROM listings_place WHERE id = ANY(NEW.place_path);
            NEW.community_name = coalesce((
                SELECT name FROM listings_place
                 WHERE id = ANY(NEW.place_path) AND level IN ('community', 'city') AND id <> here.id
                 ORDER BY cardinality(path) DESC LIMIT 1), '');
            NEW.unit_number = bricks.unit_number;
            NEW.property_sub_type = bricks.property_sub_type;
            NEW.bedrooms_total = bricks.bedrooms_total;
            NEW.bathrooms_total_integer = bricks.bathrooms_total_integer;
            NEW.living_area_sqm = bricks.living_area_sqm;
            NEW.latitude = coalesce(bricks.latitude, here.latitude);
            NEW.longitude = coalesce(bricks.longitude, here.longitude);
            NEW.search_vector =
                setweight(to_tsvector('simple', crm_search_words(concat_ws(' ',
                    NEW.listing_id, replace(NEW.listing_id, '-', ''), bricks.unit_number, names,
                    bricks.unparsed_address))), 'A')
                || setweight(to_tsvector('simple', crm_search_words(NEW.title)), 'B')
                || setweight(to_tsvector('simple', crm_search_words(NEW.public_remarks)), 'C');
            RETURN NEW;
        """,
    )


def fill_agent_name():
    """The agent's name, by which the list is sorted. A person who is renamed: trigger `listing_agent_renamed`."""
    return pgtrigger.Trigger(
        name="fill_agent_name",
        when=BEFORE,
        operation=INSERT | pgtrigger.UpdateOf("list_agent_id"),
        func="""
            SELECT full_name INTO NEW.list_agent_full_name FROM accounts_user WHERE id = NEW.list_agent_id;
            RETURN NEW;
        """,
    )


def refresh_listings_of_unit():
    """Facts that are changed on the unit appear on each of its listings."""
    return pgtrigger.Trigger(
        name="refresh_listings_of_unit",
        when=AFTER,
        operation=UPDATE,
        func="""
            UPDATE listings_listing SET unit_id = unit_id WHERE unit_id = NEW.id;
            RETURN NEW;
        """,
    )


def refresh_mandate_until():
    """The last day of a listing's mandates."""
    return _refresh("mandate_until", "SELECT max(expiration_date) FROM listings_mandate WHERE listing_id = subject")


def refresh_permit_until():
    """The last day of a listing's permits."""
    return _refresh("permit_until", "SELECT max(expiration_date) FROM listings_permit WHERE listing_id = subject")


def refresh_cover():
    """How many photos a listing shows, and which comes first."""
    shown = "FROM listings_photo WHERE listing_id = subject AND removed_at IS NULL"
    return _refresh(
        "photo_count, cover",
        f"SELECT (SELECT count(*) {shown} AND state <> 'Failed'), coalesce((SELECT name {shown} AND state = 'Ready'"
        " ORDER BY (media_category <> 'Photo'), \"order\", id LIMIT 1), '')",
    )


def _refresh(columns: str, query: str):
    """A trigger whose SQL is made of this file's own words only."""
    return pgtrigger.Trigger(
        name=f"refresh_{columns.split(',')[0]}",
        when=AFTER,
        operation=INSERT | UPDATE | DELETE,
        declare=[("subject", "bigint")],
        func=f"""
            subject = CASE WHEN TG_OP = 'DELETE' THEN OLD.listing_id ELSE NEW.listing_id END;
            UPDATE listings_listing SET ({columns}) = ({query}) WHERE id = subject;
            RETURN NULL;
        """,
    )
