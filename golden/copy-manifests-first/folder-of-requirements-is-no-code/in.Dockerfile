FROM python:3.12
WORKDIR /srv
COPY requirements requirements
RUN pip install -r requirements/prod.txt
COPY . .
