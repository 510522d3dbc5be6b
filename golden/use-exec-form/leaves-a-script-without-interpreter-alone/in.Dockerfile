FROM debian:12
RUN echo "exec serve" > /start.sh && chmod +x /start.sh
CMD /start.sh
