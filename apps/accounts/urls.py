"""Addresses of people, the agency's settings, flags and one's own profile."""

from django.urls import path

from apps.accounts.views import invitations, people, saved_views, settings, teams

app_name = "accounts"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/invite/", invitations.invite, name="invite"),
    path("people/invitations/<int:pk>/renew/", invitations.renew, name="renew-invitation"),
    path("people/invitations/<int:pk>/withdraw/", invitations.withdraw, name="withdraw-invitation"),
    path("people/teams/", teams.teams, name="teams"),
    path("people/teams/add/", teams.add, name="add-team"),
    path("people/teams/<int:pk>/rename/", teams.rename, name="rename-team"),
    path("people/teams/<int:pk>/remove/", teams.remove, name="remove-team"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/deactivate/", people.deactivate, name="deactivate"),
    path("people/<int:pk>/reactivate/", people.reactivate, name="reactivate"),
    path("people/<int:pk>/end-sessions/", people.end_sessions, name="end-sessions"),
    path("people/<int:pk>/reset-second-step/", people.reset_second_factor, name="reset-second-factor"),
    path("agency/", settings.agency, name="agency"),
    path("profile/", settings.profile, name="profile"),
    path("flags/", settings.flags, name="flags"),
    path("flags/<slug:name>/", settings.flag, name="flag"),
    path("views/new/", saved_views.new, name="new-view"),
    path("views/<int:pk>/edit/", saved_views.edit, name="edit-view"),
    path("views/<int:pk>/save/", saved_views.save, name="save-view"),
    path("views/<int:pk>/pin/", saved_views.pin, name="pin-view"),
    path("views/<int:pk>/remove/", saved_views.remove, name="remove-view"),
    path("views/<int:pk>/restore/", saved_views.restore, name="restore-view"),
    path("join/<str:token>/", invitations.accept, name="accept-invitation"),
]
