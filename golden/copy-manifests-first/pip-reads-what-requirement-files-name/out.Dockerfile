FROM python:3.12
WORKDIR /srv
COPY requirements/prod.txt requirements/base.txt ./requirements/
COPY more.txt constraints.txt ./
RUN python -m pip install -r requirements/prod.txt -c constraints.txt
COPY . /srv
