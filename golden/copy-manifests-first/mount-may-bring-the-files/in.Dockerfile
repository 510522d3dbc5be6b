FROM python:3.12
WORKDIR /srv
COPY . .
RUN --mount=type=bind,source=requirements.txt,target=requirements.txt pip install -r requirements.txt
