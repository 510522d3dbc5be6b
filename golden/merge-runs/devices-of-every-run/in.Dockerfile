FROM debian:12
RUN ln -sf /dev/stdout /var/log/a.log
RUN mkdir /c >/dev/null 2>&1
RUN mkdir /d
