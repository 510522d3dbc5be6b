FROM python:3.12
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt/lists,sharing=locked \
    --mount=type=cache,target=/root/.cache/pip \
    rm -f /etc/apt/apt.conf.d/docker-clean \
    && apt-get update && apt-get install -y gcc \
    && pip install uwsgi \
    && apt-get purge -y gcc
