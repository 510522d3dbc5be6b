FROM python:3.12-slim
RUN apt-get update && apt-get install -y gcc
RUN pip install cython
COPY . .
RUN python setup.py build_ext --inplace
CMD ["python", "app.py"]
