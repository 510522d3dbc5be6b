FROM python:3.12-slim
RUN useradd web
WORKDIR /app
USER web
COPY entrypoint.sh .
RUN chmod +x entrypoint.sh
ENTRYPOINT ["./entrypoint.sh"]
