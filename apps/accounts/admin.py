"""Data fixes on people and the agency. They go through the same actions as our own pages, and say why."""

from django.contrib import admin

from apps.accounts.actions.agency import AGENCY_FIELDS, edit_agency
from apps.accounts.actions.person import PERSON_FIELDS, ROLES_ON_OFFER, change_person
from apps.accounts.models import Agency, Flag, Invitation, OutgoingMail, SavedView, Team, User
from apps.accounts.roles import Role
from apps.core.admin_base import CrmAdmin, WhyForm


class PersonForm(WhyForm):
    """A person's form: nobody becomes the system user."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "role" in self.fields and self.instance.role != Role.SYSTEM:
            self.fields["role"].choices = ROLES_ON_OFFER


@admin.register(User)
class UserAdmin(CrmAdmin):
    """People. They are invited and deactivated on the page People; nobody is deleted, because their work names them."""

    form = PersonForm
    list_display = ("full_name", "email", "role", "team", "is_active", "last_seen_at")
    list_filter = ("role", "is_active", "team")
    list_select_related = ("team",)
    search_fields = ("full_name", "email")
    ordering = ("full_name", "pk")
    fields = ("full_name", "email", "role", "team", "job_title", "phone", "is_active", "joined_at", "last_seen_at")
    readonly_fields = ("is_active", "joined_at", "last_seen_at")

    def save_model(self, request, obj, form, change):
        """Hand what was changed to the action, which refuses what nobody may do."""
        changes = {name: form.cleaned_data[name] for name in PERSON_FIELDS.intersection(form.changed_data)}
        change_person(User.objects.get(pk=obj.pk), changes, version=form.cleaned_data["seen_version"], by=request.user)


@admin.register(Team)
class TeamAdmin(CrmAdmin):
    """Teams. One with members cannot be deleted."""

    may_add = may_delete = True
    list_display = ("name",)
    search_fields = ("name",)
    ordering = ("name",)


@admin.register(Agency)
class AgencyAdmin(CrmAdmin):
    """The agency's one row."""

    list_display = ("name", "currency", "time_zone", "requires_mfa")

    def save_model(self, request, obj, form, change):
        """Through the action of the page Agency."""
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name in AGENCY_FIELDS}
        edit_agency(changes, version=form.cleaned_data["seen_version"], by=request.user)


@admin.register(Invitation)
class InvitationAdmin(CrmAdmin):
    """Invitations, to look up. They are sent again and withdrawn on the page People."""

    may_change = False
    list_display = ("email", "full_name", "role", "invited_by", "invited_at", "expires_at", "accepted_at")
    list_select_related = ("invited_by",)
    search_fields = ("email", "full_name")


@admin.register(Flag)
class FlagAdmin(CrmAdmin):
    """Flags, to look up. They are switched on the page Flags."""

    may_change = False
    list_display = ("name", "state", "percent", "modified")
    fields = ("name", "everyone", "percent", "users", "teams", "modified")
    search_fields = ("name",)
    ordering = ("name",)


@admin.register(SavedView)
class SavedViewAdmin(CrmAdmin):
    """Saved views, to look up. Their owners change them above the list."""

    may_change = False
    list_display = ("name", "list_key", "owner", "team", "created_at", "removed_at")
    list_filter = ("list_key",)
    list_select_related = ("owner", "team")
    search_fields = ("name", "owner__full_name")
    ordering = ("name", "pk")
    fields = ("name", "list_key", "query", "owner", "team", "removed_at")


@admin.register(OutgoingMail)
class OutgoingMailAdmin(CrmAdmin):
    """Mails on their way and what became of them, never what they say. One that perhaps left is sent again as a job."""

    may_change = False
    list_display = ("pk", "state", "why_not", "by", "at", "sent_at")
    list_filter = ("state",)
    list_select_related = ("by",)
    fields = ("state", "why_not", "by", "at", "sent_at")
