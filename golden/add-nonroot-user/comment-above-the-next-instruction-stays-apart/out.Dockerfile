FROM python:3.12-slim
WORKDIR /app

RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app \
    && chown app:app /app

# What the program needs.
COPY --chown=app:app requirements.txt .
RUN pip install -r requirements.txt
EXPOSE 8080

USER app

# The server.
CMD ["gunicorn", "shop:app"]
