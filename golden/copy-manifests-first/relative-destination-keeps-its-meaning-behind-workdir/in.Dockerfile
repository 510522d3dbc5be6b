FROM python:3.12
WORKDIR /srv
COPY . app/
WORKDIR /srv/app/backend
RUN pip install -r requirements.txt
