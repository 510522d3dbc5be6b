FROM python:3.12
RUN pip install --no-cache-dir a && pip --no-cache-dir install b && pip install --no-cache c
