FROM python:3.11-slim-bookworm AS build
ENV PYTHONUNBUFFERED=1 \
    # No pyc files.
    PYTHONDONTWRITEBYTECODE=1
RUN apt-get update \
    && apt-get install -y build-essential libwebp-dev ffmpeg curl=7.88* \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home app
WORKDIR /app
COPY . .
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
RUN pip install .

FROM python:3.11-slim-bookworm AS app
ENV PYTHONUNBUFFERED=1 \
    # No pyc files.
    PYTHONDONTWRITEBYTECODE=1
RUN apt-get update && apt-get install -y libgomp1 libwebp7 ffmpeg curl=7.88* && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home app
WORKDIR /app
COPY . .
COPY --from=build /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
EXPOSE 8000
HEALTHCHECK CMD curl -f http://localhost:8000/ || exit 1
USER app
ENTRYPOINT ["./entrypoint.sh"]
CMD ["serve"]
