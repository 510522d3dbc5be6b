FROM python:3.12-slim AS base
RUN useradd app
USER app

FROM base
WORKDIR /app
COPY . .
CMD ["python", "app.py"]
