FROM python:3.12
RUN pip install --no-cache-dir 'celery[pymemcache]==5.4.0'
CMD ["celery", "worker"]
