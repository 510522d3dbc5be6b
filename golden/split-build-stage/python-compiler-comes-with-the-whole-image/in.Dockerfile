FROM python:3.12
RUN apt-get update && apt-get install -y gcc
COPY requirements.txt .
RUN pip install -r requirements.txt
CMD ["python", "app.py"]
