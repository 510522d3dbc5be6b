FROM python:3.12-slim
RUN apt-get update && apt-get install -y gcc wget
RUN wget -q https://example.com/model.bin -O /model.bin
RUN pip install fancy
CMD ["python", "app.py"]
