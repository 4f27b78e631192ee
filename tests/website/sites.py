"""A site for tests, with a key that no test finds anywhere else."""

from apps.core.encryption import encrypt
from tests.factories import SiteFactory

KEY = "canary-key-of-a-site-4f1c"


def make_site(**values):
    """A site that signs its enquiries."""
    return SiteFactory(intake_key=encrypt(KEY), **values)
