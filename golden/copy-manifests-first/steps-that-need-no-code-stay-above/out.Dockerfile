FROM python:3.12-slim
WORKDIR /srv
ENV PYTHONUNBUFFERED=1
# A compiler for wheels.
RUN apt-get update && apt-get install -y --no-install-recommends gcc && rm -rf /var/lib/apt/lists/*
RUN useradd app
COPY requirements.txt ./
# The dependencies.
RUN pip install -r requirements.txt
# The application.
COPY . .
EXPOSE 8000
