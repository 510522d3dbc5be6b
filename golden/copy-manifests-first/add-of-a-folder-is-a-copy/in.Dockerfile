FROM python:3.12
WORKDIR /srv
ADD . /srv
RUN pip install -r requirements.txt
