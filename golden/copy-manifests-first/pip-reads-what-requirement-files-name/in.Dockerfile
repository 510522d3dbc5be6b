FROM python:3.12
WORKDIR /srv
COPY . /srv
RUN python -m pip install -r requirements/prod.txt -c constraints.txt
