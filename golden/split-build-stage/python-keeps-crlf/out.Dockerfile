from python:3.12-slim as build
workdir /app
run apt-get update && apt-get install -y gcc

# All.
copy requirements.txt .
run python -m venv /opt/venv
env PATH=/opt/venv/bin:$PATH
run pip install -r requirements.txt

from python:3.12-slim
workdir /app
run apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
copy requirements.txt .
copy --from=build /opt/venv /opt/venv
env PATH=/opt/venv/bin:$PATH
cmd ["python", "app.py"]