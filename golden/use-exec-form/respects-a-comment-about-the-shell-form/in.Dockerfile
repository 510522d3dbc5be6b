FROM debian:12
# Use the shell form, so that the image has one
CMD python3 app.py
