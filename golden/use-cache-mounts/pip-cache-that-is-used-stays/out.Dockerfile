FROM python:3.12 AS one
COPY wheels /root/.cache/pip
RUN pip install flask

FROM python:3.12 AS two
RUN pip install flask
VOLUME /root/.cache/pip

FROM python:3.12 AS three
RUN pip install flask

FROM python:3.12
COPY --from=three /root/.cache /root/.cache
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install flask
