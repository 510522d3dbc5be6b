FROM python:3.12-slim
RUN apt-get update && apt-get install -y gcc libwebp-dev
RUN pip install pillow
CMD ["python", "app.py"]
