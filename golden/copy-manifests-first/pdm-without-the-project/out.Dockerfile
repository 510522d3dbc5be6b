FROM python:3.12
RUN pip install pdm
WORKDIR /srv
COPY pyproject.toml pdm.lock ./
RUN pdm install --no-self --frozen-lockfile
COPY . .
