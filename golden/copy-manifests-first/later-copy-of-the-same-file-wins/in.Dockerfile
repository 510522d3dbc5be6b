FROM python:3.12
WORKDIR /srv
COPY . .
COPY deploy/requirements.txt ./
RUN pip install -r requirements.txt
