FROM python:3.12
RUN pip install pipenv
WORKDIR /srv
COPY Pipfile Pipfile.lock ./
RUN pipenv install --system --deploy
COPY . .
