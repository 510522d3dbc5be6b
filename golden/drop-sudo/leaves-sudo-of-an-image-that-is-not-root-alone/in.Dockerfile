FROM gitpod/workspace-base
RUN sudo apt-get update
