"""Fetching the files of a site's pictures as any visitor would: without its password, and nothing but the file."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from apps.core.outbound import Answer, Cause, NoAnswer, Outbound
from apps.website.models import Site
from apps.website.wordpress import answers
from apps.website.wordpress.answers import Trouble, Wrong, not_answered

SECONDS = 30


class Pictures:
    """Pictures of one site, over one connection to each host that keeps them. Use it in a `with`.

    A site may keep its pictures elsewhere, where the address is checked like any other; a redirect to another host is
    not followed.
    """

    def __init__(self, site: Site):
        self.site = urlsplit(site.url)
        self._doors: dict[str, Outbound] = {}

    def __enter__(self) -> "Pictures":
        return self

    def __exit__(self, *exception) -> None:
        for door in self._doors.values():
            door.close()

    def fetch(self, address: str, most_bytes: int) -> bytes:
        """The file at the address; Wrong or Temporary with the reason where it is not to be had."""
        parts = urlsplit(address)
        if parts.hostname == self.site.hostname:  # the site may not know that it is on https by now
            parts = parts._replace(scheme=self.site.scheme, netloc=self.site.netloc)
        try:
            door = self._door(f"{parts.scheme}://{parts.netloc}")
            answer = door.request("GET", parts.geturl(), seconds=SECONDS, most_bytes=most_bytes)
        except NoAnswer as error:
            raise _why_not(error, most_bytes) from None
        return _body(answer)

    def _door(self, origin: str) -> Outbound:
        if origin not in self._doors:
            local, nets = settings.WEBSITE_ALLOW_LOCAL, settings.WEBSITE_ALLOWED_NETWORKS
            self._doors[origin] = Outbound(origin, allow_local=local, allowed=nets)
        return self._doors[origin]


def _body(answer: Answer) -> bytes:
    if answer.status in (408, 425, 429) or answer.status >= 500:
        raise answers.trouble(answer.status, None, answer)
    if answer.status in (404, 410):
        raise Wrong(_("the file is not on the site any more."), code=str(answer.status))
    if answer.status != 200:
        raise Wrong(
            _("the site does not give the file to visitors (%(status)s).") % {"status": answer.status},
            code=str(answer.status),
        )
    return answer.body


def _why_not(error: NoAnswer, most_bytes: int) -> Trouble:
    if error.cause == Cause.SIZE:
        most = most_bytes // 1024**2
        return Wrong(_("the file is larger than %(most)s MB. Make it smaller.") % {"most": most}, code="size")
    if error.cause == Cause.REDIRECT:
        where = urlsplit(error.location).hostname or _("nowhere")
        return Wrong(_("the site sends the CRM on to another host, %(host)s.") % {"host": where}, code="redirect")
    if error.cause == Cause.ADDRESS:
        return Wrong(_("its address is not a public one."), code="address")
    return not_answered(error)
