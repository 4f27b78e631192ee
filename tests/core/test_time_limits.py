"""How long the database may take: little for a page, as long as it takes for commands and jobs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
SHOW = """
from django.db import connection
cursor = connection.cursor()
for name in ("statement_timeout", "lock_timeout"):
    print(cursor.execute(f"SHOW {name}").fetchone()[0])
"""


@pytest.mark.django_db
@pytest.mark.parametrize(("process", "limits"), [("web", ["15s", "5s"]), ("command", ["30min", "20s"])])
def test_each_kind_of_process_has_its_limits(process, limits):
    settings = connection.settings_dict
    address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/postgres".format(**settings)
    env = os.environ | {"CRM_PROCESS": process, "DATABASE_URL": address}
    command = [sys.executable, "-W", "ignore", "manage.py", "shell", "--verbosity", "0", "--command", SHOW]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == limits
