FROM debian:12
RUN sudo -u builder make
RUN sudo -i make
RUN sudo --login make
