FROM clearlinux
RUN swupd bundle-add curl jq
