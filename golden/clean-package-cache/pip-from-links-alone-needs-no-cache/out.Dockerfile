FROM python:3.12-slim
RUN pip install --no-cache-dir torch==2.3.0
RUN pip install --no-cache-dir --no-index torch_scatter -f https://data.example.org/whl/torch-2.3.0.html
