FROM python:3.12-slim
RUN pip install torch==2.3.0
RUN pip install --no-index torch_scatter -f https://data.example.org/whl/torch-2.3.0.html
