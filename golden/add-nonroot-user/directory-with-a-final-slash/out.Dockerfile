FROM debian:12
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app
COPY --chown=app:app app.py /chall/
WORKDIR /chall/
EXPOSE 8080
USER app
CMD ["python3", "app.py"]
