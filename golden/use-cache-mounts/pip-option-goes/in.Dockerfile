FROM python:3.12
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
RUN python3 -m pip --no-cache-dir install gunicorn && \
    pip install \
        --no-cache-dir \
        flask
