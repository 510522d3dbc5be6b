FROM registry.example.com/team/base
RUN pip install --no-cache-dir flask
