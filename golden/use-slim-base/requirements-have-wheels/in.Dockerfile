FROM python:3.12.4-bookworm
WORKDIR /app
COPY requirements/ requirements/
RUN pip install --no-cache-dir -r requirements/prod.txt
COPY app.py .
CMD ["flask", "run"]
