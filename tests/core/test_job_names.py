"""Jobs wait in the database under their names: what was asked for before a release must be known after it."""

from procrastinate.contrib.django import app

WEBSITE = {
    "website.adopt",
    "website.adopt_follow",
    "website.adopt_link",
    "website.adopt_photos",
    "website.ask_site",
    "website.ask_sites",
    "website.check",
    "website.deliver",
    "website.pass_on_enquiries",
    "website.reconcile",
    "website.reconcile_all",
    "website.sweep",
}


def test_jobs_of_websites_keep_their_names_wherever_their_code_lies():
    assert set(app.tasks) >= WEBSITE


def test_no_job_is_named_after_the_place_of_its_code():
    assert [name for name in app.tasks if name.startswith("apps.")] == []
