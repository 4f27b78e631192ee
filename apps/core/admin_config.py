"""Which admin site the house uses. Apart from the site itself, because it is read before any model."""

from django.contrib.admin.apps import AdminConfig


class CrmAdminConfig(AdminConfig):
    """Makes our site the one that every `admin.register` speaks of."""

    default_site = "apps.core.admin_site.CrmAdminSite"
