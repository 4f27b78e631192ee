"""WordPress: the only package that speaks its language. `Client(site)` asks; trouble is Temporary or Wrong."""

from apps.website.wordpress.answers import Temporary, Trouble, Wrong
from apps.website.wordpress.client import Client

__all__ = ["Client", "Temporary", "Trouble", "Wrong"]
