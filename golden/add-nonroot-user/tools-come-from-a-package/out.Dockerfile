FROM amazonlinux:2023
RUN dnf install -y shadow-utils python3 && dnf clean all
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /sbin/nologin app \
    && mkdir -p /app \
    && chown app:app /app
WORKDIR /app
COPY --chown=app:app . .
EXPOSE 8000
USER app
CMD ["gunicorn", "app:app"]
