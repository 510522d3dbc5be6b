from python:3.12-slim
workdir /app
run apt-get update && apt-get install -y gcc

# All.
copy requirements.txt .
run pip install -r requirements.txt
cmd ["python", "app.py"]