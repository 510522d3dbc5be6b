# syntax=docker/dockerfile:1.4
FROM python:3.12
RUN pip install flask
