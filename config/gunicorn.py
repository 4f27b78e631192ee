"""How gunicorn serves the CRM: `gunicorn -c config/gunicorn.py config.wsgi`. Every value comes from the environment."""

import os
import shutil
import tempfile

from apps.core.logs import logging_config

host = os.environ.get("HOST", "127.0.0.1")
port = os.environ.get("PORT", "8000")
metrics_port = os.environ.get("METRICS_PORT", "")
bind = [f"{host}:{port}"]

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# Threads wait for slow phones and the database while others work.
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
# The application is loaded once, before workers fork: unsafe settings are told once, and memory is shared.
preload_app = True
timeout = 60
graceful_timeout = 25
keepalive = 75
# gunicorn 27 would open a control socket in the home folder, which need not exist or be writable.
control_socket_disable = True
accesslog = None  # each request writes its own line, with its id
logconfig_dict = logging_config(
    as_json=os.environ.get("LOG_JSON", os.environ.get("CRM_ENVIRONMENT", "")) in ("production", "1", "true", "True"),
    level=os.environ.get("LOG_LEVEL", "INFO"),
)

if metrics_port:
    # A port of its own, which the proxy does not forward: figures are for the house alone.
    bind.append(f"{host}:{metrics_port}")
    metrics_folder = tempfile.mkdtemp(prefix="crm-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = metrics_folder

    def child_exit(server, worker):
        """Forget the gauges of a worker that has ended."""
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)

    def on_exit(server):
        """Remove what the workers counted."""
        shutil.rmtree(metrics_folder, ignore_errors=True)
