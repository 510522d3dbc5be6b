FROM debian:12
RUN mkdir /a
# About b.
RUN mkdir /b \
    # and its mode
    && chmod 700 /b
RUN set -e; touch /a/x; touch /b/x
