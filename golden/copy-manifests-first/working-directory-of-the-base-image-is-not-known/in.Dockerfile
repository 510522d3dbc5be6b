FROM registry.example.com/base
COPY . .
RUN pip install -r requirements.txt
