FROM jenkins/jenkins:lts
USER root
RUN apt-get update
