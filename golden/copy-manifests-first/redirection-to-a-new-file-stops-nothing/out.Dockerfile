FROM python:3.12
WORKDIR /srv
RUN echo version > version.txt 2>/dev/null
COPY requirements.txt ./
RUN pip install -r requirements.txt
COPY . .
