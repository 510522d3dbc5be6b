FROM python:3.12
ENV PIP_CACHE_DIR=/var/pip/
RUN pip install flask
