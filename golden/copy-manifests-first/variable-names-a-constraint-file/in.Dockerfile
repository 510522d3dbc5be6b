FROM python:3.12
ENV PIP_CONSTRAINT=/srv/constraints.txt
WORKDIR /srv
COPY . .
RUN pip install -r requirements.txt
