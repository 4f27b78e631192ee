"""Owners who were written on units become customers, batch by batch, while people work. It goes on where it stopped.

A phone number, then an e-mail address, says that two units have one owner. A name alone does not.
"""

from django.db import connection, migrations, transaction
from django.utils import timezone

BATCH = 2000

# The listings of the unit need not be written again: nothing they show has changed.
QUIETLY = """
SELECT set_config('pgtrigger.ignore',
    (SELECT '{' || string_agg(tgname || ',listings_unit:' || tgname, ',') || '}' FROM pg_trigger
      WHERE tgrelid = 'listings_unit'::regclass AND tgname LIKE 'pgtrigger_refresh_listings%'), true)
"""
LINK = "UPDATE listings_unit SET owner_id = new.owner FROM unnest(%s::bigint[], %s::bigint[]) AS new (unit, owner) WHERE id = new.unit"

WRITE_BACK = """
UPDATE listings_unit AS unit SET
    owner_name = left(coalesce(nullif(owner.full_name, ''), owner.company_name), 160),
    owner_phone = left(coalesce((SELECT coalesce(nullif(e164, ''), as_written) FROM customers_phone
                                  WHERE customer_id = owner.id ORDER BY position, id LIMIT 1), ''), 40),
    owner_email = coalesce((SELECT address FROM customers_emailaddress
                             WHERE customer_id = owner.id ORDER BY position, id LIMIT 1), '')
  FROM customers_customer AS owner
 WHERE owner.id = unit.owner_id AND unit.id > %s AND unit.id <= %s
"""


def fill(apps, schema_editor):
    """Link every unit whose owner is known to a customer."""
    unit_model = apps.get_model("listings", "Unit")
    agency = apps.get_model("accounts", "Agency").objects.filter(pk=1).first()
    region = agency.phone_region if agency else "AE"
    after = 0
    while True:
        known = unit_model.objects.filter(pk__gt=after, owner__isnull=True).exclude(
            owner_name="", owner_phone="", owner_email=""
        )
        units = list(known.order_by("pk")[:BATCH])
        if not units:
            return
        with transaction.atomic():
            _link(apps, units, region)
        after = units[-1].pk


def _link(apps, units, region):
    from apps.customers.models.contact import canonical_email
    from apps.customers.phones import parse, tidy

    customer_model = apps.get_model("customers", "Customer")
    phone_model, email_model = apps.get_model("customers", "Phone"), apps.get_model("customers", "EmailAddress")
    system = apps.get_model("accounts", "User").objects.get(role="system").pk
    agents, roles = _agents_and_roles(apps, units)
    phones = {unit.pk: parse(unit.owner_phone, region) or "" for unit in units}
    emails = {unit.pk: canonical_email(unit.owner_email) for unit in units}
    by_phone = _known(phone_model, "e164", phones.values())
    by_email = _known(email_model, "canonical", emails.values())
    owners, new = {}, []
    for unit in units:
        owner = by_phone.get(phones[unit.pk]) or by_email.get(emails[unit.pk])
        if owner is None:
            owner = customer_model(
                full_name=unit.owner_name,
                agent_id=agents.get(unit.pk),
                created_by_id=system,
                created_at=timezone.now(),
                roles=roles.get(unit.pk, ["seller"]),
                source="other",
            )
            new.append((owner, unit))
        if phones[unit.pk]:
            by_phone.setdefault(phones[unit.pk], owner)
        if emails[unit.pk]:
            by_email.setdefault(emails[unit.pk], owner)
        owners[unit.pk] = owner
    customer_model.objects.bulk_create([owner for owner, _ in new], batch_size=500)
    phone_model.objects.bulk_create(
        phone_model(
            customer_id=owner.pk, e164=phones[unit.pk], as_written="" if phones[unit.pk] else tidy(unit.owner_phone)
        )
        for owner, unit in new
        if unit.owner_phone.strip()
    )
    email_model.objects.bulk_create(
        email_model(customer_id=owner.pk, address=unit.owner_email.strip()) for owner, unit in new if unit.owner_email
    )
    keys = {pk: owner if isinstance(owner, int) else owner.pk for pk, owner in owners.items()}
    with connection.cursor() as cursor:
        cursor.execute(QUIETLY)
        cursor.execute(LINK, [list(keys), list(keys.values())])


def _known(model, column, values):
    rows = model.objects.filter(**{f"{column}__in": {value for value in values if value}}).order_by("-customer_id")
    return dict(rows.values_list(column, "customer_id"))


def _agents_and_roles(apps, units):
    """Who looked after the unit last, and what its owner did with it."""
    listings = apps.get_model("listings", "Listing").objects.filter(unit__in=units).order_by("pk")
    agents, roles = {}, {}
    for unit, agent, kind in listings.values_list("unit_id", "list_agent_id", "property_type"):
        role = "landlord" if kind == "Residential Lease" else "seller"
        agents[unit] = agent or agents.get(unit)
        roles[unit] = sorted({*roles.get(unit, ()), role})
    return agents, roles


def write_back(apps, schema_editor):
    """Put what is known of the owners back on the units; the customers stay."""
    last = apps.get_model("listings", "Unit").objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for start in range(0, last, BATCH):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(QUIETLY)
            cursor.execute(WRITE_BACK, [start, start + BATCH])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0004_phone_region"), ("listings", "0008_unit_owner")]
    operations = [migrations.RunPython(fill, write_back, elidable=False)]
