FROM python:3.12
ENV PIP_CACHE_DIR=/var/pip/
RUN --mount=type=cache,target=/var/pip \
    pip install flask
