FROM python:3.12-alpine
RUN apk add --no-cache build-base postgresql-dev libffi-dev
COPY requirements.txt /tmp/requirements.txt
RUN pip install -r /tmp/requirements.txt
WORKDIR /srv
COPY src/ .
CMD python main.py
