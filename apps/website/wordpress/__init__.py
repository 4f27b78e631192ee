"""WordPress: the only package that speaks its language.

`Client(site)` asks, `Pictures(site)` fetches files; trouble is Temporary or Wrong.
"""

from apps.website.wordpress.answers import Temporary, Trouble, Wrong
from apps.website.wordpress.client import Client
from apps.website.wordpress.pictures import Pictures

__all__ = ["Client", "Pictures", "Temporary", "Trouble", "Wrong"]
