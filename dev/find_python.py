"""Which Python runs the project: 3.11 or newer, able to make virtual environments. Kept readable for Python 3.6."""

import glob
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NAMES = ["python3", "python3.13", "python3.12", "python3.11", "python3.14"]
PROBE = """
import sys
missing = []
for name in ("venv", "ensurepip"):
    try:
        __import__(name)
    except ImportError:
        missing.append(name)
print(sys.executable, sys.version_info[0], sys.version_info[1], " ".join(missing), sep="|")
"""


class NoPython(Exception):
    """No suitable Python; the message is the sentence for the person."""


class Interpreter:
    """A Python on this machine: its real path (never a shim), version, and the modules it lacks."""

    def __init__(self, path, version, missing):
        self.path = path
        self.version = version
        self.missing = missing


def probe(command):
    """Ask an interpreter who it really is; None when it does not answer."""
    try:
        answer = subprocess.run(
            [command, "-I", "-c", PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    parts = answer.stdout.decode().strip().split("|")
    if answer.returncode != 0 or len(parts) != 4:
        return None
    return Interpreter(parts[0], (int(parts[1]), int(parts[2])), parts[3].split())


def candidates():
    """The interpreter that runs us, those on PATH, then those pyenv keeps."""
    yield sys.executable
    for name in NAMES:
        found = shutil.which(name)
        if found:
            yield found
    for found in sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/3.*/bin/python3")), reverse=True):
        yield found


def first_suitable(needs_venv=True):
    """The path of the first Python that will do; raises NoPython with a sentence that says what to install."""
    lacking = None
    for command in candidates():
        found = probe(command)
        if found is None or found.version < OLDEST:
            continue
        if not (needs_venv and found.missing):
            return found.path
        lacking = lacking or found
    if lacking is None:
        raise NoPython(
            "RealEstateCRM needs Python 3.11 or newer, and this machine has none on its PATH: "
            "install it from python.org or with your package manager, then run this again."
        )
    raise NoPython(
        "Python {0}.{1} is here without its {2} module: install it (on Debian or Ubuntu: "
        "apt install python{0}.{1}-venv), then run this again.".format(*lacking.version, " and ".join(lacking.missing))
    )
