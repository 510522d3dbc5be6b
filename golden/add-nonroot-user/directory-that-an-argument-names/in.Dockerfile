FROM python:3.12-slim
ARG APP_HOME=/srv/shop
ENV HERE=${APP_HOME}/web
WORKDIR ${HERE}
COPY . .
EXPOSE 8080
CMD ["gunicorn", "shop:app"]
