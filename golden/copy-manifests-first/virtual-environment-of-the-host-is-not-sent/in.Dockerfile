FROM python:3.12
WORKDIR /srv
COPY . .
RUN python -m venv venv && venv/bin/pip install -r requirements.txt
