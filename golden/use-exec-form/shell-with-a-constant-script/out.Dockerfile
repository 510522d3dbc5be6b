FROM debian:12
CMD ["bash", "-c", "cd /app && exec ./run $PORT"]
