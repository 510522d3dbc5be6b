FROM debian:12 AS app
CMD ["app.py"]
FROM app
CMD x
ENTRYPOINT ["python3"]
