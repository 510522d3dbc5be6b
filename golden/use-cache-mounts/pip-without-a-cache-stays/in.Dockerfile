FROM python:3.12 AS one
ENV PIP_NO_CACHE_DIR=1
RUN pip install flask

FROM python:3.12 AS two
RUN pip install --cache-dir=/x flask
RUN pip install --root=/target flask
