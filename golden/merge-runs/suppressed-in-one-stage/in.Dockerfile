FROM debian:12 AS first
# dfix stage ignore=merge-runs
RUN mkdir /a
RUN mkdir /b

FROM debian:12
RUN mkdir /c
RUN mkdir /d
