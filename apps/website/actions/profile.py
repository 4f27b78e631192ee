"""Profiles that an administrator wrote."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.core.versions import claim_version
from apps.website.actions.site import why_not_manage_sites
from apps.website.models import Profile
from apps.website.profiles.spec import problems


def why_not_edit_profile(profile: Profile, by) -> list[str]:
    """Why this person may not change this profile."""
    if profile.is_shipped:
        return [_("This profile comes with the CRM. Copy it to change it.")]
    return why_not_manage_sites(by)


@transaction.atomic
def add_profile(slug: str, name: str, spec: dict, *, by) -> Profile:
    """Keep a profile under a short name; refused with everything that is wrong with it."""
    NotAllowed.unless_empty(why_not_manage_sites(by))
    Refused.unless_empty(problems(spec))
    try:
        with transaction.atomic():
            profile = Profile.objects.create(slug=slug, name=name, spec=spec)
    except IntegrityError as error:
        sentence = _("There is a profile “%(slug)s” already. Choose another short name.")
        raise Refused(sentence % {"slug": slug}) from error
    record("website.profile_added", profile, by=by, name=name)
    return profile


@transaction.atomic
def edit_profile(profile: Profile, name: str, spec: dict, *, version: int, by) -> Profile:
    """Change a profile; the sites that use it follow by themselves."""
    Refused.unless_empty(why_not_edit_profile(profile, by) if profile.is_shipped else [])
    NotAllowed.unless_empty(why_not_manage_sites(by))
    Refused.unless_empty(problems(spec))
    claim_version(profile, version)
    profile = Profile.objects.get(pk=profile.pk)
    if (profile.name, profile.spec) == (name, spec):
        return profile
    profile.name, profile.spec = name, spec
    profile.save(update_fields=["name", "spec"])
    record("website.profile_edited", profile, by=by, name=name)
    return profile
