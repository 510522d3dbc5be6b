FROM python:3.12-slim
ARG PIP_INDEX_URL
RUN apt-get update && apt-get install -y gcc && pip install django
WORKDIR /app
COPY . .
RUN python manage.py collectstatic --noinput && chmod +x run.sh
VOLUME /data
CMD ["./run.sh"]
