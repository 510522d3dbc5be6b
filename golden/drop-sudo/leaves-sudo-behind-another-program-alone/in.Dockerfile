FROM debian:12
RUN time sudo ls; env A=b sudo ls; xargs sudo rm <list
