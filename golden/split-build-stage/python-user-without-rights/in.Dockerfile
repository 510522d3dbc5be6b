FROM python:3.12-slim
RUN apt-get update && apt-get install -y gcc
USER 1000
RUN pip install fancy
CMD ["fancy"]
