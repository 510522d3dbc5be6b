FROM python:3.12-slim
RUN useradd app
WORKDIR /app
COPY . .
USER app
CMD ["python", "app.py"]
