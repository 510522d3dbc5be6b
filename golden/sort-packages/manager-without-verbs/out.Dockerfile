RUN xbps-install -Sy \
    curl \
    wget
