FROM python:3.12-slim
RUN apt-get update && apt-get install -y gcc libfancy-dev
RUN pip install fancy
CMD ["fancy"]
