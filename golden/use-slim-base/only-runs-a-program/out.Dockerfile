FROM docker.io/library/python:3.12-slim-bookworm
RUN mkdir /data && chown nobody /data
COPY server.py /
CMD ["python", "/server.py"]
