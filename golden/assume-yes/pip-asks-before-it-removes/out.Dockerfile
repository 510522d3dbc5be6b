FROM python:3.12
RUN pip install a && pip uninstall -y b
