FROM debian:12
SHELL ["/bin/bash", "-c"]
CMD prog $'a\tb' '{a,b}'
