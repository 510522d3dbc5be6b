FROM python:3.12
WORKDIR /srv
COPY . .
RUN ./setup.sh
RUN pip install -r requirements.txt
