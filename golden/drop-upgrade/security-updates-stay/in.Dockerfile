FROM centos:7
RUN yum update -y --security
RUN dnf upgrade --sec-severity=Critical
