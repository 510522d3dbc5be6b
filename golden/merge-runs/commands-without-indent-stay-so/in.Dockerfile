FROM debian:12
RUN groupadd app && \
    useradd -g app app
RUN chmod 755 /srv && \
    chmod 700 /opt && \
chown app:app /srv
