FROM python:3.12-slim
WORKDIR /usr/bin/scanner
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app \
    && chown app:app /usr/bin/scanner
COPY --chown=app:app scan.py ./
EXPOSE 8000
USER app
CMD ["python", "scan.py"]
