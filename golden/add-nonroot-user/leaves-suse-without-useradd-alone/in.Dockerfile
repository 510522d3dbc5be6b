FROM opensuse/leap:15.6
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
