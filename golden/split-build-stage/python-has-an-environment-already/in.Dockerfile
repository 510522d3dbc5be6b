FROM python:3.12-slim
RUN apt-get update && apt-get install -y gcc
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
RUN pip install fancy
CMD ["fancy"]
