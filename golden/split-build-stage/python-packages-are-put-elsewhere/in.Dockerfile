FROM python:3.12-slim
RUN apt-get update && apt-get install -y gcc
COPY . .
RUN pip install --editable .
CMD ["app"]
