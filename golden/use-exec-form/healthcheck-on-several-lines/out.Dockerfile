FROM debian:12
# ready
healthcheck --interval=5m cmd \
    ["curl", \
    # quietly
    "--silent", "--fail", \
    "http://localhost/"]
