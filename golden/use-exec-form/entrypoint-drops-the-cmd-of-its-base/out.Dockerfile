FROM debian:12 AS base
CMD ["bash"]
FROM base
ENTRYPOINT ["python3", "app.py"]
