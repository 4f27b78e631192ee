"""Viewings: who shows what to whom and when (Viewing, ViewingGuest, Tour), what was thought (Feedback), who is told."""

from apps.viewings.models.feed import CalendarFeed
from apps.viewings.models.feedback import Feedback
from apps.viewings.models.mail import ViewingMail
from apps.viewings.models.viewing import Tour, Viewing, ViewingGuest

__all__ = ["CalendarFeed", "Feedback", "Tour", "Viewing", "ViewingGuest", "ViewingMail"]
