FROM python:3.12
RUN pip install a && pip uninstall b
