FROM python:3.12-slim
RUN useradd web
WORKDIR /app
USER web
COPY --chown=web entrypoint.sh .
RUN chmod +x entrypoint.sh
ENTRYPOINT ["./entrypoint.sh"]
