FROM python:3.12
WORKDIR /srv
ONBUILD COPY . .
ONBUILD RUN pip install -r requirements.txt
