"""What the database itself keeps about a viewing, because constraints rest on it: its unit, and when it ends."""

import pgtrigger


def fill_unit_and_end():
    """The listing's unit and the end of the viewing, which the exclusion constraints compare."""
    return pgtrigger.Trigger(
        name="fill_unit_and_end",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("listing_id", "unit_id", "starts_at", "minutes", "ends_at"),
        func="""
            SELECT unit_id INTO NEW.unit_id FROM listings_listing WHERE id = NEW.listing_id;
            NEW.ends_at = NEW.starts_at + make_interval(mins => NEW.minutes);
            RETURN NEW;
        """,
    )
