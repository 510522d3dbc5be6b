FROM python:3.12
WORKDIR /srv
RUN mkdir -p logs
COPY requirements.txt ./
RUN pip install -r requirements.txt
COPY . .
