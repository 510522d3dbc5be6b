FROM python:3.12
RUN git clone https://example.org/a.git /src \
    && pip install /src \
    && mkdir /app
