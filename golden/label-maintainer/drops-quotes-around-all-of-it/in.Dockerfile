FROM debian:12
MAINTAINER "Ada <ada@example.org>"
FROM debian:12
maintainer 'Bob'
