FROM python:3.12
RUN pip install uv
WORKDIR /srv
COPY . .
RUN uv pip install --system -r requirements.txt
