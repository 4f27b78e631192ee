"""The sentences for what a WordPress site answers."""

import html
import re

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.outbound import Cause

UNREACHED = {
    Cause.ADDRESS: gettext_lazy("The site's address is not a public one. Enter the address that visitors use."),
    Cause.NAME: gettext_lazy("The site's name is not known on the internet. Look at the spelling of its address."),
    Cause.CONNECT: gettext_lazy("The site cannot be reached. It is tried again by itself."),
    Cause.TLS: gettext_lazy("The site's certificate is not valid. Whoever runs the site has to renew it."),
    Cause.TIMEOUT: gettext_lazy("The site did not answer in time. It is tried again by itself."),
    Cause.SIZE: gettext_lazy("The site answered with far more than was asked for. It is tried again by itself."),
    Cause.BROKEN: gettext_lazy("The connection to the site broke off. It is tried again by itself."),
}
NO_SIGN_IN = gettext_lazy(
    "The site does not accept the user or the application password. Make a new one in WordPress under Users, Profile."
)
FIREWALL = gettext_lazy("A firewall in front of the site refuses the CRM. Whoever runs the site has to let it through.")
NO_REST = gettext_lazy(
    "The site's REST API is not there. Switch permalinks on in WordPress under Settings, Permalinks."
)
NOT_WORDPRESS = gettext_lazy(
    "The site answered with something that WordPress does not say. It is tried again by itself."
)
ANOTHER = gettext_lazy("The site answered about another post than was asked for. It is tried again by itself.")
TOO_LARGE = gettext_lazy("A photo is larger than the site takes. Raise its limit for uploads, or remove the photo.")
NO_RIGHT = gettext_lazy("The site's user may not do this. Give it the role of Editor or Administrator in WordPress.")
NO_TYPE = gettext_lazy("The site does not show this kind of post to the CRM. Switch the plugin on, and the companion.")
BAD_FILE = gettext_lazy("The site does not take a photo: this kind of file is not allowed there.")

# 500 that will be 500 for ever.
PERMANENT_ERRORS = ("rest_upload_sideload_error", "rest_upload_unknown_error", "rest_upload_file_too_big")
BY_CODE = {
    **dict.fromkeys(("rest_not_logged_in", "incorrect_password", "invalid_username", "invalid_email"), NO_SIGN_IN),
    "application_passwords_disabled": gettext_lazy(
        "Application passwords are switched off on the site. They need https, and no plugin that forbids them."
    ),
    **dict.fromkeys(
        (f"rest_cannot_{verb}" for verb in ("create", "edit", "publish", "delete", "read", "view", "edit_others")),
        NO_RIGHT,
    ),
    **dict.fromkeys(("rest_forbidden", "rest_forbidden_context", "rest_user_cannot_delete_post"), NO_RIGHT),
    "rest_cannot_assign_term": NO_RIGHT,
    "rest_no_route": NO_TYPE,
    "rest_disabled": NO_REST,
    "rest_post_invalid_id": gettext_lazy("It is not on the site any more."),
    "rest_already_trashed": gettext_lazy("It is in the site's trash already."),
    "rest_upload_sideload_error": BAD_FILE,
    "rest_upload_unknown_error": TOO_LARGE,
    "rest_upload_file_too_big": TOO_LARGE,
    "rest_upload_no_content_disposition": TOO_LARGE,
    "rest_batch_not_allowed": gettext_lazy("The site does not take several changes at once."),
    "crm_exists": gettext_lazy("The listing is on the site already."),
}
CODES_OF_SITE = {
    *("rest_not_logged_in", "incorrect_password", "invalid_username", "invalid_email", "rest_disabled"),
    "application_passwords_disabled",
}
FIELD_BY_CODE = dict.fromkeys(
    (*PERMANENT_ERRORS, "rest_upload_no_content_disposition"), "photos"
)  # fmt: skip
KEY = re.compile(r"meta\.([\w-]+)|meta\[([\w-]+)\]")


def redirected(location: str) -> str:
    """A write was sent elsewhere, where it is lost."""
    if location:
        sentence = _(
            "The site sends the CRM on to %(location)s; nothing was sent there. Enter it if it is the site's own."
        )
        return sentence % {"location": location}
    return _("The site sends the CRM elsewhere and did nothing. Enter the address that the site itself uses.")


def a_page_instead(answer) -> str:
    """200 with something that is no JSON."""
    if not answer.body.strip():
        return _("The site answered with nothing. It is tried again by itself.")
    if "html" in answer.headers.get("content-type", "") or answer.text.lstrip()[:1] == "<":
        return _("The site answered with a page instead of data. It is tried again by itself.")
    return _("The site's answer cannot be read. It is tried again by itself.")


def later(status: int, *, is_page: bool) -> str:
    """It may work later."""
    if status == 429:
        return _("The site asks the CRM to slow down. It is tried again by itself.")
    if status == 503:
        return _("The site is closed for maintenance. It is tried again by itself.")
    if status == 500 and is_page:
        return _("The site failed with a critical error. It is tried again by itself.")
    return _("The site failed (%(status)s). It is tried again by itself.") % {"status": status}


def not_done(status: int) -> str:
    """An answer that means neither yes nor no."""
    return _("The site answered %(status)s and did nothing.") % {"status": status}


def plain(message: str) -> str:
    """A message of WordPress as a line of text."""
    return " ".join(html.unescape(strip_tags(message)).split())[:300]


def field_within(message: str) -> str:
    """The field that a message names: “meta.crm_price is not of type number.”"""
    named = KEY.search(message)
    return f"meta.{named[1] or named[2]}" if named else ""
