"""Where the project keeps what is made on this machine; all of it is ignored by git."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = ROOT / "var"
REQUIREMENTS = ROOT / "requirements"
