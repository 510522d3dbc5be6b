FROM python:3.12
WORKDIR /srv
COPY . .
COPY dist/ ./
RUN pip install -r requirements.txt
