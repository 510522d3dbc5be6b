FROM python:3.12
RUN pip install pdm
WORKDIR /srv
COPY . .
RUN pdm install --no-self --frozen-lockfile
