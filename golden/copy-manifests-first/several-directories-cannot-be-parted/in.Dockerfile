FROM python:3.12
WORKDIR /srv
COPY . .
RUN cd api && pip install -r ../base.txt && cd .. && make
