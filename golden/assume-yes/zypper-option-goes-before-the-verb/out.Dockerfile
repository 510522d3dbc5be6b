FROM opensuse/leap:15.6
RUN zypper --non-interactive in a && zypper --non-interactive patch
