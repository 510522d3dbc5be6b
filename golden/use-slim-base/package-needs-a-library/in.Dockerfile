FROM python:3.12
RUN pip install --no-cache-dir django psycopg2
CMD ["gunicorn", "site.wsgi"]
