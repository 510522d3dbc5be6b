FROM clearlinux
RUN swupd bundle-add curl && rm -rf /var/lib/swupd
RUN swupd --statedir=/tmp/s bundle-add jq
RUN --mount=type=cache,target=/var/lib/swupd swupd update
RUN swupd search jq
