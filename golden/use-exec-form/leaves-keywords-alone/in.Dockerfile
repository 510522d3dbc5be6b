FROM debian:12
CMD while true; do sleep 60; done
