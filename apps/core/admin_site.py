"""Django admin as the house uses it: for data fixes by administrators, each with its reason."""

from functools import wraps

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.core.exceptions import ImproperlyConfigured, PermissionDenied


class CrmAdminSite(admin.AdminSite):
    """Shows only pages that keep reasons and history (CrmAdmin); pages that libraries bring are left out."""

    site_header = site_title = "RealEstateCRM data fixes"
    index_title = "Data fixes"
    site_url = "/"
    enable_nav_sidebar = False
    final_catch_all_view = False

    def get_urls(self):
        """Only what is used: passwords, signing out and autocompletion have their own pages elsewhere, or none."""
        unused = {"logout", "password_change", "password_change_done", "autocomplete", "view_on_site"}
        urls = [url for url in super().get_urls() if getattr(url, "name", "") not in unused]
        for url in urls:
            if hasattr(url.callback, "login_url"):
                url.callback.login_url = None  # strangers sign in where everybody does
        return urls

    def register(self, model_or_iterable, admin_class=None, **options):
        from apps.core.admin_base import CrmAdmin

        if admin_class is not None and issubclass(admin_class, CrmAdmin):
            super().register(model_or_iterable, admin_class, **options)
        elif admin_class is None or admin_class.__module__.startswith("apps."):
            raise ImproperlyConfigured(f"{admin_class} must be a CrmAdmin, so that each change has its reason.")

    def admin_view(self, view, cacheable=False):
        """Colleagues without the right get 403, and no second sign-in page."""
        checked = super().admin_view(view, cacheable)

        @wraps(checked)
        def guarded(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return checked(request, *args, **kwargs)

        return guarded

    def login(self, request, extra_context=None):
        """Sign in where everybody does, with the second factor; colleagues without the right get 403."""
        return secure_admin_login(super().login)(request, extra_context=extra_context)
