FROM debian:12
ENTRYPOINT ["/docker-entrypoint.sh"]
CMD python3 app.py
