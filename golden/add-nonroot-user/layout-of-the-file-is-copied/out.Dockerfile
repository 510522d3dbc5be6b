from python:3.12-slim
RUN groupadd --gid 10001 app && \
  useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app && \
  mkdir -p /app && \
  chown app:app /app
RUN apt-get update && \
  apt-get install -y libpq5
WORKDIR /app
COPY --chown=app:app . .
user app
CMD ["gunicorn", "app:app"]
