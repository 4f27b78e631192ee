"""Nobody reads owner_name, owner_phone and owner_email any more. The columns stay two releases, then they go.

New rows leave them empty. They are blanked when their owner is erased, as long as they are there.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

TABLES = ("listings_unit", "listings_unithistory")
COLUMNS = ("owner_name", "owner_phone", "owner_email")
EMPTY = ";".join(f"ALTER TABLE {t} ALTER {c} SET DEFAULT ''" for t in TABLES for c in COLUMNS)
AS_BEFORE = ";".join(f"ALTER TABLE {t} ALTER {c} DROP DEFAULT" for t in TABLES for c in COLUMNS)

ERASED = """
CREATE FUNCTION listing_owner_erased() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE owned bigint[] := ARRAY(
    SELECT id FROM listings_unit WHERE owner_id = NEW.id
    UNION SELECT pgh_obj_id FROM listings_unithistory WHERE owner_id = NEW.id);
BEGIN
  UPDATE listings_unit SET owner_name = '', owner_phone = '', owner_email = ''
   WHERE id = ANY(owned) AND (owner_name, owner_phone, owner_email) <> ('', '', '');
  UPDATE listings_unithistory SET owner_name = '', owner_phone = '', owner_email = ''
   WHERE pgh_obj_id = ANY(owned) AND (owner_name, owner_phone, owner_email) <> ('', '', '');
  RETURN NULL;
END $$;
CREATE TRIGGER listing_owner_erased AFTER UPDATE OF erased_at ON customers_customer
  FOR EACH ROW WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL) EXECUTE FUNCTION listing_owner_erased();
"""
KEEP = "DROP TRIGGER listing_owner_erased ON customers_customer; DROP FUNCTION listing_owner_erased()"


class Migration(migrations.Migration):
    dependencies = [("listings", "0009_owners_are_customers")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="unit",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="unit",
            name="delete_delete",
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(EMPTY, AS_BEFORE)],
            state_operations=[
                migrations.RemoveField(model_name="unit", name="owner_name"),
                migrations.RemoveField(model_name="unit", name="owner_phone"),
                migrations.RemoveField(model_name="unit", name="owner_email"),
                migrations.RemoveField(model_name="unithistory", name="owner_name"),
                migrations.RemoveField(model_name="unithistory", name="owner_phone"),
                migrations.RemoveField(model_name="unithistory", name="owner_email"),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."association_fee" IS DISTINCT FROM (NEW."association_fee") OR OLD."association_fee_frequency" IS DISTINCT FROM (NEW."association_fee_frequency") OR OLD."bathrooms_total_integer" IS DISTINCT FROM (NEW."bathrooms_total_integer") OR OLD."bedrooms_total" IS DISTINCT FROM (NEW."bedrooms_total") OR OLD."development_status" IS DISTINCT FROM (NEW."development_status") OR OLD."entry_level" IS DISTINCT FROM (NEW."entry_level") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."latitude" IS DISTINCT FROM (NEW."latitude") OR OLD."living_area" IS DISTINCT FROM (NEW."living_area") OR OLD."living_area_units" IS DISTINCT FROM (NEW."living_area_units") OR OLD."longitude" IS DISTINCT FROM (NEW."longitude") OR OLD."new_construction_yn" IS DISTINCT FROM (NEW."new_construction_yn") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."ownership_type" IS DISTINCT FROM (NEW."ownership_type") OR OLD."parking_total" IS DISTINCT FROM (NEW."parking_total") OR OLD."place_id" IS DISTINCT FROM (NEW."place_id") OR OLD."postal_code" IS DISTINCT FROM (NEW."postal_code") OR OLD."property_sub_type" IS DISTINCT FROM (NEW."property_sub_type") OR OLD."stories_total" IS DISTINCT FROM (NEW."stories_total") OR OLD."unit_number" IS DISTINCT FROM (NEW."unit_number") OR OLD."unparsed_address" IS DISTINCT FROM (NEW."unparsed_address") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."view" IS DISTINCT FROM (NEW."view") OR OLD."year_built" IS DISTINCT FROM (NEW."year_built"))',
                    func='INSERT INTO "listings_unithistory" ("association_fee", "association_fee_frequency", "bathrooms_total_integer", "bedrooms_total", "development_status", "entry_level", "id", "latitude", "living_area", "living_area_units", "longitude", "new_construction_yn", "owner_id", "ownership_type", "parking_total", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "postal_code", "property_sub_type", "stories_total", "unit_number", "unparsed_address", "version", "view", "year_built") VALUES (OLD."association_fee", OLD."association_fee_frequency", OLD."bathrooms_total_integer", OLD."bedrooms_total", OLD."development_status", OLD."entry_level", OLD."id", OLD."latitude", OLD."living_area", OLD."living_area_units", OLD."longitude", OLD."new_construction_yn", OLD."owner_id", OLD."ownership_type", OLD."parking_total", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."place_id", OLD."postal_code", OLD."property_sub_type", OLD."stories_total", OLD."unit_number", OLD."unparsed_address", OLD."version", OLD."view", OLD."year_built"); RETURN NULL;',
                    hash="009d7c845c8962f0c0a4ad03001ec2f351775dee",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ac957",
                    table="listings_unit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "listings_unithistory" ("association_fee", "association_fee_frequency", "bathrooms_total_integer", "bedrooms_total", "development_status", "entry_level", "id", "latitude", "living_area", "living_area_units", "longitude", "new_construction_yn", "owner_id", "ownership_type", "parking_total", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "postal_code", "property_sub_type", "stories_total", "unit_number", "unparsed_address", "version", "view", "year_built") VALUES (OLD."association_fee", OLD."association_fee_frequency", OLD."bathrooms_total_integer", OLD."bedrooms_total", OLD."development_status", OLD."entry_level", OLD."id", OLD."latitude", OLD."living_area", OLD."living_area_units", OLD."longitude", OLD."new_construction_yn", OLD."owner_id", OLD."ownership_type", OLD."parking_total", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_id", OLD."postal_code", OLD."property_sub_type", OLD."stories_total", OLD."unit_number", OLD."unparsed_address", OLD."version", OLD."view", OLD."year_built"); RETURN NULL;',
                    hash="f8921bd03a83a4c302b1d04cc24a0da83ecb66a3",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_46f79",
                    table="listings_unit",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(ERASED, KEEP),
    ]
