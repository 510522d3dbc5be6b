FROM python:3.12
RUN git clone https://example.com/app.git /app
CMD ["python", "/app/main.py"]
