FROM python:3.12-slim
RUN groupadd web && useradd -g web web
WORKDIR /app
RUN chown web /app
COPY --chown=web . .
EXPOSE 8000
USER web
CMD ["gunicorn", "app:app"]
