FROM python:3.12
RUN pip config set global.no-cache-dir true
RUN pip install a
