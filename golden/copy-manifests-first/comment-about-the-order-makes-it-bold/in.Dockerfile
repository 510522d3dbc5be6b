FROM python:3.12
WORKDIR /srv
# Everything first: the requirements include other files.
COPY . .
RUN pip install -r requirements.txt
