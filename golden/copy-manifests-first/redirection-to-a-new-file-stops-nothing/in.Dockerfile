FROM python:3.12
WORKDIR /srv
COPY . .
RUN echo version > version.txt 2>/dev/null
RUN pip install -r requirements.txt
