"""System checks of the apartments database."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register

from apps.listings import photo_files


@register("listings")
def pictures_may_be_shown(app_configs=None, **kwargs) -> list[Error]:
    """Where photos lie in S3, pages must be allowed to load pictures from its host."""
    if not settings.S3_BUCKET:
        return []
    address = urlsplit(photo_files.signed_address("check", "640") or "")
    origin = f"{address.scheme}://{address.netloc}"
    if origin in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"]:
        return []
    return [
        Error(
            f"Photos lie at {origin}, and browsers will not show pictures from there.",
            hint=f"Add it: CSP_IMG_HOSTS={origin}",
            id="listings.E001",
        )
    ]
