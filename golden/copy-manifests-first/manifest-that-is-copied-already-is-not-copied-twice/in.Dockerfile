FROM python:3.12
WORKDIR /srv
COPY requirements.txt .
COPY . .
RUN pip install -r requirements.txt
