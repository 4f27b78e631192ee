"""Database triggers: a requirement knows its places without a join, and a message sent is contact."""

import pgtrigger


def keep_place_ids():
    """`Requirement.place_ids` are the places of its rows, whoever writes them; a place merged away is followed."""
    return pgtrigger.Trigger(
        name="keep_place_ids",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("subject", "bigint")],
        func="""
            subject = CASE WHEN TG_OP = 'DELETE' THEN OLD.requirement_id ELSE NEW.requirement_id END;
            UPDATE matching_requirement SET place_ids = coalesce(
                (SELECT array_agg(place_id ORDER BY id) FROM matching_requirementplace WHERE requirement_id = subject),
                '{}')
             WHERE id = subject;
            RETURN NULL;
        """,
    )


def note_sending():
    """Telling a customer of a listing is contact, as a call or message is (customers/triggers.py)."""
    return pgtrigger.Trigger(
        name="note_sending",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        func="""
            UPDATE customers_customer SET last_contact_at = NEW.at
             WHERE id = NEW.customer_id AND (last_contact_at IS NULL OR last_contact_at < NEW.at);
            RETURN NULL;
        """,
    )
