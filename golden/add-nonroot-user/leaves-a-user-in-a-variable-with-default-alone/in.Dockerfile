FROM python:3.12-slim
ARG RUN_AS=nobody
WORKDIR /app
COPY . .
USER $RUN_AS
CMD ["python", "app.py"]
