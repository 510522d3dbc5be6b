FROM python:3.12
ARG DEV=0
WORKDIR /srv
COPY dev.txt prod.txt ./
RUN if [ "$DEV" = 1 ]; then pip install -r dev.txt; else pip install -r prod.txt; fi
COPY . .
