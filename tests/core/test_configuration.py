"""Production does not start with unsafe or missing settings; development needs none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.checks import production_settings

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "CRM_ENVIRONMENT": "production",
    "SECRET_KEY": "kY3vQ9-wZ1xR7_tB5nM2pL8sD4fG6hJ0aC-eU3iO9yT7rE5wQ1z",
    "ALLOWED_HOSTS": "crm.example.com",
    "SITE_URL": "https://crm.example.com",
    "DATABASE_URL": "postgres://crm:secret@db.internal:5432/crm",
    "EMAIL_URL": "smtp+tls://crm:secret@mail.internal:587",
    "DEFAULT_FROM_EMAIL": "RealEstateCRM <crm@example.com>",
    "TRUSTED_PROXY_HEADER": "Fly-Client-IP",
    "SENTRY_DSN": "https://key@errors.internal/1",
    "INTERNAL_TOKEN": "a-token-of-more-than-32-characters",
    "SILENCED_CHECKS": "accounts.W001",  # overdue flags: what passes today must pass on every day
}
UNSAFE = [
    ({"SECRET_KEY": "short"}, "E001"),
    ({"DEBUG": True}, "E002"),
    ({"ALLOWED_HOSTS": ["*"]}, "E003"),
    ({"ALLOWED_HOSTS": []}, "E003"),
    ({"SITE_URL": "http://crm.example.com"}, "E004"),
    ({"SITE_URL": "https://other.example.com"}, "E005"),
    ({"DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": ""}}}, "E006"),
    ({"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "crm"}}}, "E006"),
    ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "E007"),
    ({"DEFAULT_FROM_EMAIL": ""}, "E008"),
    ({"MEDIA_ROOT_IS_SET": False}, "E009"),
    ({"TRUSTED_PROXY_HEADER": ""}, "E010"),
    ({"SENTRY_DSN": ""}, "W011"),
    ({"INTERNAL_TOKEN": ""}, "W012"),
    ({"STATIC_ROOT": Path("/nowhere")}, "E013"),
]


@pytest.fixture
def safe(tmp_path):
    (tmp_path / "staticfiles.json").write_text("{}")
    return SAFE | {"MEDIA_ROOT": str(tmp_path), "STATIC_ROOT": str(tmp_path), "PATH": os.environ["PATH"]}


def start(*command, env):
    present = {name: value for name, value in env.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-W", "ignore", *command], cwd=ROOT, env=present, capture_output=True, text=True, check=False
    )


def test_safe_production_settings_pass_every_check(safe):
    done = start("manage.py", "check", "--deploy", "--fail-level", "WARNING", env=safe)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.fixture
def production(settings, tmp_path):
    """Settings as a safe production environment has them."""
    (tmp_path / "staticfiles.json").write_text("{}")
    settings.PRODUCTION, settings.DEBUG, settings.MEDIA_ROOT_IS_SET = True, False, True
    settings.SECRET_KEY, settings.ALLOWED_HOSTS = SAFE["SECRET_KEY"], [SAFE["ALLOWED_HOSTS"]]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "mail.internal"
    settings.DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "crm"}}
    settings.STATIC_ROOT = tmp_path
    for name in ("SITE_URL", "DEFAULT_FROM_EMAIL", "TRUSTED_PROXY_HEADER", "SENTRY_DSN", "INTERNAL_TOKEN"):
        setattr(settings, name, SAFE[name])
    return settings


def test_safe_settings_have_no_problem(production):
    assert production_settings() == []


@pytest.mark.parametrize(("unsafe", "code"), UNSAFE)
def test_each_unsafe_setting_is_one_problem_with_a_hint(production, unsafe, code):
    for name, value in unsafe.items():
        setattr(production, name, value)
    problems = [problem for problem in production_settings() if problem.id == f"crm.{code}"]
    assert len(problems) == 1
    assert problems[0].hint


def test_the_web_server_does_not_start_and_names_all_that_is_missing(safe):
    done = start("-c", "import config.wsgi", env={"CRM_ENVIRONMENT": "production", "PATH": safe["PATH"]})
    assert done.returncode == 1
    assert all(
        name in done.stderr for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "EMAIL_URL", "MEDIA_ROOT")
    )
    assert "Traceback" not in done.stderr


def test_the_worker_does_not_start_either(safe):
    done = start("manage.py", "procrastinate", "worker", env=safe | {"SECRET_KEY": ""})
    assert done.returncode != 0
    assert "crm.E001" in done.stderr


def test_a_value_that_cannot_be_read_is_one_sentence():
    done = start("manage.py", "check", env={"CONN_MAX_AGE": "soon", "PATH": os.environ["PATH"]})
    assert done.returncode == 1
    assert done.stderr.startswith("The variable CONN_MAX_AGE cannot be read")


def test_development_needs_no_settings_at_all():
    done = start("manage.py", "check", env={"PATH": os.environ["PATH"]})
    assert done.returncode == 0, done.stderr
