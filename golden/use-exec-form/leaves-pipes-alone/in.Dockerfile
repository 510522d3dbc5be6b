FROM debian:12
CMD serve | tee log
