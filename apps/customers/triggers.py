"""Database triggers that keep the columns by which the list of customers reads, filters and sorts one table.

They are triggers and not code in actions because bulk updates, imports, the admin and raw SQL must keep them too.
"""

import pgtrigger

BEFORE, AFTER = pgtrigger.Before, pgtrigger.After
INSERT, UPDATE, DELETE = pgtrigger.Insert, pgtrigger.Update, pgtrigger.Delete


def fill_team():
    """A customer belongs to the team of the responsible agent. An agent who changes teams: `customer_agent_moved`."""
    return pgtrigger.Trigger(
        name="fill_team",
        when=BEFORE,
        operation=INSERT | pgtrigger.UpdateOf("agent_id"),
        condition=pgtrigger.Q(new__agent_id__isnull=False),
        func="""
            NEW.team_id = coalesce((SELECT team_id FROM accounts_user WHERE id = NEW.agent_id), NEW.team_id);
            RETURN NEW;
        """,
    )


def fill_agent_key():
    """The agent's name, by which the list is sorted. A person who is renamed: trigger `customer_agent_renamed`."""
    return pgtrigger.Trigger(
        name="fill_agent_key",
        when=BEFORE,
        operation=INSERT | pgtrigger.UpdateOf("agent_id"),
        func="""
            NEW.agent_key = (SELECT crm_normalise(full_name) FROM accounts_user WHERE id = NEW.agent_id);
            RETURN NEW;
        """,
    )


def refresh_next_task():
    """The next thing to do for a customer: the task that is due first."""
    return pgtrigger.Trigger(
        name="refresh_next_task",
        when=AFTER,
        operation=INSERT | pgtrigger.UpdateOf("customer_id", "title", "due_on", "due_at", "done_at") | DELETE,
        declare=[("subject", "bigint")],
        func="""
            FOREACH subject IN ARRAY ARRAY[
                CASE WHEN TG_OP <> 'INSERT' THEN OLD.customer_id END,
                CASE WHEN TG_OP <> 'DELETE' THEN NEW.customer_id END] LOOP
                UPDATE customers_customer SET (next_task_due, next_task_title) = (
                    SELECT (first).due_on, coalesce((first).title, '') FROM (SELECT (
                        SELECT task FROM customers_task AS task
                         WHERE customer_id = subject AND done_at IS NULL
                         ORDER BY due_on, due_at NULLS LAST, id LIMIT 1) AS first) AS found)
                 WHERE id = subject;
            END LOOP;
            RETURN NULL;
        """,
    )


def note_contact():
    """A call or a message is contact; earlier ones that are written down later do not turn the clock back."""
    return pgtrigger.Trigger(
        name="note_contact",
        when=AFTER,
        operation=INSERT | pgtrigger.UpdateOf("customer_id", "kind", "at"),
        condition=pgtrigger.Q(new__kind__in=["call", "message"]),
        func="""
            UPDATE customers_customer SET last_contact_at = greatest(last_contact_at, NEW.at)
             WHERE id = NEW.customer_id AND (last_contact_at IS NULL OR last_contact_at < NEW.at);
            RETURN NULL;
        """,
    )
