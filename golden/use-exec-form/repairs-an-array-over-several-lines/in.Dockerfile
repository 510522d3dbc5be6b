FROM debian:12
CMD ['gunicorn', \
     '--bind', '0.0.0.0:80', \
     'app:app']
