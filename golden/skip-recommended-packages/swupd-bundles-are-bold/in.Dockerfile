FROM clearlinux
RUN swupd bundle-add curl
RUN swupd bundle-add --skip-optional jq
