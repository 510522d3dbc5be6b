FROM python:3.12
WORKDIR /app
COPY Makefile.txt main.py ./
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/* && make -f Makefile.txt
CMD ["python", "main.py"]
