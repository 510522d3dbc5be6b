RUN xbps-install -Sy \
    wget \
    curl
