"""What fly.toml must say for a safe release, read with tomllib."""

import tomllib

from dev import paths


def read() -> dict:
    """fly.toml as Python data."""
    return tomllib.loads((paths.ROOT / "fly.toml").read_text())


def problems(fly: dict) -> list[str]:
    """What is missing or does not fit together, as sentences; empty when all is well."""
    service = fly.get("http_service", {})
    port = str(fly.get("env", {}).get("PORT"))
    processes = fly.get("processes", {})
    service_paths = [check.get("path") for check in service.get("checks", [])]
    release_checks = fly.get("checks", {}).values()
    rules = {
        "The release command does not migrate.": "manage.py migrate"
        in fly.get("deploy", {}).get("release_command", ""),
        "There is no web process that runs gunicorn.": processes.get("web", "").startswith("gunicorn "),
        "The web process opens gunicorn's control socket.": "--no-control-socket" in processes.get("web", ""),
        "There is no worker process that runs the jobs.": "procrastinate worker" in processes.get("worker", ""),
        "The service does not serve the web process.": service.get("processes") == ["web"],
        "PORT and internal_port differ.": str(service.get("internal_port")) == port,
        "Visitors are not led to https.": service.get("force_https") is True,
        "/healthz does not decide who gets visitors.": service_paths == ["/healthz"],
        "/readyz does not decide whether a release goes on.": any(
            check.get("path") == "/readyz" and str(check.get("port")) == port for check in release_checks
        ),
        "Machines are not stopped with TERM.": fly.get("kill_signal") == "SIGTERM",
        "Machines have less than 30 s to stop.": _seconds(fly.get("kill_timeout", "0s")) >= 30,
        "The environment is not production.": fly.get("env", {}).get("CRM_ENVIRONMENT") == "production",
        "The proxy's header is not named.": bool(fly.get("env", {}).get("TRUSTED_PROXY_HEADER")),
        "A secret is written into the file.": not {"SECRET_KEY", "DATABASE_URL"} & set(fly.get("env", {})),
    }
    return [sentence for sentence, holds in rules.items() if not holds]


def _seconds(text: str) -> int:
    return int(str(text).removesuffix("s"))
