FROM python:3.12
RUN export PIP_NO_CACHE_DIR=on && pip install a
RUN PIP_NO_CACHE_DIR=1 pip install a
RUN PIP_NO_CACHE_DIR=1 true && pip install a
