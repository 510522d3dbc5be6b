FROM python:3.12
RUN echo "pip install a" && sh -c "pip install b"
