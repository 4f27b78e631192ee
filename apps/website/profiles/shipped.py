"""The profiles that come with the CRM: one JSON file each beside this. A migration brings their rows up to date;
a test asks for one when a file has changed.
"""

import hashlib
import json
from pathlib import Path

FOLDER = Path(__file__).parent


def shipped_profiles() -> dict[str, dict]:
    """Short name → {"name", "spec"}, the companion's first."""
    return {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}


def digest() -> str:
    """What is shipped now, as a short mark."""
    return hashlib.sha256(json.dumps(shipped_profiles(), sort_keys=True).encode()).hexdigest()[:12]


def bring_up_to_date(profile_model) -> None:
    """Write the shipped profiles into their rows. `profile_model` is the model, or a migration's picture of it.

    A profile that an administrator wrote stays as it is, also when it has the short name of a shipped one.
    """
    rows = profile_model.objects.values_list("slug", "is_shipped", "name", "spec")
    known = {slug: (shipped, said) for slug, shipped, *said in rows}
    for slug, said in shipped_profiles().items():
        shipped, written = known.get(slug, (True, None))
        if shipped and written != [said["name"], said["spec"]]:
            profile_model.objects.update_or_create(slug=slug, defaults=said | {"is_shipped": True})
