RUN apt-get update && apt-get install -y --no-install-recommends python \
    && rm -rf /var/lib/apt/lists/*
