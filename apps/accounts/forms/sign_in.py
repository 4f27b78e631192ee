"""allauth's forms in our words. A new password is typed once: a mistake is mended by a reset, not by typing twice."""

from allauth.account import forms as account_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms

HINT = "At least 10 characters. Not your name, and not one that many people use"


def word(field: forms.Field, label: str, hint: str = "", **attrs) -> None:
    """Give a field of somebody else's form our label, hint and attributes, and no placeholder."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class SignInForm(account_forms.LoginForm):
    """E-mail, password, and whether this device is remembered."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        word(self.fields["login"], "Work email", autocomplete="username", autocapitalize="none", spellcheck="false")
        word(self.fields["password"], "Password")
        word(self.fields["remember"], "Keep me signed in on this device")
        self.fields["remember"].initial = True


class ConfirmForm(account_forms.ReauthenticateForm):
    """The password once more, before something sensitive."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        word(self.fields["password"], "Password")


class NewPasswordForm(account_forms.ResetPasswordKeyForm):
    """A new password after the link in the mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        word(self.fields["password1"], "New password", HINT)


class SetPasswordForm(account_forms.SetPasswordForm):
    """A first password for somebody who signs in without one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        word(self.fields["password1"], "New password", HINT)


class ChangePasswordForm(account_forms.ChangePasswordForm):
    """The present password and a new one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        word(self.fields["oldpassword"], "Present password")
        word(self.fields["password1"], "New password", HINT)


class ResetPasswordForm(account_forms.ResetPasswordForm):
    """Where to send the link."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        word(self.fields["email"], "Work email", autocomplete="username")


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    """A passkey always signs in by itself, so allauth's question whether it should is answered here."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        word(self.fields["name"], "Name of this passkey", "For example “Phone” or “Office laptop”", maxlength=60)
        self.fields["passwordless"].initial = True
