FROM python:3.12-slim
WORKDIR /app
ADD https://example.com/wait-for-it.sh /bin/wait-for-it.sh
RUN chmod 755 /bin/wait-for-it.sh
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
