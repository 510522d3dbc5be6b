FROM debian:12
RUN sudo cd /tmp
RUN sudo exit 1
RUN sudo -S ls
RUN sudo
RUN sudo A=b
