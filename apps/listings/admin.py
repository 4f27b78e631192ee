"""Data fixes on the apartments database. Price, status and agent go through the same actions as everywhere."""

from django.contrib import admin
from django.db.models import F, Q, Value
from django.forms import ModelChoiceField
from django.utils.translation import gettext as _

from apps.core.admin_base import CrmAdmin, WhyForm, changed_fields
from apps.core.refusals import Refused
from apps.core.search import Normalise
from apps.core.versions import claim_version
from apps.listings.actions.editing import LISTING_FIELDS, edit
from apps.listings.actions.listing import assign
from apps.listings.actions.price import set_price
from apps.listings.actions.status import move
from apps.listings.lookups import StandardStatus
from apps.listings.models import (
    Listing,
    Mandate,
    Note,
    Permit,
    Photo,
    Place,
    PriceChange,
    SearchWord,
    StatusChange,
    Unit,
)
from apps.listings.search import query_for, words_of

MOST_FOUND = 1000
BY_ACTION = ("list_price", "standard_status", "list_agent")


class ListingForm(WhyForm):
    """A listing's form that offers only the statuses that may follow."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "standard_status" in self.fields and self.instance.pk:
            now = StandardStatus(self.instance.standard_status)
            self.fields["standard_status"].choices = [(s.value, s.label) for s in [now, *self.instance.next_statuses]]
        if isinstance(agent := self.fields.get("list_agent"), ModelChoiceField):
            agent.queryset = agent.queryset.model.objects.agents()

    def clean_list_price(self):
        price = self.cleaned_data["list_price"]
        if price is None and self.instance.list_price is not None:
            self.add_error("list_price", "A price cannot be taken back. Enter the price, or change the status.")
        return price


@admin.register(Listing)
class ListingAdmin(CrmAdmin):
    """Listings: found by words, in the order they were added."""

    form = ListingForm
    list_display = ("listing_id", "label", "standard_status", "property_type", "list_price", "currency", "list_agent")
    list_filter = ("standard_status", "property_type")
    list_select_related = ("list_agent",)
    raw_id_fields = ("unit",)
    readonly_fields = ("created_by",)
    search_fields = ("listing_id",)
    search_help_text = "Words of reference, building, unit, title or description."

    def get_search_results(self, request, queryset, search_term):
        """As on the list of listings: every word must occur, its end may be missing."""
        words = words_of(search_term)
        return (queryset.filter(search_vector=query_for(words)) if words else queryset), False

    def save_model(self, request, obj, form, change):
        """Give each changed field to the action that keeps its history."""
        values, changed, by = form.cleaned_data, set(changed_fields(form)), request.user
        listing = Listing.objects.select_related("unit", "list_agent").get(pk=obj.pk)
        listing.version = values["seen_version"]
        facts = {name: values[name] for name in changed & LISTING_FIELDS}
        if facts:
            listing = edit(listing, facts, version=listing.version, by=by)
        if "list_price" in changed and values["list_price"] is not None:
            price, why = values["list_price"], values["why"]
            set_price(listing, price, version=listing.version, by=by, reason=why, confirmed=True)
        if "standard_status" in changed:
            move(listing, values["standard_status"], version=listing.version, by=by, reason=values["why"])
        if "list_agent" in changed:
            self._assign(listing, values["list_agent"], by)
        self._save_rest(listing, values, changed - LISTING_FIELDS - set(BY_ACTION))

    def _assign(self, listing, agent, by):
        if agent is None:
            raise Refused(_("A listing keeps an agent. Choose who is responsible."))
        assign(listing, agent, by=by)
        listing.refresh_from_db(fields=["version"])

    def _save_rest(self, listing, values, names):
        if names:
            claim_version(listing, listing.version)
            for name in names:
                setattr(listing, name, values[name])
            listing.save(update_fields=[*names, "modification_timestamp"])


@admin.register(Unit)
class UnitAdmin(CrmAdmin):
    """Units. What is changed here appears on each listing of the unit."""

    may_delete = True
    list_display = ("label", "property_sub_type", "bedrooms_total", "living_area", "living_area_units")
    list_filter = ("property_sub_type",)
    list_select_related = ("place",)
    raw_id_fields = ("place", "owner")
    search_fields = ("unit_key",)
    search_help_text = "A unit number alone, or words of one of its listings."

    def get_search_results(self, request, queryset, search_term):
        words = words_of(search_term)
        if not words:
            return queryset, False
        listed = Listing.objects.filter(search_vector=query_for(words)).order_by()
        found = set(listed.values_list("unit_id", flat=True)[:MOST_FOUND])
        numbered = Unit.objects.filter(unit_key=Normalise(Value(search_term.strip()))).order_by()
        return queryset.filter(pk__in=found | set(numbered.values_list("pk", flat=True)[:MOST_FOUND])), False

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if changed_fields(form):
            obj.listings.update(version=F("version") + 1)


@admin.register(Place)
class PlaceAdmin(CrmAdmin):
    """Places. A place with units or places in it cannot be deleted."""

    may_add = may_delete = True
    list_display = ("name", "name_ar", "level", "parent")
    list_filter = ("level",)
    list_select_related = ("parent",)
    raw_id_fields = ("parent",)
    search_fields = ("name",)
    search_help_text = "A part of the English or Arabic name."

    def get_search_results(self, request, queryset, search_term):
        sought = Normalise(Value(search_term.strip()))
        keyed = queryset.annotate(_key=Normalise("name"), _key_ar=Normalise("name_ar"))
        named = keyed.filter(Q(_key__contains=sought) | Q(_key_ar__contains=sought))
        return (named if search_term else queryset), False


class OfListingAdmin(CrmAdmin):
    """Rows that belong to a listing: found by its reference."""

    list_select_related = ("listing",)
    raw_id_fields = ("listing",)
    search_fields = ("listing__listing_id__startswith",)
    search_help_text = "The beginning of a listing's reference."


@admin.register(Mandate)
class MandateAdmin(OfListingAdmin):
    """Owners' agreements with the agency."""

    may_delete = True
    list_display = ("listing", "listing_agreement", "number", "listing_contract_date", "expiration_date")
    list_filter = ("listing_agreement",)


