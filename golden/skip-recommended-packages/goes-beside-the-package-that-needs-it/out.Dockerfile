FROM debian:12
RUN apt-get install -y --no-install-recommends \
    # downloads
    curl \
    ca-certificates \
    # editors
    vim
