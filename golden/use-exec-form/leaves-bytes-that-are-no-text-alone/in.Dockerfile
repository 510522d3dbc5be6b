FROM debian:12
CMD prog café
