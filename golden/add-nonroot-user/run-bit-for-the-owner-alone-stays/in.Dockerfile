FROM debian:12
WORKDIR /srv
COPY start.sh /start.sh
RUN chmod u+x /start.sh
EXPOSE 8080
CMD ["/start.sh"]
