FROM python:3.12-bullseye AS base
WORKDIR /app
FROM base
COPY app.py .
CMD ["python", "app.py"]
