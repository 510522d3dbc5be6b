FROM debian:12 AS app
ENTRYPOINT python3 app.py $OPTIONS
FROM app
CMD python3 app.py
