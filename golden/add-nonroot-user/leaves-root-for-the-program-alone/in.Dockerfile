FROM python:3.12-slim
RUN useradd web
USER web
RUN pip install --user flask
USER root
EXPOSE 8000
CMD ["gunicorn", "app:app"]
