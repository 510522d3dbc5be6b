FROM debian:12 AS a
CMD a
CMD b
FROM a
CMD c
