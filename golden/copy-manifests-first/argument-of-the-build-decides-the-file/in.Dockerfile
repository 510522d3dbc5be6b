FROM python:3.12
ARG KIND
WORKDIR /srv
COPY . .
RUN pip install -r requirements-$KIND.txt
