FROM python:3.12-slim AS app
WORKDIR /app
COPY . .
EXPOSE 8080
CMD ["gunicorn", "shop:app"]

FROM app AS test
RUN python -m unittest
