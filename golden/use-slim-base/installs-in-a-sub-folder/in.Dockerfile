FROM python:3.12
WORKDIR /app
COPY . .
RUN cd api && pip install --no-cache-dir -r requirements.txt
CMD ["python", "api/app.py"]
