FROM clearlinux
RUN swupd bundle-add curl jq && swupd clean --all
