FROM python:3.12
WORKDIR /srv
COPY . .
RUN echo version > version.txt
RUN pip install -r requirements.txt
