"""Sign-in by e-mail and password (allauth), rights by the table of roles."""

from allauth.account.auth_backends import AuthenticationBackend

from apps.accounts.roles import role_grants


class RoleBackend(AuthenticationBackend):
    """allauth's backend, with `has_perm` answered by `accounts.roles`."""

    def has_perm(self, user_obj, perm, obj=None):
        return user_obj.is_active and role_grants(user_obj.role, perm)

    def has_module_perms(self, user_obj, app_label):
        return user_obj.is_active and user_obj.is_staff

    def get_all_permissions(self, user_obj, obj=None):
        return set()
