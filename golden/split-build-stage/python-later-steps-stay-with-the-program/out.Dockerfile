FROM python:3.12-slim AS build
ARG PIP_INDEX_URL
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
RUN apt-get update && apt-get install -y gcc && pip install django

FROM python:3.12-slim
ARG PIP_INDEX_URL
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /app
COPY . .
RUN python manage.py collectstatic --noinput && chmod +x run.sh
VOLUME /data
CMD ["./run.sh"]
