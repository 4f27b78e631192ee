"""The profiles that come with the CRM: one file each in `profiles/`. They are brought up to date by migrations."""

import json
from pathlib import Path

FOLDER = Path(__file__).parent / "profiles"


def shipped_profiles() -> dict[str, dict]:
    """Short name → {"name", "spec"}, the companion's first."""
    return {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}


def bring_up_to_date(profile_model) -> None:
    """Write the shipped profiles into their rows. `profile_model` is the model, or a migration's picture of it."""
    known = dict(profile_model.objects.filter(is_shipped=True).values_list("slug", "spec"))
    for slug, said in shipped_profiles().items():
        if known.get(slug) != said["spec"]:
            profile_model.objects.update_or_create(slug=slug, defaults=said | {"is_shipped": True})
