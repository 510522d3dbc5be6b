FROM python:3.12-slim
WORKDIR /srv
# The application.
COPY . .
ENV PYTHONUNBUFFERED=1
# A compiler for wheels.
RUN apt-get update && apt-get install -y --no-install-recommends gcc && rm -rf /var/lib/apt/lists/*
RUN useradd app
# The dependencies.
RUN pip install -r requirements.txt
EXPOSE 8000
