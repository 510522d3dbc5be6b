FROM debian:12
USER app
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt/lists,sharing=locked \
    sudo rm -f /etc/apt/apt.conf.d/docker-clean && sudo apt-get update && sudo apt-get install -y curl
