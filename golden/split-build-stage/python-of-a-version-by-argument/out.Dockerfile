ARG PY=3.11
FROM python:${PY}-slim AS build
ARG EXTRA=cffi
RUN apt-get update && apt-get install -y gcc libc6-dev
WORKDIR /app
COPY . .
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
RUN pip install $EXTRA

FROM python:${PY}-slim
ARG EXTRA=cffi
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
COPY --from=build /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
LABEL extra=$EXTRA
CMD ["python", "app.py"]
