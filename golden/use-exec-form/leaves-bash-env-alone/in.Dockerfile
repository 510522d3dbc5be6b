FROM debian:12
ENV BASH_ENV=/etc/profile
SHELL ["/bin/bash", "-c"]
CMD python3 app.py
