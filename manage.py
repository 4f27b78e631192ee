#!/usr/bin/env python
"""Django's command line for RealEstateCRM; in development, without DATABASE_URL, on the project's own server."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if os.environ.get("CRM_ENVIRONMENT") == "production" or not Path(__file__).with_name("dev").is_dir():
        execute_from_command_line(sys.argv)
    else:
        execute_on_development_database()


def execute_on_development_database():
    """Have the server of `make run` running while the command does."""
    from dev.database import available
    from dev.problems import Problem

    try:
        with available():
            execute_from_command_line(sys.argv)
    except Problem as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
