FROM fedora:41
RUN yum install -y httpd && dnf groupinstall -y x && microdnf install -y y
