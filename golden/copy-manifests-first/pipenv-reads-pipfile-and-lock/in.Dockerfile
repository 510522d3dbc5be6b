FROM python:3.12
RUN pip install pipenv
WORKDIR /srv
COPY . .
RUN pipenv install --system --deploy
