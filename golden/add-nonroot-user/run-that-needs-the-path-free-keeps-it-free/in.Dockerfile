FROM python:3.12-slim
RUN mkdir /srv/app && touch /srv/app/x
WORKDIR /srv/app/web
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
