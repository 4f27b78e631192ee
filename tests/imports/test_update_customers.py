"""A later file changes what it changed; what people wrote stays."""

import pytest

from apps.customers.actions.consent import set_consent
from apps.imports.models import Outcome
from tests.imports.files import csv_text
from tests.imports.imported import called, change, numbers
from tests.imports.people import people

pytestmark = pytest.mark.django_db


def test_a_later_file_changes_what_it_changed(bring_people):
    bring_people(people())
    cells = {"Phone": "050 999 8877", "Status": "Negotiation", "Is a": "Buyer, Seller"}
    run, line = bring_people(people(row_1=cells))
    assert line == "new=0 changed=1 same=2 warned=0 refused=0"
    anna = called("Anna Berg")
    assert (numbers(anna), anna.stage, anna.roles) == (["+971509998877"], "offer", ["buyer", "seller"])
    assert run.rows.get(outcome=Outcome.CHANGED).changes["stage"] == ["", "offer"]


def test_a_field_that_a_person_changed_since_is_kept_and_shown(bring_people, administrator):
    bring_people(people())
    change(called("Anna Berg"), administrator, language="Russian", phones=["+971521112222"])
    run, _ = bring_people(people(row_1={"Language": "German", "Phone": "050 999 8877"}))
    anna = called("Anna Berg")
    assert (anna.language, numbers(anna)) == ("Russian", ["+971521112222"])
    assert run.rows.get(outcome=Outcome.CHANGED).conflicts == {
        "language": ["Russian", "German"],
        "phones": ["+971521112222", "+971509998877"],
    }
    assert bring_people(people(row_1={"Language": "German", "Phone": "050 999 8877"}))[1].startswith("new=0 changed=0")


def test_what_people_added_stays_beside_what_the_file_adds(bring_people, administrator):
    bring_people(people())
    change(called("Anna Berg"), administrator, phones=["+971501234567", "+971521112222"])
    bring_people(people(row_1={"Phone": "050 123 4567, 050 999 8877"}))
    assert numbers(called("Anna Berg")) == ["+971501234567", "+971521112222", "+971509998877"]


def test_an_empty_cell_in_a_later_file_clears_nothing(bring_people):
    bring_people(people())
    bring_people(people(row_1={"Language": "", "Phone": "", "Status": ""}))
    assert (called("Anna Berg").language, numbers(called("Anna Berg"))) == ("English", ["+971501234567"])


def test_a_consent_that_was_given_since_stays(bring_people, administrator):
    header = ["Name", "Phone", "Email consent"]
    bring_people(csv_text(header, ["Anna", "0501234567", "yes"]))
    set_consent(called("Anna"), "email", False, by=administrator)
    assert bring_people(csv_text(header, ["Anna", "0501234567", "yes"]))[1].startswith("new=0 changed=0 same=1")
    assert called("Anna").consents.first().granted is False
