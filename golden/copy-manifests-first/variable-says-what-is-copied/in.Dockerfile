FROM python:3.12
ARG APP=app
WORKDIR /srv
COPY $APP .
RUN pip install -r requirements.txt
