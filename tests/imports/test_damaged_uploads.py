"""Damaged files through the pages: never a broken page, and never half a file in the stock.

`CRM_DAMAGED_FILES=8000 pytest tests/imports/test_damaged_uploads.py` tries more of them.
"""

import os
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings

from apps.customers.models import Customer
from apps.imports.actions import run as actions
from apps.imports.models import ImportRun, RunState
from apps.listings.models import Listing
from tests.imports.damage import damaged_files, damaged_people

EXAMPLES = int(os.environ.get("CRM_DAMAGED_FILES", "30"))
ANSWERS = {200, 302, 422}


def send(client, path: str, **fields) -> None:
    """Post a form; the client raises what the view raises."""
    assert client.post(path, {"submission_key": str(uuid.uuid4()), **fields}).status_code in ANSWERS


def walk(client, content: bytes, subject: str, by) -> ImportRun | None:
    """Upload, match as understood, check and import, with each page opened on the way."""
    before = ImportRun.objects.count()
    send(client, "/imports/new/", file=SimpleUploadedFile("list.csv", content), subject=subject)
    if ImportRun.objects.count() == before:
        return None
    run = ImportRun.objects.order_by("-pk").first()
    page = f"/imports/{run.pk}/"
    actions.read(run, by=by)
    assert client.get(page).status_code in ANSWERS
    if run.state == RunState.MATCHING:
        form = client.get(f"{page}match/").context["form"]
        first = {name: field.choices[0][0] for name, field in form.fields.items() if name.startswith("date-")}
        send(client, f"{page}match/", **({bound.name: bound.value() or "" for bound in form} | first))
        run.refresh_from_db()
    if run.state == RunState.CHECKING:
        actions.check(run, by=by)
        assert client.get(page).status_code == 200 and client.get(f"{page}rows.csv").status_code == 200
    if run.state == RunState.READY and run.good_count:
        send(client, f"{page}apply/", skip_bad_rows="yes")
        actions.apply(run, by=by)
        assert client.get(page).status_code == 200
    return run


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("subject", "model", "files"), [("listings", Listing, damaged_files), ("customers", Customer, damaged_people)]
)
def test_a_damaged_upload_breaks_no_page_and_comes_in_whole_or_not_at_all(
    client, administrator, customers_on, subject, model, files
):
    client.force_login(administrator)

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(files())
    def holds(content):
        before = model.objects.count()
        run = walk(client, content, subject, administrator)
        came_in = run.new_count if run and run.state == RunState.APPLIED else 0
        assert model.objects.count() == before + came_in
        if came_in:
            actions.undo(run, by=administrator)
        assert model.objects.count() == before

    holds()
