"""Teams."""

import pytest

from apps.accounts.actions.team import add_team, remove_team, rename_team
from apps.accounts.models import Team
from apps.core.models import Event
from apps.core.refusals import NotAllowed, Refused


def test_a_team_is_added_renamed_and_removed_on_its_page(as_administrator, send):
    send(as_administrator, "/people/teams/add/", {"name": "Palm"})
    palm = Team.objects.get(name="Palm")
    send(as_administrator, f"/people/teams/{palm.pk}/rename/", {"name": "Palm Jumeirah"})
    assert "Palm Jumeirah" in as_administrator.get("/people/teams/").content.decode()
    send(as_administrator, f"/people/teams/{palm.pk}/remove/")
    assert not Team.objects.exists()


def test_a_team_with_members_stays(agent, administrator):
    with pytest.raises(Refused, match="has members"):
        remove_team(agent.team, by=administrator)


def test_two_teams_of_one_name_are_refused(team, administrator):
    with pytest.raises(Refused, match="already"):
        add_team("Marina", by=administrator)


def test_a_name_is_needed(team, administrator):
    with pytest.raises(Refused, match="Enter a name"):
        rename_team(team, "  ", by=administrator)


def test_a_new_name_is_recorded(team, administrator):
    rename_team(team, "Marina and JBR", by=administrator)
    assert Event.objects.get(verb="team.renamed").data == {"old": "Marina", "new": "Marina and JBR"}


def test_only_administrators_may(team, manager):
    with pytest.raises(NotAllowed):
        rename_team(team, "Other", by=manager)
