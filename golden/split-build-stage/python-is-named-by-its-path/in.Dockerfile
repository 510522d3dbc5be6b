FROM python:3.12-slim
RUN apt-get update && apt-get install -y gcc
RUN pip install uwsgi
CMD ["/usr/local/bin/uwsgi", "--ini", "app.ini"]
