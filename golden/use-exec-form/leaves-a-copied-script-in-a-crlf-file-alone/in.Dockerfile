FROM debian:12
COPY --chmod=755 <<EOF /start
exec serve
EOF
CMD /start
