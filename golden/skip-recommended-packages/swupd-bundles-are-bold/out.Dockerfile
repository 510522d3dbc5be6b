FROM clearlinux
RUN swupd bundle-add --skip-optional curl
RUN swupd bundle-add --skip-optional jq
