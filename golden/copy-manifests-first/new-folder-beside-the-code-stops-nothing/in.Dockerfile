FROM python:3.12
WORKDIR /srv
COPY . .
RUN mkdir -p logs
RUN pip install -r requirements.txt
