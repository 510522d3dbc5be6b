FROM python:3
RUN PIP_NO_CACHE_DIR=1 pip install a && pip install b