@admin.register(Permit)
class PermitAdmin(OfListingAdmin):
    """Permits to advertise."""

    may_delete = True
    list_display = ("listing", "number", "authority", "issued_on", "expiration_date")


@admin.register(Photo)
class PhotoAdmin(OfListingAdmin):
    """Photos: caption, kind and whether they were removed. Files and digests belong together and stay as they are."""

    list_display = ("listing", "order", "media_category", "short_description", "state", "trouble", "removed_at")
    list_filter = ("state", "media_category", ("removed_at", admin.EmptyFieldListFilter))
    fields = ("listing", "order", "media_category", "short_description", "state", "trouble", "removed_at")
    readonly_fields = ("listing", "state", "trouble")


@admin.register(Note)
class NoteAdmin(OfListingAdmin):
    """Notes for colleagues; one that should not stand there can be deleted."""

    may_delete = True
    list_display = ("listing", "at", "by", "body")
    list_select_related = ("listing", "by")
    readonly_fields = ("listing", "by", "at")


class KeptAdmin(OfListingAdmin):
    """What happened to a listing. Nothing here can be changed."""

    may_change = False
    list_select_related = ("listing", "by")
    ordering = ("-pk",)


@admin.register(PriceChange)
class PriceChangeAdmin(KeptAdmin):
    """Asking prices over time."""

    list_display = ("listing", "at", "old_price", "new_price", "currency", "by", "reason")


@admin.register(StatusChange)
class StatusChangeAdmin(KeptAdmin):
    """Statuses over time."""

    list_display = ("listing", "at", "old_status", "new_status", "by", "reason")


@admin.register(SearchWord)
class SearchWordAdmin(CrmAdmin):
    """Words that the search knows; learnt by the database from names and texts."""

    may_change = False
    list_display = ("word", "uses")
    ordering = ("word",)
    search_fields = ("word__startswith",)
