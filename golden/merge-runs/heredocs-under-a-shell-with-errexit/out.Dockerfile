FROM debian:12
SHELL ["/bin/sh", "-ec"]
RUN <<-EOF
	mkdir /a
	mkdir /b
EOF
