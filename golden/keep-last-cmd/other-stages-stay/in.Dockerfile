FROM debian:12 AS a
CMD a
FROM a AS b
CMD b
FROM debian:12
CMD c
