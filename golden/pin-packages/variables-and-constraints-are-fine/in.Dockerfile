FROM debian:12
RUN apt-get install -y $PACKAGES "curl=$V" && pip install -c constraints.txt flask && pip install -r requirements.txt && npm ci
