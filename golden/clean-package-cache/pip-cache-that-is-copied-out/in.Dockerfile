FROM python:3.12 AS a
RUN pip install x
FROM a
COPY --from=a /root/.cache/pip /cache
