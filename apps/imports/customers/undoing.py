"""Taking customers back, without touching what people changed since."""

from collections import Counter

from django.apps import apps
from django.db.models import F

from apps.core.events import record_many
from apps.customers.models import Consent, Customer, EmailAddress, Note, Phone
from apps.customers.models.duplicates import DuplicatePair
from apps.imports.engine.base import Undoing
from apps.imports.models import CustomerRecord, ImportRow, Outcome
from apps.matching.models import Requirement

# Written by imports themselves, and by the nightly search for doubles: they say nothing about anybody's work.
BROUGHT = {Phone, EmailAddress, CustomerRecord, ImportRow, DuplicatePair}
BESIDE = {"consents": Consent, "notes": Note, "wishes": Requirement}
CONTACTS = {"phones": Phone, "emails": EmailAddress}


class UndoingCustomers(Undoing):
    """Removes the customers that a run made and restores those that it changed."""

    keys = ("agent_id", "team_id")
    record_model = CustomerRecord

    def made_rows(self):
        """Rows whose customer is still there, as this row's own."""
        here = {"customer__merged_into": None, "customer__erased_at": None}
        return self.run.rows.filter(outcome=Outcome.NEW, customer__isnull=False, **here)

    def changed_rows(self):
        """Rows with their customers, but for second rows of people whom the run made: those go with their first."""
        made = self.run.rows.filter(outcome=Outcome.NEW, customer__isnull=False).values("customer")
        return super().changed_rows().exclude(customer__in=made).select_related("customer")

    # -- Customers that the run made ----------------------------------------------------------------------------------
    def removed(self, rows):
        """Customers with whom nobody has done anything go, with what the run wrote beside them."""
        made = {row.customer_id for row in rows}
        ours = self._written_for(made)
        kept = self._worked_on(made, ours)
        gone = made - kept
        for name in ("wishes", "notes", "consents"):
            BESIDE[name].objects.filter(pk__in=ours[name], customer__in=gone).delete()
        Customer.objects.filter(pk__in=gone).delete()
        return len(gone), len(kept)

    def _written_for(self, made: set[int]) -> dict[str, set[int]]:
        ours: dict[str, set[int]] = {name: set() for name in BESIDE}
        for undo in self.run.rows.filter(customer__in=made).values_list("undo", flat=True):
            for name in BESIDE:
                ours[name] |= set(undo.get(name, ()))
        return ours

    def _worked_on(self, made: set[int], ours) -> set[int]:
        """Those whom somebody, or a later import, has changed or added to since."""
        later = CustomerRecord.objects.filter(customer__in=made).exclude(last_run=self.run)
        kept = set(later.values_list("customer_id", flat=True))
        for relation in Customer._meta.related_objects:
            model = relation.related_model
            if model in BROUGHT or model.__name__.endswith("History"):
                continue
            rows = model._base_manager.filter(**{f"{relation.field.name}__in": made})
            name = next((name for name, brought in BESIDE.items() if brought is model), "")
            rows = rows.exclude(pk__in=ours[name]) if name else rows
            kept |= set(rows.values_list(relation.field.attname, flat=True))
        return kept | self._changed_since(made)

    def _changed_since(self, made: set[int]) -> set[int]:
        """Customers, phones or addresses with more old states than this very run left."""
        touched = self.run.rows.filter(customer__in=made, undo__has_key="touched").values_list("customer_id", flat=True)
        expected = Counter(touched)
        found = Counter(_history(Customer).filter(pgh_obj_id__in=made).values_list("pgh_obj_id", flat=True))
        kept = {pk for pk, count in found.items() if count > expected[pk]}
        versions = Customer.objects.filter(pk__in=made).values_list("pk", "version")
        kept |= {pk for pk, version in versions if version > 1 + expected[pk]}
        for model in CONTACTS.values():
            kept |= set(_history(model).filter(customer_id__in=made).values_list("customer_id", flat=True))
        return kept

    # -- Customers that the run changed -------------------------------------------------------------------------------
    def restored(self, rows):
        """Columns that still are as the run left them get their old values; what it added goes."""
        restored, kept_count = [], 0
        for row in rows:
            if row.customer is None or not row.customer.is_here or not row.undo.get("touched"):
                continue
            kept = self._restore_row(row)
            kept_count += bool(kept)
            restored.append((row.customer_id, {"run": self.run.pk, "kept": sorted(kept)}))
        record_many("customer.import_undone", Customer, restored, by=self.by)
        return len({pk for pk, _ in restored}), kept_count

    def _restore_row(self, row) -> set[str]:
        customer, undo = Customer.objects.get(pk=row.customer_id), row.undo
        kept, columns = self._put_back_columns(customer, undo)
        if columns:
            customer.version = F("version") + 1
            customer.save(update_fields=[*columns, "version", "modified_at"])
        if "team_id" in undo["customer"] and "agent_id" in columns:  # giving an agent brings the agent's team along
            Customer.objects.filter(pk=customer.pk).update(team_id=undo["customer"]["team_id"][0])
        for name, model in CONTACTS.items():
            kept |= _restore_contacts(model, name, row)
        for name, model in BESIDE.items():
            model.objects.filter(pk__in=undo.get(name, ()), customer=customer).delete()
        return kept

    def _put_back_columns(self, customer, undo) -> tuple[set[str], list[str]]:
        values = {name: pair for name, pair in undo["customer"].items() if name != "team_id"}
        kept, columns = self.put_back(customer, values)
        if "roles" in undo:
            before, after = undo["roles"]
            there = (set(customer.roles) - (set(after) - set(before))) | (set(before) - set(after))
            roles = [role for role in before if role in there] + [role for role in customer.roles if role not in before]
            customer.roles = [role for role in roles if role in there]
            columns.append("roles")
        return kept, columns


def _restore_contacts(model, name, row) -> set[str]:
    """Take away what the row added, as far as it is still that, and bring back what it removed."""
    added, removed = row.undo.get(f"added_{name}", []), row.undo.get(f"removed_{name}", [])
    touched = set(_history(model).filter(pgh_obj_id__in=added).values_list("pgh_obj_id", flat=True))
    model.objects.filter(pk__in=set(added) - touched, customer=row.customer_id).delete()
    there = {str(one) for one in model.objects.filter(customer=row.customer_id)}
    back = [one for one in (model(**values) for values in removed) if str(one) not in there]
    model.objects.bulk_create(back)
    return {name} if touched or len(back) < len(removed) else set()


def _history(model):
    """The old rows that triggers kept of a model: one for each change since it was written."""
    return apps.get_model("customers", f"{model.__name__}History").objects
