FROM python:3.12
COPY requirements.txt .
RUN pip install --only-binary=:all: -r requirements.txt
CMD ["python", "app.py"]
