FROM python:3.12
# The web framework.
RUN \
    # pinned by hand
    pip install --no-cache-dir flask==3.0 # with a comment
