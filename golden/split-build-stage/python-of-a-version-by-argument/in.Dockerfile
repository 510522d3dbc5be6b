ARG PY=3.11
FROM python:${PY}-slim
ARG EXTRA=cffi
RUN apt-get update && apt-get install -y gcc libc6-dev
WORKDIR /app
COPY . .
RUN pip install $EXTRA
LABEL extra=$EXTRA
CMD ["python", "app.py"]
