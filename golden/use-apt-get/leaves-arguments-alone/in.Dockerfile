FROM debian:12
RUN which apt && chmod +x /opt/apt && man apt
