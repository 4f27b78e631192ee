"""What the walk puts into each address and sends to each form: always something that the right person could do."""

import uuid

from django.contrib import admin
from django.urls import reverse

from apps.imports.actions.fixes import similar_fixes
from tests import walk_viewings, walk_website
from tests.walk_world import World, picture

# Pages whose form tells what to send back, with what the walk changes in it.
OPENED = {
    "accounts:agency": {"name": "Another name"},
    "accounts:flag": {"state": "everyone"},
    "accounts:invite": {"email": "another@agency.test", "full_name": "Another", "role": "agent"},
    "accounts:person": {"full_name": "Renamed"},
    "accounts:profile": {"full_name": "Renamed"},
    "listings:edit": {"title": "Another title"},
    "website:edit": {"name": "Renamed Site"},
    "website:profile": {"name": "Renamed"},
    "listings:edit_price": {"list_price": "2400000"},
    "listings:edit_status": {"reason": "The owner called"},
    "listings:again": {"confirmed": "on"},
    "imports:match": {"source": "walk"},
    "customers:edit": {"full_name": "Renamed"},
    "listings:new_mandate": {"listing_contract_date": "2026-01-01", "expiration_date": "2026-12-31"},
    "listings:new_permit": {"number": "7112884099", "expiration_date": "2026-12-31"},
}
OF_A_TEAM = ("accounts:rename-team", "accounts:remove-team")
OF_A_VIEW = tuple(f"accounts:{verb}-view" for verb in ("edit", "save", "pin", "remove", "restore"))
CHANGED = {
    "admin:accounts_user_change": {"full_name": "Mended"},
    "admin:accounts_team_change": {"name": "Mended"},
    "admin:accounts_agency_change": {"name": "Mended"},
    "admin:listings_listing_change": {"title": "Mended"},
    "admin:listings_unit_change": {"bedrooms_total": "7"},
    "admin:listings_place_change": {"name_ar": "برج"},
    "admin:listings_mandate_change": {"number": "A-7"},
    "admin:listings_permit_change": {"number": "7112884077"},
    "admin:listings_photo_change": {"short_description": "Mended"},
    "admin:listings_note_change": {"body": "Mended"},
    "admin:customers_customer_change": {"campaign": "Mended"},
    "admin:customers_phone_change": {"label": "Mended"},
    "admin:customers_emailaddress_change": {"label": "Mended"},
    "admin:customers_note_change": {"body": "Mended"},
    "admin:customers_task_change": {"title": "Mended"},
    "admin:matching_requirement_change": {"bedrooms_min": "1"},
    "admin:matching_requirementplace_change": lambda w: {"place": w.listing.unit.place_id},
    "admin:matching_decision_change": {"line": "Mended"},
    "admin:matching_exchangerate_change": {"source": "Mended"},
    "admin:website_enquiry_change": {"text": "Mended"},
    "admin:viewings_viewing_change": {"key_name": "Hook 7"},
    "admin:viewings_feedback_change": {"line": "Mended"},
}
# What other forms send.
SENT = {
    "listings:new": lambda w: {"property_type": "Residential", "unit_number": "77", "bedrooms_total": "2"},
    "listings:bulk": lambda w: {"status": "Hold", "row": f"{w.listing.pk}:{w.listing.version}"},
    "listings:status": lambda w: {"status": "Hold", "version": w.listing.version},
    "listings:price": lambda w: {"list_price": "2400000", "version": w.listing.version},
    "listings:edit_agent": lambda w: {"agent": w.people["other"].pk},
    "listings:edit_consent": lambda w: {"agrees": "yes", "version": w.listing.version},
    "listings:add_note": lambda w: {"body": "The lift is slow"},
    "listings:photos_add": lambda w: {"photos": picture()},
    "listings:photos_order": lambda w: {
        "order": f"{w.second_photo.pk},{w.photo.pk}",
        "seen": f"{w.photo.pk},{w.second_photo.pk}",
    },
    "listings:photo_move": lambda w: {"direction": "later"},
    "listings:photo_describe": lambda w: {"caption": "The view", "media_category": "Photo"},
    "accounts:new-view": lambda w: {"name": "Mine", "list": "listings", "query": "status=Hold"},
    "accounts:edit-view": lambda w: {"name": "Held", "for_team": "on", "version": "1"},
    "accounts:save-view": lambda w: {"query": "status=Active"},
    "accounts:pin-view": lambda w: {"pinned": "yes"},
    "customers:new": lambda w: {"kind": "person", "full_name": "New Customer", "source": "phone", "payment": "unknown"},
    "customers:compare": lambda w: _versions(left=w.customers["own"], right=w.customers["twin"]),
    "customers:erase": lambda w: {"ground": "Asked by mail", "typed": w.customers["own"].reference},
    "customers:bulk": lambda w: {
        "agent": w.people["other"].pk,
        "row": f"{w.customers['own'].pk}:{w.customers['own'].version}",
    },
    "customers:stage": lambda w: {"stage": "viewing"},
    "customers:assign": lambda w: {"agent": w.people["other"].pk},
    "customers:add_note": lambda w: {"body": "Wants a sea view"},
    "customers:add_task": lambda w: _task(w),
    "tasks:new": lambda w: _task(w),
    "tasks:edit": lambda w: _task(w),
    "accounts:add-team": lambda w: {"name": "Downtown"},
    "accounts:rename-team": lambda w: {"name": "Palm"},
    "accounts:accept-invitation": lambda w: {"full_name": "New Person", "password": "a-long-test-password"},
    "imports:new": lambda w: {"file": picture(), "source": "walk"},
    "imports:fix": lambda w: {"row": "3", "column": "Status", "text": "Active"},
    "imports:fix_similar": lambda w: dict(
        zip(("column", "kind"), similar_fixes(w.imports["ready"])[0][:2], strict=True)
    ),
    "imports:apply": lambda w: {"skip_bad_rows": "yes"},
    "admin:accounts_team_add": lambda w: {"name": "Downtown", "why": "The walk"},
    "admin:matching_requirementplace_add": lambda w: {
        "requirement": w.customers["search"].pk,
        "place": w.listing.unit.place_id,
        "why": "The walk",
    },
    "admin:matching_exchangerate_add": lambda w: {
        "currency": "GBP",
        "in_aed": "4.9",
        "source": "The walk",
        "as_of": "2026-11-21",
        "why": "The walk",
    },
    "admin:listings_place_add": lambda w: {"level": "city", "name": "Sharjah", "why": "The walk"},
    "matching:new": lambda w: {"property_type": "Residential", "price_max": "3M"},
    "matching:edit": lambda w: {"property_type": "Residential", "price_max": "3M", "version": "1"},
    "matching:accept": lambda w: {"step": "budget+5"},
    "matching:send": lambda w: {"listing": "W-1", "channel": "email", "text": "Look at this"},
    "matching:dismiss": lambda w: {"reason": "too_far"},
    "matching:tell": lambda w: {"customer": w.customers["own"].reference, "text": "Hello {name}"},
    "calls:call": lambda w: _call() | {"number": "050 123 4567", "full_name": "New Caller"},
    "calls:who": lambda w: _call(),
    "calls:wants": lambda w: _call(),
    "calls:matches": lambda w: _call(),
    "calls:draft": lambda w: _call() | {"number": "050 123 4567"},
    "calls:discard": lambda w: _call(),
    **walk_viewings.SENT,
    **walk_website.SENT,
    "insights:beacon": lambda w: {"view": "listings:list", "seconds": "3"},
}
ASKED = {
    "accounts:new-view": {"list": "listings", "query": "status=Hold"},
    "listings:edit_status": {"to": "Hold"},
    "listings:bulk": lambda w: {"id": w.listing.pk},
    "customers:bulk": lambda w: {"id": w.customers["own"].pk},
    "customers:matches": lambda w: {"id": w.customers["own"].pk},
}
ARGUMENTS = {
    "accounts:flag": {"name": "listings_map"},
    "listings:export": {"kind": "csv"},
    "listings:bulk": {"verb": "status"},
    "customers:export": {"kind": "csv"},
    "enquiries:export": {"kind": "csv"},
    "customers:bulk": {"verb": "assign"},
    "account_reset_password_from_key": {"uidb36": "zzz", "key": "forged-key"},
    "mfa_edit_webauthn": {"pk": 1},
    "mfa_remove_webauthn": {"pk": 1},
    "admin:app_list": {"app_label": "listings"},
    "today:card": {"key": "mandates"},
}


