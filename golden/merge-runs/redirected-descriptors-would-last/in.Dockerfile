FROM debian:12
RUN exec 3>/a && echo b >&3
RUN mkdir /b
