# The production image: web server, job worker and release command are the same image with another command (fly.toml).
FROM debian:trixie-slim AS build

# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*

COPY requirements/base.txt /build/base.txt
RUN python3 -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement /build/base.txt

WORKDIR /app
COPY manage.py ./
COPY config config
COPY apps apps
COPY templates templates
COPY static static
# The key signs nothing: collecting static files only needs settings that can be read.
RUN CRM_ENVIRONMENT=production SECRET_KEY=only-while-building STATIC_ROOT=/srv/static \
    /opt/venv/bin/python manage.py collectstatic --no-input \
    && /opt/venv/bin/python -m compileall -q apps config


FROM debian:trixie-slim

# The client brings pg_dump for backups. Versions follow Debian's security updates, so they are not pinned.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates postgresql-client python3 tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin crm

COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/static /srv/static
COPY --from=build /app /app

WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    CRM_ENVIRONMENT=production \
    STATIC_ROOT=/srv/static \
    HOST=0.0.0.0 \
    PORT=8000
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/healthz\", timeout=4)"]
CMD ["gunicorn", "--config", "config/gunicorn.py", "--no-control-socket", "config.wsgi"]
