FROM python:3.12-slim
RUN apt-get update && apt-get install -y --no-install-recommends gcc
COPY . /srv
RUN pip install --no-cache-dir -r /srv/requirements.txt
RUN ["python", "-m", "compileall", "/srv"]
CMD ["python", "/srv/serve.py"]
