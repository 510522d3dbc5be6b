FROM python:3.12
WORKDIR /srv
COPY . .
RUN sed -i 's/==.*//' requirements.txt
RUN pip install -r requirements.txt
