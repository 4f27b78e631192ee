"""`manage.py website VERB --site NAME`: what the website's pages do, from the command line, waited for."""

import pghistory
from django.core.management.base import BaseCommand, CommandError

from apps.accounts.agency_time import agency_time
from apps.accounts.models import User
from apps.website.management.adopting import add_options, adopt_site
from apps.website.management.delivering import add_delivering, publish_site, reconcile_site, retry_site
from apps.website.management.keeping import add_a_site, add_adding, test_site
from apps.website.models import Site

# What a verb does, what else it is told, and how it is described.
VERBS = {
    "test": (test_site, lambda parser: None, "try everything that publishing needs, and change nothing"),
    "publish": (publish_site, add_delivering, "bring about everything that is due, and what is named"),
    "retry": (retry_site, add_delivering, "try again what failed"),
    "adopt": (adopt_site, add_options, "read a site that was kept by hand, and say which listings its posts are"),
    "reconcile": (reconcile_site, add_delivering, "read the whole site and compare it with what should be there"),
}


class Command(BaseCommand):
    """One verb for one site."""

    help = "Websites: add, test, publish, retry, adopt, reconcile."

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="let a website follow the CRM")
        add.add_argument("--site", required=True, metavar="NAME")
        add_adding(add)
        for verb, (_, add_more, says) in VERBS.items():
            one = verbs.add_parser(verb, help=says)
            one.add_argument("--site", required=True, metavar="NAME")
            add_more(one)

    def handle(self, *, verb: str, site: str, **options):
        system = User.objects.system()
        with agency_time(), pghistory.context(user=system.pk, command=f"website {verb}"):
            if verb == "add":
                add_a_site(self, site, options)
            else:
                VERBS[verb][0](self, _site(site), options)


def _site(name: str) -> Site:
    found = Site.objects.select_related("profile").filter(name=name).first()
    if found is None:
        names = ", ".join(Site.objects.values_list("name", flat=True)) or "none"
        raise CommandError(f"There is no website “{name}”. There are: {names}.")
    return found
