FROM python:3.12
WORKDIR /srv
WORKDIR /srv/app/backend
COPY backend/requirements.txt ./
RUN pip install -r requirements.txt
COPY . /srv/app/
