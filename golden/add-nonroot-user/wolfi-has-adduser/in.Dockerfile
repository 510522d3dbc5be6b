FROM cgr.dev/chainguard/wolfi-base
RUN apk add python-3.12
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
