FROM debian:12
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD python3 app.py
