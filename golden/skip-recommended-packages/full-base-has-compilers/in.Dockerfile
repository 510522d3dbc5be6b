FROM python:3.12
RUN apt-get install -y gcc git
RUN git clone https://example.com/x
