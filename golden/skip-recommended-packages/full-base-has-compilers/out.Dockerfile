FROM python:3.12
RUN apt-get install -y --no-install-recommends gcc git
RUN git clone https://example.com/x
