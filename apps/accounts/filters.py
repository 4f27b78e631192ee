"""Filters by colleague and team, for the lists of every app."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from apps.accounts.models import Team, User
from apps.core.lists.fields import Filter, Section, ids_in


@dataclass(frozen=True)
class People(Filter):
    """Whose a row is; "me" is whoever looks, "none" are rows that nobody has."""

    column: str

    def read(self, data, asking):
        sent = [value for value in data.getlist(self.key) if value]
        words = tuple((word, word) for word in ("me", "none") if word in sent)
        ids = ids_in([value for value in sent if value not in ("me", "none")], self.label, asking)
        people = tuple((str(one.pk), one.short_name) for one in User.objects.filter(pk__in=ids)) if ids else ()
        if len(people) < len(ids):
            asking.problems.append(_("An agent in this address is not known and was left out."))
        return words + people or None

    def condition(self, value, asking):
        wanted = [asking.user.pk if word == "me" else int(word) for word, _ in value if word != "none"]
        condition = Q(**{f"{self.column}__in": wanted}) if wanted else Q()
        if any(word == "none" for word, _ in value):
            condition |= Q(**{f"{self.column}__isnull": True})
        return condition

    def text(self, value, asking):
        names = {"me": "Me", "none": "Nobody"}
        return ", ".join(names.get(word, name) for word, name in value)

    def pairs(self, value):
        return [(self.key, word) for word, _ in value]

    def section(self, value, asking):
        ticked = {word for word, _ in value or ()}
        people = [("me", "Me"), *((str(one.pk), str(one)) for one in User.objects.agents()), ("none", "Nobody")]
        return Section(self, "choice", [(key, label, key in ticked) for key, label in people])


@dataclass(frozen=True)
class Teams(Filter):
    """The team of a row; "mine" is that of whoever looks."""

    column: str

    def read(self, data, asking):
        sent = [value for value in data.getlist(self.key) if value]
        ids = ids_in([value for value in sent if value != "mine"], self.label, asking)
        found = Team.objects.filter(pk__in=ids).values_list("pk", "name") if ids else ()
        teams = tuple((str(pk), name) for pk, name in found)
        if len(teams) < len(ids):
            asking.problems.append(_("A team in this address is not known and was left out."))
        return ((("mine", "mine"),) if "mine" in sent else ()) + teams or None

    def condition(self, value, asking):
        wanted = [asking.user.team_id if word == "mine" else int(word) for word, _ in value]
        return Q(**{f"{self.column}__in": [pk for pk in wanted if pk is not None]})

    def text(self, value, asking):
        return ", ".join("My team" if word == "mine" else name for word, name in value)

    def pairs(self, value):
        return [(self.key, word) for word, _ in value]

    def section(self, value, asking):
        ticked = {word for word, _ in value or ()}
        teams = [("mine", "My team"), *((str(pk), name) for pk, name in Team.objects.values_list("pk", "name"))]
        return Section(self, "choice", [(key, label, key in ticked) for key, label in teams])
