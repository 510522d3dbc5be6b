FROM python:3.12
RUN --mount=type=secret,id=token \
    --mount=type=cache,target=/root/.cache/pip \
    pip install flask
RUN --mount=type=secret,id=token \
    --security=insecure \
    --mount=type=cache,target=/root/.cache/pip \
  pip install flask
