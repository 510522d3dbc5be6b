FROM python:3.12
WORKDIR /srv
COPY . .
COPY deploy/settings.py settings.py
RUN pip install -r requirements.txt
