FROM python:3.12
RUN git clone https://example.org/a.git /src
RUN pip install /src
RUN mkdir /app
