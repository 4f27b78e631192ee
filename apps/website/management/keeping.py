"""`manage.py website add` and `test`: websites from the command line."""

import os
import shlex
import sys

from django.core.management.base import CommandError

from apps.accounts.models import User
from apps.core.refusals import Refused
from apps.website.actions.site import add_site
from apps.website.models import Profile, Site
from apps.website.site_check import Kind, check_site, is_fit

MARKS = {Kind.OK: "right", Kind.WARN: "look ", Kind.BAD: "mend "}


def add_adding(parser):
    """What `add` is told."""
    parser.add_argument("--url", required=True, help="the site's address, such as https://example.com")
    parser.add_argument("--user", required=True, help="the WordPress user that publishes for the CRM")
    parser.add_argument("--profile", default="companion", help="the kind of site, by its short name")
    parser.add_argument("--initials", default="", help="its mark in lists (default: from its name)")


def add_a_site(command, name: str, options: dict) -> None:
    """Add a website; the application password comes from WEBSITE_PASSWORD or from standard input."""
    profile = Profile.objects.filter(slug=options["profile"]).first()
    if profile is None:
        known = ", ".join(Profile.objects.values_list("slug", flat=True))
        raise CommandError(f"There is no profile “{options['profile']}”. There are: {known}.")
    values = {
        "name": name,
        "initials": options["initials"] or free_initials(name),
        "url": options["url"],
        "username": options["user"],
        "profile": profile,
    }
    try:
        site = add_site(values, password(), by=User.objects.system())
    except Refused as refusal:
        raise CommandError(" ".join(refusal.sentences)) from refusal
    next_step = f"manage.py website test --site {shlex.quote(site.name)}"
    command.stdout.write(f"{site.name} is added, number {site.pk}. Next: {next_step}")


def test_site(command, site: Site, options: dict) -> None:
    """Say what was found; ends with 1 where nothing could be published."""
    findings = check_site(site)
    for finding in findings:
        command.stdout.write(f"{MARKS[finding.kind]}  {finding.sentence}")
    if not is_fit(findings):
        raise CommandError(f"Nothing can be published on {site.name} yet.")
    command.stdout.write(f"Listings can be published on {site.name}.")


def password() -> str:
    """Never an argument: those are seen by everybody on the machine."""
    found = os.environ.get("WEBSITE_PASSWORD", "")
    if not found and not sys.stdin.isatty():
        found = sys.stdin.readline()
    if not found.strip():
        raise CommandError("Hand the application password over in WEBSITE_PASSWORD or on standard input.")
    return found.strip()


def free_initials(name: str) -> str:
    """A mark from the name that no other site has."""
    words = "".join(c if c.isalnum() and c.isascii() else " " for c in name).split()
    mark = ("".join(word[0] for word in words) if len(words) > 1 else "".join(words)[:2]).upper()[:3] or "W"
    taken = set(Site.objects.values_list("initials", flat=True))
    return next(one for one in [mark, *(f"{mark[:2]}{n}" for n in range(2, 99))] if one not in taken)
