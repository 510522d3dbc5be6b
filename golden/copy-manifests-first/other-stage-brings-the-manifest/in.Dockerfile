FROM python:3.12 AS lock
WORKDIR /lock
RUN echo flask > requirements.txt

FROM python:3.12
WORKDIR /srv
COPY . .
COPY --from=lock /lock/requirements.txt .
RUN pip install -r requirements.txt
