FROM python:3.12
WORKDIR /srv
COPY . .
RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt && python -m compileall .
