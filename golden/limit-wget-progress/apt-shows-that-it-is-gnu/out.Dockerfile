FROM example.org/base
RUN apt-get update && apt-get install -y wget && sudo wget --progress=dot:giga -O /a https://x.org/a