def _versions(**sides) -> dict:
    return {f"{side}_version": type(row).objects.get(pk=row.pk).version for side, row in sides.items()}


def _task(world) -> dict:
    return {"title": "Send plans", "due_on": "2030-01-05", "assignee": world.people["owner"].pk}


def _call() -> dict:
    return {"draft": str(uuid.uuid4()), "property_type": "Residential"}


def arguments(name: str, parameters, world: World, row: str = "listing") -> dict:
    """The arguments of the address `name`; `row` is "listing", or one that may not be known: "draft", "deleted"."""
    if name in ARGUMENTS:
        return ARGUMENTS[name]
    return {parameter: _argument(name, parameter, world, row) for parameter in parameters}


def _argument(name, parameter, world, row):
    listing = getattr(world, row)
    photo = world.photo if row == "listing" else world.hidden_photos[row]
    if name.startswith("viewings:"):
        return walk_viewings.argument(name, parameter, world)
    if name.startswith(("website:", "enquiries:")) and parameter != "listing_id":
        return walk_website.argument(name, parameter, world)
    if parameter == "reference" and name.startswith("customers:"):
        return world.customers["waiting" if name == "customers:take" else "own"].reference
    if parameter == "reference" and name.startswith("matching:"):
        return world.customers["own"].reference
    if parameter == "pk" and name.startswith("matching:"):
        return world.customers["search"].pk
    if name.startswith("customers:") and parameter in ("other", "pk"):
        of_pk = world.customers["erasure" if name == "customers:erasure" else "merge"].pk
        return world.customers["twin"].reference if parameter == "other" else of_pk
    if name.startswith("tasks:"):
        return world.customers["done" if name == "tasks:reopen" else "task"].pk
    if parameter == "object_id":
        return _row_of_admin(name, world).pk
    if parameter == "pk" and name.startswith("listings:photo") and row == "listing":
        return {"listings:photo_restore": world.removed_photo, "listings:photo_first": world.second_photo}.get(
            name, photo
        ).pk
    if parameter == "pk" and name.startswith("listings:photo"):
        return photo.pk
    if parameter == "pk" and name.startswith("imports:"):
        return world.imports[{"imports:match": "matching", "imports:undo": "done"}.get(name, "ready")].pk
    if name in OF_A_VIEW:
        return world.views["removed" if name == "accounts:restore-view" else "shared"].pk
    if parameter == "pk":
        people = {
            "accounts:reactivate": world.former_colleague,
            **dict.fromkeys(OF_A_TEAM, world.rows["accounts.team"]),
        }
        return world.invitation.pk if name.endswith("invitation") else people.get(name, world.colleague).pk
    return {
        "listing_id": listing.listing_id,
        "name": photo.name,
        "size": "640",
        "token": world.invitation.token,
    }[parameter]


