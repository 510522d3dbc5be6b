FROM python:3.12 AS wheels
RUN pip wheel --wheel-dir /wheels lxml==4.6.0
RUN g++ -shared -o /fast.so /dev/null
FROM python:3.12
COPY --from=wheels /wheels /wheels
RUN pip install --no-cache-dir --only-binary=:all: --no-index --find-links /wheels lxml
CMD ["python", "-m", "lxml"]
