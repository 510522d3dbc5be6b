FROM python:3.12-slim
ENV POETRY_VIRTUALENVS_CREATE=false
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app \
    && mkdir -p /app \
    && chown app:app /app
RUN pip install poetry
WORKDIR /app
COPY --chown=app:app . .
RUN poetry install
EXPOSE 8000
USER app
CMD ["gunicorn", "app:app"]
