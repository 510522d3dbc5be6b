FROM alpine:3.20
RUN apk add --no-cache python3
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
