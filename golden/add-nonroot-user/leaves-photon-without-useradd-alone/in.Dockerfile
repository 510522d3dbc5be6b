FROM photon:5.0
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
