FROM debian:12
RUN mkdir /a || return 0
RUN mkdir /b || break
RUN mkdir /c
