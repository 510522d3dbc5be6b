FROM python:3.12 AS build
COPY requirements.txt .
RUN pip install --user -r requirements.txt

FROM python:3.12-slim
COPY --from=build /root/.local /root/.local
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
