FROM python:3.12-slim
WORKDIR /usr/bin/scanner
COPY scan.py ./
EXPOSE 8000
CMD ["python", "scan.py"]
