FROM python:3.12-slim
RUN useradd app; apt-get update && apt-get install -y --no-install-recommends gcc
COPY . /srv
RUN pip install --no-cache-dir -r /srv/requirements.txt
USER app
CMD ["python", "/srv/serve.py"]
