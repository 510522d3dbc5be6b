FROM debian:12
RUN useradd -u "$ID" luser
RUN echo "useradd -u 123456 luser"
RUN usermod -u 123456 luser
