FROM python:3.12-slim
RUN apt-get update && apt-get install -y gcc cron
RUN pip install requests
COPY crontab /etc/cron.d/job
CMD ["cron", "-f"]
