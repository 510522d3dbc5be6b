FROM opensuse/leap:15.6
RUN zypper in a && zypper patch
