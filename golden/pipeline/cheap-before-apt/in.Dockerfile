FROM debian:12
RUN useradd -m app
RUN apt-get update && apt-get install -y tzdata
RUN pip install x
