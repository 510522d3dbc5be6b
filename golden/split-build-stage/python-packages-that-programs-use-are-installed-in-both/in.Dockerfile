FROM python:3.11-slim-bookworm AS app
ENV PYTHONUNBUFFERED=1 \
    # No pyc files.
    PYTHONDONTWRITEBYTECODE=1
EXPOSE 8000
HEALTHCHECK CMD curl -f http://localhost:8000/ || exit 1
RUN apt-get update \
    && apt-get install -y build-essential libwebp-dev ffmpeg curl=7.88* \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home app
WORKDIR /app
COPY . .
RUN pip install .
USER app
ENTRYPOINT ["./entrypoint.sh"]
CMD ["serve"]
