FROM python:3.12
ARG PIP_CACHE_DIR
RUN pip install flask
