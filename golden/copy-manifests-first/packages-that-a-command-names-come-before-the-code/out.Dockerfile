FROM python:3.12-slim
WORKDIR /app

# What it is built with.
RUN apt-get update && apt-get install -y git
RUN pip install Flask gunicorn

# The code.
COPY . ./
RUN python setup.py build_ext
CMD ["gunicorn", "app:app"]
