FROM python:3.12
WORKDIR /srv
USER www-data
COPY --chown=www-data:www-data --chmod=755 . .
RUN pip install --user -r requirements.txt
