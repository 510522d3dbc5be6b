FROM debian:12
CMD ["gunicorn", "-w", "4", "app:app"]