def _row_of_admin(name, world):
    model = next(m for m in admin.site._registry if name.startswith(f"admin:{m._meta.app_label}_{m._meta.model_name}_"))
    return world.rows.get(model._meta.label_lower) or model._base_manager.first()


def asked(name: str, world: World) -> dict:
    """The query of a GET."""
    query = ASKED.get(name, {})
    return query(world) if callable(query) else query


def sent(name: str, kwargs: dict, world: World) -> dict:
    """The fields of a POST; a page's own form is filled in as the administrator sees it."""
    if name in OPENED:
        return _form(name, kwargs, world) | OPENED[name]
    if name.startswith("admin:") and name.endswith("_change"):
        return _form(name, kwargs, world) | {"why": "The walk"} | _changed(name, world)
    if name.startswith("admin:") and name.endswith("_delete"):
        return {"post": "yes", "why": "The walk"}
    return SENT.get(name, lambda w: {})(world)


def _changed(name, world) -> dict:
    change = CHANGED.get(name, {})
    return change(world) if callable(change) else change


def _form(name, kwargs, world) -> dict:
    response = world.browser("administrator").get(reverse(name, kwargs=kwargs), asked(name, world))
    if not response.context or response.status_code != 200:
        return {}
    form = response.context["adminform"].form if "adminform" in response.context else response.context["form"]
    values = {form[name].html_name: _plain(form[name].value()) for name in form.fields}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def _plain(value):
    if isinstance(value, list | tuple) or hasattr(value, "all"):
        return [getattr(one, "pk", one) for one in (value.all() if hasattr(value, "all") else value)]
    return getattr(value, "pk", value)
