"""The environment's variables, each with its type; one that cannot be read ends the start with a sentence."""

from contextlib import contextmanager

import environ
from django.core.exceptions import ImproperlyConfigured


class Env(environ.Env):
    """django-environ's reader, without a stack trace for whoever mistyped a value. An empty value is a missing one."""

    def get_value(self, var, cast=None, default=environ.Env.NOTSET, parse_default=False):
        if self.ENVIRON.get(var) == "" and default is not self.NOTSET:
            return default
        with _in_a_sentence(var):
            return super().get_value(var, cast, default, parse_default)

    def email_url(self, var, *args, **kwargs):
        with _in_a_sentence(var):
            return super().email_url(var, *args, **kwargs)


@contextmanager
def _in_a_sentence(var):
    try:
        yield
    except (ValueError, ImproperlyConfigured) as error:
        sentence = f"The variable {var} cannot be read: {error}. docs/configuration.md says what goes in."
        raise SystemExit(sentence) from None
