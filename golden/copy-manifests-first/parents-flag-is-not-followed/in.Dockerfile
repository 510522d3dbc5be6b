FROM python:3.12
WORKDIR /srv
COPY --parents . .
RUN pip install -r requirements.txt
