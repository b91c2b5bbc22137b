# One image for web, workers and sweeper; docker-compose.yml says who runs what.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY . .
RUN python manage.py install
ENV PATH=/app/.venv/bin:$PATH \
    DJANGO_SETTINGS_MODULE=prova.settings \
    STATIC_MANIFEST=true \
    STATIC_ROOT=/app/static
RUN python -m prova.embedded.catalogues platform/prova questionbank
# These three are needed to load the settings; nothing connects while files are collected.
RUN SECRET_KEY=build DATABASE_URL=postgresql://build/build BROKER_URL=amqp://build \
    python -m django collectstatic --no-input

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends bubblewrap \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin prova
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    STATIC_MANIFEST=true \
    STATIC_ROOT=/app/static
# A number: an orchestrator that asks for a non-root user can tell.
USER 10001
EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--worker-class", "prova.web_worker.WebWorker", "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "prova.wsgi:application"]
