FROM python:3.12
WORKDIR /srv
COPY . .
ADD overlay.tar.gz ./
RUN pip install -r requirements.txt
