FROM debian:12
COPY app.py /chall/
WORKDIR /chall/
EXPOSE 8080
CMD ["python3", "app.py"]
