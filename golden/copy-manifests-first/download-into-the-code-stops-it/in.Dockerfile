FROM python:3.12
WORKDIR /srv
COPY . .
RUN curl -fsSLO https://example.com/model.bin
RUN pip install -r requirements.txt
