ARG IMAGE=fedora
ARG TAG=41
FROM ${IMAGE}:${TAG}
RUN dnf install -y wget && wget --progress=dot:giga https://example.org/a.repo && dnf clean all
