"""What the walk of every URL meets and sends under /website/."""

from tests.factories import SiteFactory

SENT: dict = {}


def build_website() -> dict:
    """One site."""
    return {"site": SiteFactory(name="Walked Site", initials="W")}


def argument(name: str, parameter: str, world):
    """The argument of an address of this module."""
    return {"pk": world.website["site"].pk}[parameter]
