FROM a
RUN apk upgrade --no-cache
FROM b
RUN yum update -y
FROM c
RUN zypper -n dup
FROM d
RUN dnf -y upgrade --refresh
FROM e
RUN microdnf update
FROM f
RUN composer update
