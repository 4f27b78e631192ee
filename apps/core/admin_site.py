"""Django admin as the house uses it: for data fixes by administrators, each with its reason."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.core.exceptions import ImproperlyConfigured


class CrmAdminSite(admin.AdminSite):
    """Shows only pages that keep reasons and history (CrmAdmin); pages that libraries bring are left out."""

    site_header = site_title = "RealEstateCRM data fixes"
    index_title = "Data fixes"
    site_url = "/"
    enable_nav_sidebar = False

    def register(self, model_or_iterable, admin_class=None, **options):
        from apps.core.admin_base import CrmAdmin

        if admin_class is not None and issubclass(admin_class, CrmAdmin):
            super().register(model_or_iterable, admin_class, **options)
        elif admin_class is None or admin_class.__module__.startswith("apps."):
            raise ImproperlyConfigured(f"{admin_class} must be a CrmAdmin, so that each change has its reason.")

    def login(self, request, extra_context=None):
        """Sign in where everybody does, with the second factor; colleagues without the right get 403."""
        return secure_admin_login(super().login)(request, extra_context=extra_context)
