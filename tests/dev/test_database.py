"""Which database a command works on, and the private server that comes with the project."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from dev import cluster, database, paths
from dev.problems import Problem


@pytest.fixture(scope="module")
def home():
    """A place of its own for the servers of this file, which the server's account can reach."""
    folder = paths.VAR / f"tests-{os.getpid()}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "VAR", folder)
        place = cluster.Cluster("test").place
        yield folder
    shutil.rmtree(folder)
    if not place.is_relative_to(folder):
        shutil.rmtree(place.parent)


def asks(address):
    with psycopg.connect(address) as connection:
        return connection.execute("SELECT current_database(), current_user").fetchone()


def test_the_server_answers_inside_the_block_and_is_gone_after_it(home):
    with cluster.Cluster("test").running() as address:
        assert asks(address) == ("crm", "crm")
    with pytest.raises(psycopg.OperationalError):
        asks(address)


def test_a_wrong_password_is_refused(home):
    with cluster.Cluster("test").running() as address, pytest.raises(psycopg.OperationalError, match="password"):
        asks(address.replace(urlsplit(address).password, "guess"))


def test_the_password_is_readable_for_its_owner_alone(home):
    with cluster.Cluster("test").running():
        assert cluster.Cluster("test").password_file.stat().st_mode & 0o777 == 0o600


def test_two_users_share_one_server_and_the_last_to_leave_stops_it(home):
    first, second = cluster.Cluster("test").running(), cluster.Cluster("test").running()
    address = first.__enter__()
    assert second.__enter__() == address
    first.__exit__(None, None, None)
    assert asks(address) == ("crm", "crm")
    second.__exit__(None, None, None)
    with pytest.raises(psycopg.OperationalError):
        asks(address)


def test_a_killed_server_is_started_again_with_what_it_held(home):
    server = cluster.Cluster("dev")
    with server.running() as address:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
        os.kill(server._pid(), signal.SIGKILL)
        with cluster.Cluster("dev").running() as again, psycopg.connect(again) as connection:
            assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_six_first_starts_at_once_make_one_server(home):
    code = (
        "import sys; from pathlib import Path; from dev import paths; paths.VAR = Path(sys.argv[1])\n"
        "from dev.cluster import Cluster\n"
        "with Cluster('bench').running() as address: print(address, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(home)]
    starts = [
        subprocess.Popen(command, cwd=paths.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    addresses = {start.stdout.readline().strip() for start in starts}
    for start in starts:
        start.communicate("", timeout=600)
    assert len(addresses) == 1 and addresses.pop().startswith("postgres://crm:")


def test_a_damaged_development_database_is_a_sentence_that_says_what_to_do(home):
    with cluster.Cluster("dev").running():
        pass
    (cluster.Cluster("dev").data / "global" / "pg_control").unlink()
    with pytest.raises(Problem, match=r"did not start .*delete .* to start with an empty one"):
        cluster.Cluster("dev")._ensure_running()


def test_a_pid_that_now_belongs_to_another_program_is_no_server():
    assert not cluster.runs_on(os.getpid(), Path("/nowhere"))


def test_a_process_that_has_ended_but_was_not_reaped_is_no_server(tmp_path):
    child = subprocess.Popen([sys.executable, "-c", "", str(tmp_path)])
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # ended, and left unreaped
    assert not cluster.runs_on(child.pid, tmp_path)
    child.wait()


def test_database_url_is_used_as_it_is(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://me@example.com/db")
    with database.available() as found:
        assert found == ("postgres://me@example.com/db", False)


def test_database_url_may_come_from_the_env_file(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    (tmp_path / ".env").write_text("DEBUG=1\nDATABASE_URL='postgres://me@example.com/db'\n")
    assert database.configured() == "postgres://me@example.com/db"


def test_a_database_url_of_another_kind_is_refused_with_the_form_to_write(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///db.sqlite3")
    with pytest.raises(Problem, match="postgres://USER:PASSWORD@HOST:PORT/NAME"), database.available():
        pass


def test_a_free_port_can_be_listened_on():
    with socket.socket() as server:
        server.bind(("127.0.0.1", cluster.free_port()))
