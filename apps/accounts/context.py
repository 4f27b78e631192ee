"""What the sidebar of every page knows about one's own views."""

from django.utils.functional import SimpleLazyObject

from apps.accounts.saved_views import pins


def pinned(request) -> dict:
    """`pinned_views`, read where a page shows the sidebar."""
    return {"pinned_views": SimpleLazyObject(lambda: pins(request)) if hasattr(request, "user") else []}
