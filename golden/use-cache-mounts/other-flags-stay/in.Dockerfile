FROM python:3.12
RUN --mount=type=secret,id=token pip install flask
RUN --mount=type=secret,id=token \
    --security=insecure \
  pip install flask
