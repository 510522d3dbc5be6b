FROM debian:12
# dfix ignore=merge-runs
RUN mkdir /a
RUN mkdir /b
