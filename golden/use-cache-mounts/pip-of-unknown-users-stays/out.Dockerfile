FROM python:3.12 AS one
USER app
RUN pip install --user flask

FROM python:3.12 AS two
ARG USERNAME
USER $USERNAME
RUN pip install --user flask

FROM python:3.12 AS three
RUN sudo -u app pip install flask

FROM python:3.12 AS four
ENV HOME=/home/app
RUN --mount=type=cache,target=/home/app/.cache/pip \
    pip install flask
RUN HOME=/x pip install flask
