FROM python:3.12
WORKDIR /srv
COPY . .
RUN mkdir -p static/cache
RUN pip install -r requirements.txt
