FROM fedora:41
RUN yum install httpd && dnf groupinstall x && microdnf install y
