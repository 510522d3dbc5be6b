FROM python:3.12 AS docs
CMD ["python", "docs.py"]
FROM scratch
COPY --from=docs /docs /docs
