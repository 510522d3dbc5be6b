# dfix global ignore=merge-runs
FROM debian:12
RUN mkdir /a
RUN mkdir /b
