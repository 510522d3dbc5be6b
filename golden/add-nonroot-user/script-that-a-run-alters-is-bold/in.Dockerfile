FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN echo "chown app /data" >> entrypoint.sh
EXPOSE 8000
ENTRYPOINT ["./entrypoint.sh"]
CMD ["gunicorn", "app:app"]
