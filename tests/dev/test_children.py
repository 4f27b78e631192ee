"""Programs that the launcher starts end with it."""

import signal
import subprocess
import sys
import time

import pytest

from dev import children, paths

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"


@pytest.mark.parametrize("of_its_own", [True, False])
def test_one_that_does_not_listen_is_killed_after_the_grace(monkeypatch, of_its_own):
    monkeypatch.setattr(children, "GRACE_SECONDS", 0.2)
    child = subprocess.Popen([sys.executable, "-c", DEAF], stdout=subprocess.PIPE, start_new_session=of_its_own)
    child.stdout.readline()
    children.stop([child])
    assert child.returncode == -signal.SIGKILL


def test_one_that_listens_is_asked_first():
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    children.stop([child])
    assert child.returncode == -signal.SIGTERM


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_one_whose_launcher_is_killed_ends_too(tmp_path):
    note = tmp_path / "ended"
    program = "import atexit, pathlib, signal, sys, time; signal.signal(15, lambda *_: sys.exit())\n"
    program += f"atexit.register(pathlib.Path({str(note)!r}).touch); print(1, flush=True); time.sleep(600)"
    code = "import pathlib, sys; from dev import children, paths; paths.PYTHON = pathlib.Path(sys.executable)\n"
    code += f"children.start('-c', {program!r}).wait()"
    launcher = subprocess.Popen([sys.executable, "-c", code], cwd=paths.ROOT, stdout=subprocess.PIPE)
    assert launcher.stdout.readline() == b"1\n"
    launcher.kill()
    launcher.wait()
    assert appears(note)


def appears(note):
    for _ in range(600):
        if note.exists():
            return True
        time.sleep(0.1)
    return False
