FROM debian:12
RUN apt-get install ./a_0.12.deb && yum install -y https://x.org/a.rpm && pip install . git+https://x.org/a.git
