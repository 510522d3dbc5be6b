# Who to blame
MAINTAINER Lukas
FROM DEBIAN
RUN true
