"""Testing a website: what was found, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from apps.core.refusals import Refused
from apps.website.actions.site import clean_url
from apps.website.models import Site
from apps.website.profiles.spec import MOST_IN_BATCH
from apps.website.wordpress import Client, Trouble, Wrong

CLOCK_SECONDS = 120
SMALL_UPLOAD = 2 * 1024 * 1024
TEST_SECONDS = 10
RANKS = {"subscriber": 0, "contributor": 1, "author": 2, "editor": 3, "administrator": 4}
RIGHTS = {"publish_posts": "publish", "edit_others_posts": "change what others wrote", "upload_files": "add photos"}


class Kind(StrEnum):
    """How a finding is marked."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One thing that the test found."""

    kind: Kind
    sentence: str


def check_site(site: Site) -> list[Finding]:
    """Everything that publishing needs, tried without changing anything on the site."""
    return list(_found(site))


def is_fit(findings: list[Finding]) -> bool:
    """Whether nothing stands in the way of publishing."""
    return all(finding.kind != Kind.BAD for finding in findings)


def _found(site) -> Iterator[Finding]:
    try:
        with Client(site, seconds=TEST_SECONDS) as client:
            index = client.index()
            said = {"name": index.get("name") or site.url}
            yield _ok(_("The site answers, and its REST API is on: %(name)s.") % said)
            yield from _of_index(site, index)
            yield from _of_user(client)
            yield from _of_companion(client, index)
            yield from _of_fields(client)
            yield from _of_batch(client)
            yield from _of_answers(client)
    except Trouble as trouble:
        yield Finding(Kind.BAD, trouble.sentence)


def _of_index(site, index) -> Iterator[Finding]:
    known = index.get("authentication")
    if not isinstance(known, dict) or "application-passwords" not in known:
        yield Finding(
            Kind.BAD,
            _("Application passwords are off. They need https, and no security plugin that forbids them."),
        )
    said = _address(index.get("url"))
    if said and said != _address(site.url):
        yield Finding(Kind.WARN, _("The site calls itself %(url)s. Enter that address.") % {"url": said})


def _of_user(client) -> Iterator[Finding]:
    user = client.whoami()
    roles = [role for role in user.get("roles") or [] if isinstance(role, str)]
    said = {"user": user.get("username") or user.get("name") or "", "roles": ", ".join(roles) or _("no role")}
    yield _ok(_("Signed in as %(user)s (%(roles)s).") % said)
    needed = client.spec.role
    if max((RANKS.get(role, RANKS["editor"]) for role in roles), default=0) < RANKS[needed]:
        sentence = _("This kind of site needs a user with the role %(role)s. Change it in WordPress under Users.")
        yield Finding(Kind.BAD, sentence % {"role": needed.capitalize()})
        return
    may = user.get("capabilities") if isinstance(user.get("capabilities"), dict) else {}
    lacking = [words for right, words in RIGHTS.items() if not may.get(right) and not _is_too_much(needed, right)]
    if lacking:
        yield Finding(Kind.BAD, _("The user may not %(rights)s.") % {"rights": ", ".join(lacking)})
    else:
        yield _ok(_("The user may publish, change and take off listings, and add photos."))


def _is_too_much(role: str, right: str) -> bool:
    """An author changes its own posts alone, which is all that it is asked for."""
    return role == "author" and right == "edit_others_posts"


def _of_companion(client, index) -> Iterator[Finding]:
    if "realestatecrm/v1" not in (index.get("namespaces") or []):
        if client.spec.needs_companion:
            sentence = _(
                "The companion plugin is missing. Install it and switch it on; nothing is published without it."
            )
            yield Finding(Kind.BAD, sentence)
        else:
            sentence = _("Without the companion plugin this site tells no views, and sends no enquiries.")
            yield Finding(Kind.WARN, sentence)
        return
    status = client.status()
    said = {name: status.get(name, "") for name in ("version", "wordpress", "php")}
    yield _ok(_("Companion plugin %(version)s on WordPress %(wordpress)s, PHP %(php)s.") % said)
    limits = status.get("limits") if isinstance(status.get("limits"), dict) else {}
    yield from _of_uploads(limits.get("upload_bytes"))
    if client.spec.plugin and client.spec.plugin not in (status.get("plugins") or []):
        yield Finding(Kind.BAD, _("%(plugin)s is not switched on there.") % {"plugin": client.spec.plugin})


def _of_uploads(most) -> Iterator[Finding]:
    if not isinstance(most, int) or most <= 0:
        return
    megabytes = {"size": f"{most / 1024 / 1024:.0f}"}
    if most < SMALL_UPLOAD:
        yield Finding(Kind.WARN, _("Photos may have %(size)s MB at most there, which is little.") % megabytes)
    else:
        yield _ok(_("Photos may have up to %(size)s MB.") % megabytes)


def _of_fields(client) -> Iterator[Finding]:
    try:
        there = client.schema()
    except Wrong as trouble:
        yield Finding(Kind.BAD, trouble.sentence)
        return
    meta = there.get("meta") if isinstance(there.get("meta"), dict) else {}
    keys = meta.get("properties") if isinstance(meta.get("properties"), dict) else {}
    lacking = [one.path for one in client.spec.fields if not _is_there(one.path, there, keys)]
    if lacking:
        sentence = _("The site has no place for: %(fields)s. What is sent there would be lost.")
        yield Finding(Kind.BAD, sentence % {"fields": ", ".join(lacking)})
        return
    words = {"type": client.spec.rest_base, "count": len(client.spec.fields)}
    yield _ok(_("The site takes %(type)s with all %(count)s fields of the profile.") % words)


def _is_there(path, there, keys) -> bool:
    first, _dot, key = path.partition(".")
    return key in keys if key else first in there


def _of_batch(client) -> Iterator[Finding]:
    if not client.batches:
        return
    most = client.most_in_batch()
    if most is None:
        sentence = _("The site takes changes one by one only, so many at once take longer. Set “batch” to 0.")
        yield Finding(Kind.WARN, sentence)
    elif most < min(client.batches, MOST_IN_BATCH):
        sentence = _("The site takes %(most)s changes at once. Set the profile's “batch” to that.")
        yield Finding(Kind.WARN, sentence % {"most": most})
    else:
        yield _ok(_("The site takes %(most)s changes at once.") % {"most": most})


def _of_answers(client) -> Iterator[Finding]:
    if client.saw_notices:
        sentence = _("The site writes PHP warnings in front of its answers. Whoever runs it should switch them off.")
        yield Finding(Kind.WARN, sentence)
    if client.clock_skew is not None and abs(client.clock_skew) > CLOCK_SECONDS:
        sentence = _("The site's clock is off by %(minutes)s minutes. Enquiries would be refused as too old.")
        yield Finding(Kind.WARN, sentence % {"minutes": round(abs(client.clock_skew) / 60)})
    elif client.clock_skew is not None:
        yield _ok(_("The site's clock is right."))


def _ok(sentence) -> Finding:
    return Finding(Kind.OK, sentence)


def _address(url) -> str:
    try:
        return clean_url(str(url or ""))
    except (Refused, ValueError):
        return ""
