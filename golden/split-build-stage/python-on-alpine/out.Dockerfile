FROM python:3.12-alpine AS build
RUN apk add --no-cache build-base postgresql-dev libffi-dev
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
RUN pip install -r /tmp/requirements.txt

FROM python:3.12-alpine
RUN apk add --no-cache libgcc libgomp libstdc++ libpq
COPY --from=build /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /srv
COPY src/ .
CMD python main.py
