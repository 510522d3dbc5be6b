FROM python:3.12 AS base
WORKDIR /app
FROM base AS test
RUN gcc --version
FROM base
COPY app.py .
CMD ["python", "app.py"]
