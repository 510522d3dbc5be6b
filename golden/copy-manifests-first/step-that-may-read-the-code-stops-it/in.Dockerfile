FROM python:3.12
WORKDIR /srv
COPY . .
RUN python manage.py check
RUN pip install -r requirements.txt
