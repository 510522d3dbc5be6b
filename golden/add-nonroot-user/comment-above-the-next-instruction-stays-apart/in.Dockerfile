FROM python:3.12-slim
WORKDIR /app

# What the program needs.
COPY requirements.txt .
RUN pip install -r requirements.txt
EXPOSE 8080

# The server.
CMD ["gunicorn", "shop:app"]
