FROM debian:12
SHELL ["/bin/sh", "-ec"]
RUN <<-EOF
	mkdir /a
EOF
RUN <<-EOF
	mkdir /b
EOF
