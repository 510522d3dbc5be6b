FROM python:3.12
WORKDIR /srv
COPY . .
RUN chown -R www-data .
RUN pip install -r requirements.txt
