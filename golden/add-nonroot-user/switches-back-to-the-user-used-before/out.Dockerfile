FROM python:3.12-slim
RUN useradd --create-home web
USER web
WORKDIR /home/web
USER root
RUN apt-get update && apt-get install -y libpq5
EXPOSE 8000
USER web
CMD ["gunicorn", "app:app"]
